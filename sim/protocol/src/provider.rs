//! What the protocol knows of one provider. Balances are the ledger's; this holds everything else.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::commitment::Commitment;
use crate::ids::{CaseId, KindId, ParticipantId, Tick};
use crate::operation::ViolationKind;
use crate::pools::{BonusPool, PoolHolding};
use crate::standing::Standing;
use crate::term::Term;
use crate::vesting::Held;

/// A part of the bond or of a delegation on its way out. It can still be slashed for what was done before `created`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnbondingEntry {
    /// Counts entries over the whole network.
    pub(crate) number: u64,
    pub(crate) owner: ParticipantId,
    pub(crate) is_self: bool,
    pub(crate) amount: Amount,
    pub(crate) created: Tick,
    pub(crate) due_epoch: u32,
}

/// Stake that came in at a moment: it does not answer for what was done before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Addition {
    pub(crate) tick: Tick,
    pub(crate) is_self: bool,
    pub(crate) amount: Amount,
}

/// What was seen of a provider in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Measurement {
    pub(crate) epoch: u32,
    pub(crate) up: Ratio,
    pub(crate) jobs: u32,
    pub(crate) failed: u32,
    pub(crate) response: Ratio,
    pub(crate) rating: Ratio,
}

/// An epoch's part of the window over which violations are sought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WindowEntry {
    pub(crate) epoch: u32,
    pub(crate) down: Ratio,
    pub(crate) jobs: u32,
    pub(crate) failed: u32,
}

/// Remembered violations of one kind, in parts of [`Strikes::ONE`], as they stood at `epoch`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Strikes {
    count: u64,
    epoch: u32,
}

impl Strikes {
    pub(crate) const ONE: u64 = 1_000_000;

    /// Remembered violations at a later epoch: halved for each full half-life, and in a line between halvings, rounded
    /// down. Exact at whole half-lives.
    pub(crate) fn at(self, epoch: u32, half_life: u32) -> u64 {
        let elapsed = epoch.saturating_sub(self.epoch);
        let halvings = elapsed / half_life;
        let rest = u128::from(elapsed % half_life);
        let whole = 2 * u128::from(half_life);
        let count = self.count.checked_shr(halvings).unwrap_or(0);
        (u128::from(count) * (whole - rest) / whole) as u64
    }

    /// Adds a violation and returns its number, the remembered ones counted and rounded half up. The second violation
    /// is number two until one half-life after the first.
    pub(crate) fn strike(&mut self, epoch: u32, half_life: u32) -> u32 {
        // Saturating: past 2^44 violations nothing changes.
        self.count = self
            .at(epoch, half_life)
            .saturating_add(Strikes::ONE)
            .min(1 << 60);
        self.epoch = epoch;
        ((self.count + Strikes::ONE / 2) / Strikes::ONE).min(u64::from(u32::MAX)) as u32
    }
}

impl Strikes {
    /// Takes back a violation that was judged at `judged`: what it still counts for.
    pub(crate) fn forgive(&mut self, judged: u32, epoch: u32, half_life: u32) {
        let one = Strikes {
            count: Strikes::ONE,
            epoch: judged,
        };
        let worth = one.at(epoch, half_life);
        self.count = self.at(epoch, half_life).saturating_sub(worth);
        self.epoch = epoch;
    }
}

/// What is remembered of a provider's violations of one kind. Each regime reads its own part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Offences {
    /// Graduated: forgotten with their half-life.
    pub(crate) strikes: Strikes,
    /// Immediate and scaled: never forgotten.
    pub(crate) number: u32,
    /// Immediate: when the last was judged; what was done before has been answered for.
    pub(crate) judged: Option<Tick>,
}

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Provider {
    pub(crate) owner: ParticipantId,
    pub(crate) kind: KindId,
    pub(crate) gpus: u32,
    pub(crate) tier: u8,
    pub(crate) commission: Ratio,
    pub(crate) standing: Standing,
    /// The epoch whose close ends a suspension or a stay in jail, or takes the next step of the recovery ramp.
    pub(crate) recovery_due: u32,
    /// Steps done on the recovery ramp; none: at full weight.
    pub(crate) ramp_step: Option<u32>,

    /// Weight before the score, in force.
    pub(crate) base_weight: u128,
    /// The score's multiplier, in force.
    pub(crate) multiplier: Ratio,
    /// `⌊base_weight · multiplier⌋`: what the kind's index pays.
    pub(crate) weight: u128,
    /// Waits for the close of the epoch to have its base weight raised.
    pub(crate) is_reweighed: bool,

    /// The kind's index up to which rewards have been taken.
    pub(crate) paid_index: u128,
    /// The owner's rewards and commission, not yet claimed.
    pub(crate) unclaimed: Amount,
    /// Shares of the delegation pool.
    pub(crate) shares: u128,
    /// Delegators' rewards per share since the beginning, scaled.
    pub(crate) share_index: u128,

    /// Oldest first.
    pub(crate) unbonding: Vec<UnbondingEntry>,
    /// Oldest first, not older than the unbonding delay.
    pub(crate) additions: Vec<Addition>,

    pub(crate) record: Option<Measurement>,
    pub(crate) window: Vec<WindowEntry>,
    /// By kind, of those that were ever judged.
    pub(crate) offences: BTreeMap<ViolationKind, Offences>,
    /// What keeps it out, oldest first; empty for everybody else.
    pub(crate) terms: Vec<Term>,
    /// The cases that led to the ramp it is on.
    pub(crate) ramp_cases: Vec<CaseId>,
    /// It has taken its bond and left; a tombstone hides that in the standing.
    pub(crate) has_left: bool,
    /// The epoch of its last report.
    pub(crate) reported: Option<u32>,
    /// The epoch in which the bond last became short by the owner's or a slash's doing and not by the price.
    pub(crate) short_since: u32,
    /// As last announced by an event.
    pub(crate) is_underbonded: bool,

    pub(crate) commitment: Option<Commitment>,
    /// The commitment's multiplier of weight, in force.
    pub(crate) committed: Ratio,
    pub(crate) tenure_steps: u32,
    /// The epoch whose close takes the next step; none: not active, or no step adds anything.
    pub(crate) tenure_due: Option<u32>,
    /// Whether it shares in the growth pool.
    pub(crate) is_growing: bool,
    /// In the order of [`BonusPool::ALL`]; none: it shares in no pool, as most do.
    pub(crate) pools: Option<Box<[PoolHolding; BonusPool::COUNT]>>,
    /// The commission when the epoch of its last change began, and that epoch.
    pub(crate) commission_base: (Ratio, u32),
    /// The epoch in which it was registered.
    pub(crate) registered: u32,
    /// What is held back of its owner's pay; none: nothing.
    pub(crate) held: Option<Box<Held>>,
}

impl Provider {
    pub(crate) fn new(
        owner: ParticipantId,
        kind: KindId,
        gpus: u32,
        tier: u8,
        commission: Ratio,
    ) -> Provider {
        Provider {
            owner,
            kind,
            gpus,
            tier,
            commission,
            standing: Standing::Registered,
            recovery_due: 0,
            ramp_step: None,
            base_weight: 0,
            multiplier: Ratio::ONE,
            weight: 0,
            is_reweighed: false,
            paid_index: 0,
            unclaimed: Amount::ZERO,
            shares: 0,
            share_index: 0,
            unbonding: Vec::new(),
            additions: Vec::new(),
            record: None,
            window: Vec::new(),
            offences: BTreeMap::new(),
            terms: Vec::new(),
            ramp_cases: Vec::new(),
            has_left: false,
            reported: None,
            short_since: 0,
            is_underbonded: false,
            commitment: None,
            committed: Ratio::ONE,
            tenure_steps: 0,
            tenure_due: None,
            is_growing: false,
            pools: None,
            commission_base: (commission, 0),
            registered: 0,
            held: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strike_counts_half_after_each_half_life() {
        let mut strikes = Strikes::default();
        assert_eq!(strikes.strike(10, 30), 1);
        assert_eq!(strikes.at(40, 30), Strikes::ONE / 2);
        assert_eq!(strikes.at(25, 30), Strikes::ONE * 3 / 4);
        assert_eq!(strikes.at(70, 30), Strikes::ONE / 4);
        assert_eq!(strikes.at(u32::MAX, 1), 0);
    }

    #[test]
    fn a_strike_that_is_forgiven_takes_with_it_what_it_still_counts_for() {
        let mut strikes = Strikes::default();
        strikes.strike(0, 30);
        strikes.strike(30, 30);
        strikes.forgive(0, 30, 30);
        assert_eq!(strikes.at(30, 30), Strikes::ONE);
        strikes.forgive(30, 60, 30);
        assert_eq!(strikes.at(60, 30), 0);
    }

    #[test]
    fn the_second_violation_is_number_two_within_a_half_life_and_number_one_after() {
        let first = |gap| {
            let mut strikes = Strikes::default();
            strikes.strike(0, 30);
            strikes.strike(gap, 30)
        };
        assert_eq!(first(0), 2);
        assert_eq!(first(30), 2);
        assert_eq!(first(31), 1);
    }
}
