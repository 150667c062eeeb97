//! How many providers stand where when an epoch has closed. Reads state only.

use protocol::{RecoveryStage, Standing};

use crate::rows::StandingRow;
use crate::world::World;

impl World<'_> {
    /// The counts of the epoch that has closed.
    pub(crate) fn standing_row(&self) -> StandingRow {
        let rules = &self.state.rules;
        let mut by = [0; 6];
        let (mut awaiting, mut recovering) = (0, 0);
        for of in &self.state.fleet.providers {
            by[rules.standing(of.rules) as usize] += 1;
            match rules.recovery_stage(of.rules) {
                Some(RecoveryStage::Variable) => awaiting += 1,
                Some(RecoveryStage::Graduated) => recovering += 1,
                _ => {}
            }
        }
        let count = |standing: Standing| by[standing as usize];
        StandingRow {
            epoch: self.state.epoch,
            registered: count(Standing::Registered),
            active: count(Standing::Active),
            recovering,
            suspended: count(Standing::Suspended),
            jailed: count(Standing::Jailed),
            awaiting_review: awaiting,
            tombstoned: count(Standing::Tombstoned),
            exited: count(Standing::Exited),
            appealing: self
                .state
                .society
                .appeals
                .values()
                .map(Vec::len)
                .sum::<usize>() as u32,
        }
    }
}
