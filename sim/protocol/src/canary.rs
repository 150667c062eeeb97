//! A wrong posting planted on purpose, so that a test can show that the audit catches it. Without the feature `canary` it is
//! nothing: `Plant::short` gives back what it was given, and there is no way to plant.

use units::Amount;

/// Where one base unit can be made to go missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plant {
    /// A transfer credits less than it debits.
    Ledger,
    /// A slash moves less into escrow than its hold says.
    Slash,
    /// Unbonding moves less out of the bond than its queue says.
    Unbond,
    /// Less is minted into the reward pool than the indices pay.
    Distribute,
    /// Less of what has vested is paid than is written off.
    Vesting,
    /// Less of a provider's pay reaches the reward pool than its delegators are promised.
    SharedFees,
}

impl Plant {
    /// Every place.
    #[cfg(feature = "canary")]
    pub const ALL: [Plant; 6] = [
        Plant::Ledger,
        Plant::Slash,
        Plant::Unbond,
        Plant::Distribute,
        Plant::Vesting,
        Plant::SharedFees,
    ];

    /// The amount as it is, or one base unit short where this fault is planted.
    #[cfg(not(feature = "canary"))]
    #[inline]
    pub(crate) const fn short(self, amount: Amount) -> Amount {
        let _ = self;
        amount
    }

    /// The amount as it is, or one base unit short where this fault is planted.
    #[cfg(feature = "canary")]
    pub(crate) fn short(self, amount: Amount) -> Amount {
        planted::short(self, amount)
    }
}

#[cfg(feature = "canary")]
pub use planted::{plant, strikes};

#[cfg(feature = "canary")]
mod planted {
    extern crate std;

    use core::cell::Cell;

    use units::Amount;

    use super::Plant;

    std::thread_local! {
        static PLANTED: Cell<Option<Plant>> = const { Cell::new(None) };
        static STRIKES: Cell<u32> = const { Cell::new(0) };
    }

    /// Plants a fault for this thread, or none, and forgets how often the last one struck.
    pub fn plant(fault: Option<Plant>) {
        PLANTED.set(fault);
        STRIKES.set(0);
    }

    /// How many postings have been made short since it was planted.
    #[must_use]
    pub fn strikes() -> u32 {
        STRIKES.get()
    }

    pub(super) fn short(at: Plant, amount: Amount) -> Amount {
        if PLANTED.get() != Some(at) || amount.is_zero() {
            return amount;
        }
        STRIKES.set(STRIKES.get() + 1);
        amount - Amount::new(1)
    }
}
