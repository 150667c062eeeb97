//! Entries on their way out of bonds and delegations: made here, counted here, put in the order in which they leave. The
//! entries themselves are their provider's; they leave in the epoch's close.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::error::Error;
use crate::ids::{ParticipantId, ProviderId};
use crate::params::UnbondingRule;
use crate::provider::UnbondingEntry;
use crate::state::Protocol;

/// The order of the entries, by provider and number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnbondingQueue {
    /// Of the next entry or redelegation.
    next: u64,
    /// By the epoch whose close they are due at.
    pub(crate) due: BTreeMap<u32, Vec<(ProviderId, u64)>>,
    /// Due, and not out yet.
    pub(crate) waiting: VecDeque<(ProviderId, u64)>,
    /// How many entries each owner has at each provider.
    pub(crate) counts: BTreeMap<(ProviderId, ParticipantId), u32>,
}

impl UnbondingQueue {
    /// A number that no entry and no redelegation has had.
    pub(crate) fn next_number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        number
    }
}

/// Takes one off a count, and forgets it at zero.
pub(crate) fn count_down<Key: Ord>(counts: &mut BTreeMap<Key, u32>, key: Key) {
    if let Some(count) = counts.get_mut(&key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

impl Protocol {
    /// That an owner may have one more entry at a provider.
    pub(crate) fn require_entry(&self, id: ProviderId, owner: ParticipantId) -> Result<(), Error> {
        let count = self.unbonding.counts.get(&(id, owner)).copied();
        if count.unwrap_or(0) >= self.params.bond.entries_max {
            return Err(Error::TooManyEntries);
        }
        Ok(())
    }

    /// Enters an amount, already in the provider's unbonding account, into the queue. Returns the epoch whose close is the
    /// first that may let it out.
    pub(crate) fn queue_unbonding(
        &mut self,
        id: ProviderId,
        owner: ParticipantId,
        is_self: bool,
        amount: Amount,
    ) -> u32 {
        let due_epoch = self.epoch.saturating_add(self.unbonding_epochs(id));
        if amount.is_zero() {
            return due_epoch;
        }
        let number = self.unbonding.next_number();
        let entry = UnbondingEntry {
            number,
            owner,
            is_self,
            amount,
            created: self.now,
            due_epoch,
        };
        self.providers[id.index()].unbonding.push(entry);
        let count = self.unbonding.counts.entry((id, owner)).or_default();
        *count = count.saturating_add(1);
        let due = self.unbonding.due.entry(due_epoch).or_default();
        due.push((id, number));
        due_epoch
    }

    /// What is due and has not left the queue for its churn limit, and for how many epochs the oldest of it has been due.
    #[must_use]
    pub fn waiting_to_leave(&self) -> (Amount, u32) {
        let waiting = self.unbonding.waiting.iter();
        let entries = waiting.flat_map(|(id, number)| {
            let entries = self.providers[id.index()].unbonding.iter();
            entries.filter(move |entry| entry.number == *number)
        });
        let sum = |(sum, oldest): (Amount, u32), entry: &UnbondingEntry| {
            let age = self.epoch.saturating_sub(entry.due_epoch);
            (sum + entry.amount, oldest.max(age))
        };
        entries.fold((Amount::ZERO, 0), sum)
    }

    /// The most that may leave the queue at this close: `max(⌊churn · staked⌋, floor)`; none when there is no bound.
    pub(crate) fn compute_churn(&self) -> Option<Amount> {
        let bond = &self.params.bond;
        match bond.unbonding {
            UnbondingRule::FixedDelay => None,
            UnbondingRule::Queue => {
                let share = bond.churn_max.mul_floor(self.staked_total());
                Some(share.max(bond.churn_floor))
            }
        }
    }
}
