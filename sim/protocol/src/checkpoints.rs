//! What everybody had staked as a user at the start of each epoch that is still asked about. Votes count it, so that stake
//! borrowed for a moment has no say. The money itself is the ledger's.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::ids::ParticipantId;

/// Stake at the start of an epoch, and of those after it until the next checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Checkpoint {
    epoch: u32,
    stake: Amount,
}

/// Checkpoints, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Checkpoints(Vec<Checkpoint>);

impl Checkpoints {
    fn at(&self, epoch: u32) -> Amount {
        let until = self.0.partition_point(|it| it.epoch <= epoch);
        until
            .checked_sub(1)
            .map_or(Amount::ZERO, |last| self.0[last].stake)
    }

    fn last(&self) -> Amount {
        self.0.last().map_or(Amount::ZERO, |it| it.stake)
    }

    /// Writes the stake from `epoch` on, and drops what is read from `keep_from` on no more.
    fn note(&mut self, epoch: u32, stake: Amount, keep_from: u32) {
        match self.0.last_mut() {
            Some(last) if last.epoch == epoch => last.stake = stake,
            _ => self.0.push(Checkpoint { epoch, stake }),
        }
        let until = self.0.partition_point(|it| it.epoch <= keep_from);
        self.0.drain(..until.saturating_sub(1));
    }
}

/// The checkpoints of everybody who ever staked, and of the sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StakeHistory {
    people: BTreeMap<ParticipantId, Checkpoints>,
    total: Checkpoints,
    /// The oldest epoch that is still asked about.
    keep_from: u32,
}

impl StakeHistory {
    /// The participant's stake and the sum of all, from the start of `epoch` on.
    pub(crate) fn note(&mut self, id: ParticipantId, epoch: u32, stake: Amount, total: Amount) {
        let of = self.people.entry(id).or_default();
        of.note(epoch, stake, self.keep_from);
        self.total.note(epoch, total, self.keep_from);
    }

    pub(crate) fn at(&self, id: ParticipantId, epoch: u32) -> Amount {
        self.people.get(&id).map_or(Amount::ZERO, |of| of.at(epoch))
    }

    pub(crate) fn total_at(&self, epoch: u32) -> Amount {
        self.total.at(epoch)
    }

    /// What the last checkpoint says.
    pub(crate) fn last(&self, id: ParticipantId) -> Amount {
        self.people.get(&id).map_or(Amount::ZERO, Checkpoints::last)
    }

    /// What the last checkpoint of the sum says.
    pub(crate) fn last_total(&self) -> Amount {
        self.total.last()
    }

    /// Nobody asks about epochs before this one any more. It never goes back.
    pub(crate) fn keep_from(&mut self, epoch: u32) {
        self.keep_from = self.keep_from.max(epoch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_reads_between_its_checkpoints_and_forgets_from_behind() {
        let (id, amount) = (ParticipantId(3), Amount::new);
        let mut history = StakeHistory::default();
        for (epoch, stake) in [(2, 20), (5, 50), (5, 55), (9, 90)] {
            history.note(id, epoch, amount(stake), amount(stake + 1));
        }
        let read = |history: &StakeHistory| {
            [1, 2, 4, 5, 8, 9, 100].map(|epoch| history.at(id, epoch).base_units())
        };
        assert_eq!(read(&history), [0, 20, 20, 55, 55, 90, 90]);
        assert_eq!(history.total_at(6), amount(56));
        history.keep_from(7);
        history.keep_from(3);
        history.note(id, 10, amount(100), amount(101));
        assert_eq!(read(&history), [0, 0, 0, 55, 55, 90, 100]);
    }
}
