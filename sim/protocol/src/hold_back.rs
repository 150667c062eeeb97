//! One line along which held-back rewards come free. Whose they are, and when they are paid, is not known here.

use serde::{Deserialize, Serialize};
use units::{Amount, wide};

use crate::params::ContributionParams;

/// Held-back rewards that come free along one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Schedule {
    pub(crate) start: u32,
    pub(crate) total: Amount,
    pub(crate) forfeited: Amount,
    pub(crate) released: Amount,
}

impl Schedule {
    /// What it still holds.
    pub(crate) fn held(&self) -> Amount {
        self.total - self.forfeited - self.released
    }

    /// What a line over `base` has brought by an epoch, rounded down.
    pub(crate) fn vested(&self, base: Amount, params: &ContributionParams, epoch: u32) -> Amount {
        let begin = self.start.saturating_add(params.cliff_epochs);
        let Some(elapsed) = epoch.checked_sub(begin) else {
            return Amount::ZERO;
        };
        if elapsed >= params.hold_back_epochs {
            return base;
        }
        let (elapsed, whole) = (u128::from(elapsed), u128::from(params.hold_back_epochs));
        Amount::new(wide::mul_div_floor(base.base_units(), elapsed, whole))
    }

    /// What may be paid now. After a forfeiture nothing, until the smaller line has caught up with what was released.
    pub(crate) fn payable(&self, params: &ContributionParams, epoch: u32) -> Amount {
        self.vested(self.total - self.forfeited, params, epoch)
            .saturating_sub(self.released)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_forfeiture_nothing_comes_free_until_the_smaller_line_has_caught_up() {
        let params = ContributionParams {
            hold_back_epochs: 4,
            cliff_epochs: 2,
            ..ContributionParams::default()
        };
        let [total, forfeited, released] = [60, 27, 30].map(Amount::new);
        let schedule = Schedule {
            start: 0,
            total,
            forfeited,
            released,
        };
        // A line of 33 from epoch 2: 24.75 of it at 5, all at 6.
        assert_eq!(schedule.payable(&params, 5), Amount::ZERO);
        assert_eq!(schedule.payable(&params, 6), Amount::new(3));
    }
}
