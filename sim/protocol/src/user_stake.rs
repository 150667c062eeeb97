//! Stake of users, which votes: who had how much when an epoch opened. The money itself lies in ledger accounts.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::account::Account;
use crate::end_epoch::AuditFault;
use crate::ids::ParticipantId;
use crate::state::Protocol;

/// A stake from the opening of an epoch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    pub(crate) epoch: u32,
    pub(crate) stake: Amount,
}

/// Everybody's, as far back as a proposal under vote needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UserStakes {
    /// Oldest first.
    pub(crate) checkpoints: BTreeMap<ParticipantId, Vec<Checkpoint>>,
    /// Their sum, oldest first.
    pub(crate) totals: Vec<Checkpoint>,
    /// The earliest epoch that may still be asked for.
    pub(crate) keep_from: u32,
}

/// The stake of a list when an epoch opened.
fn stake_at(checkpoints: &[Checkpoint], epoch: u32) -> Amount {
    let before = checkpoints.iter().rev().find(|it| it.epoch <= epoch);
    before.map(|it| it.stake).unwrap_or_default()
}

/// Notes a stake from an epoch on, and forgets what is older than the oldest that is needed.
fn note(checkpoints: &mut Vec<Checkpoint>, epoch: u32, stake: Amount, keep_from: u32) {
    match checkpoints.last_mut() {
        Some(last) if last.epoch == epoch => last.stake = stake,
        _ => checkpoints.push(Checkpoint { epoch, stake }),
    }
    let needed = checkpoints.iter().rposition(|it| it.epoch <= keep_from);
    checkpoints.drain(..needed.unwrap_or(0));
}

impl UserStakes {
    pub(crate) fn newest(&self, id: ParticipantId) -> Amount {
        let last = self.checkpoints.get(&id).and_then(|it| it.last());
        last.map(|it| it.stake).unwrap_or_default()
    }

    pub(crate) fn newest_total(&self) -> Amount {
        self.totals.last().map(|it| it.stake).unwrap_or_default()
    }

    /// Notes what somebody has staked, from the next epoch's opening on.
    pub(crate) fn set(&mut self, id: ParticipantId, stake: Amount, open_epoch: u32) {
        let from = open_epoch.saturating_add(1);
        let total = self.newest_total() - self.newest(id) + stake;
        note(&mut self.totals, from, total, self.keep_from);
        let checkpoints = self.checkpoints.entry(id).or_default();
        note(checkpoints, from, stake, self.keep_from);
    }
}

impl Protocol {
    /// A participant's stake when an epoch opened.
    pub(crate) fn user_stake_at(&self, participant: ParticipantId, epoch: u32) -> Amount {
        let checkpoints = self.user_stakes.checkpoints.get(&participant);
        checkpoints.map_or(Amount::ZERO, |it| stake_at(it, epoch))
    }

    /// All participants' stake when an epoch opened.
    pub(crate) fn user_stake_total_at(&self, epoch: u32) -> Amount {
        stake_at(&self.user_stakes.totals, epoch)
    }

    /// Lets go of stake at the opening of epochs before this one.
    pub(crate) fn keep_user_stake_from(&mut self, epoch: u32) {
        self.user_stakes.keep_from = epoch;
    }

    /// Each account against the newest stake noted, and their sum against the total.
    pub(crate) fn audit_user_stake(&self) -> Result<(), AuditFault> {
        let mut rest = self.user_stakes.newest_total();
        for id in (0..self.participants).map(ParticipantId) {
            let stake = self.native(Account::UserStake(id));
            let left = rest.checked_sub(stake);
            let (Some(left), true) = (left, stake == self.user_stakes.newest(id)) else {
                return Err(AuditFault::UserStake(id));
            };
            rest = left;
        }
        if rest.is_zero() {
            Ok(())
        } else {
            Err(AuditFault::UserStake(ParticipantId(self.participants)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_older_than_needed_is_forgotten_and_the_rest_is_still_known() {
        let mut checkpoints = Vec::new();
        for epoch in 0..10 {
            note(&mut checkpoints, epoch, Amount::new(u128::from(epoch)), 7);
        }
        assert_eq!(checkpoints.len(), 3);
        assert_eq!(stake_at(&checkpoints, 7), Amount::new(7));
        assert_eq!(stake_at(&checkpoints, 100), Amount::new(9));
    }
}
