//! What an epoch's close reports. Each of the twelve steps writes its own part.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio, TokenPrice};

use crate::end_epoch::AuditFault;
use crate::operation::ViolationKind;

/// What emission rewards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // described at SplitParams
pub enum Category {
    Performance,
    Commitment,
    Treasury,
    Growth,
    Model,
    Storage,
    Data,
    Innovation,
    Engagement,
}

impl Category {
    /// Every category, in index order.
    pub const ALL: [Category; 9] = [
        Category::Performance,
        Category::Commitment,
        Category::Treasury,
        Category::Growth,
        Category::Model,
        Category::Storage,
        Category::Data,
        Category::Innovation,
        Category::Engagement,
    ];

    pub(crate) const COUNT: usize = Category::ALL.len();

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Category::Performance => "performance",
            Category::Commitment => "commitment",
            Category::Treasury => "treasury",
            Category::Growth => "growth",
            Category::Model => "model",
            Category::Storage => "storage",
            Category::Data => "data",
            Category::Innovation => "innovation",
            Category::Engagement => "engagement",
        }
    }
}

/// The reward controllers' values in force for an epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    /// Network demand.
    pub demand: Ratio,
    /// Market conditions.
    pub market: Ratio,
    /// Staked ratio.
    pub staked: Ratio,
    /// The three multiplied and clamped: the budget as a multiple of the schedule.
    pub product: Ratio,
    /// Relative weight of each kind.
    pub scarcity: Vec<Ratio>,
}

/// What left slash escrow, by where it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// To those who were harmed.
    pub compensation: Amount,
    /// To whoever reported.
    pub reporter: Amount,
    /// To the insurance pool.
    pub insurance: Amount,
    /// Burned.
    pub burned: Amount,
    /// To the treasury.
    pub treasury: Amount,
}

/// What the close of an epoch did. Amounts are native base units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpochSummary {
    /// The epoch that closed, from zero.
    pub epoch: u32,
    /// Providers whose record was closed.
    pub measured: u32,
    /// The emission rule's amount for this epoch.
    pub scheduled: Amount,
    /// The most that could be minted.
    pub ceiling: Amount,
    /// What was there to be allocated.
    pub budget: Amount,
    /// What was minted.
    pub minted: Amount,
    /// What was minted for each category, in the order of [`Category::ALL`]. What a category without participants
    /// would have had stands under the treasury. Sums to `minted`.
    pub by_category: [Amount; Category::COUNT],
    /// The factors in force.
    pub factors: Factors,
    /// Mean utilisation over the epoch, where a load was observed.
    pub utilisation: Option<Ratio>,
    /// Staked share of the circulating supply when the epoch was scaled.
    pub staked_ratio: Ratio,
    /// The price that pays the next epoch's jobs.
    pub price: TokenPrice,
    /// The smoothed price that sizes the next epoch's bonds.
    pub smoothed_price: TokenPrice,
    /// Burned in the epoch, for every reason.
    pub burned: Amount,
    /// Slashed, by violation kind in the order of [`ViolationKind::ALL`].
    pub slashed: [Amount; ViolationKind::COUNT],
    /// Violations judged, warnings included, by kind.
    pub violations: [u32; ViolationKind::COUNT],
    /// Rewards lost to penalties.
    pub forfeited: Amount,
    /// What left slash escrow.
    pub released: Released,
    /// What left the unbonding queue.
    pub matured: Amount,
    /// Providers that came back from suspension or jail.
    pub reinstated: u32,
    /// The protocol's own take of job revenue (all but the provider's share) by what was minted. None: nothing was minted.
    pub fee_to_emission: Option<Ratio>,
    /// How many epochs the treasury would last at this epoch's net outflow. None: it did not shrink.
    pub treasury_runway_epochs: Option<u64>,
    /// Whether the price breaker bounds the next epoch's emission.
    pub breaker_tripped: bool,
    /// The first invariant that the audit found broken. None also when audits are off.
    pub audit_fault: Option<AuditFault>,
    /// Grants paid from the treasury in the epoch.
    pub grants: Amount,
    /// Paid out of the insurance pool in the epoch.
    pub insurance_payouts: Amount,
    /// What the treasury holds.
    pub treasury: Amount,
    /// What the insurance pool holds.
    pub insurance: Amount,
    /// Guards that bind the next epoch: the sum of [`GuardAction::bit`](crate::GuardAction::bit).
    pub guard_actions: u8,
    /// Whether trading is halted in the epoch that opens.
    pub is_halted: bool,
}

impl EpochSummary {
    /// Whether the audit found nothing broken.
    #[must_use]
    pub fn audit_ok(&self) -> bool {
        self.audit_fault.is_none()
    }
}
