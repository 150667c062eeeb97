//! Pay that is kept until its owner is old enough. How old that is, and what share is due, is told to it.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// What is kept of one owner's pay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Retained {
    /// Ever kept.
    total: Amount,
    /// Of that returned.
    returned: Amount,
}

impl Retained {
    /// What is to be returned when a share of all that was ever kept is due, rounded down.
    pub(crate) fn due(&self, share: Ratio) -> Amount {
        share.mul_floor(self.total).saturating_sub(self.returned)
    }

    pub(crate) fn held(&self) -> Amount {
        self.total - self.returned
    }

    pub(crate) fn add(&mut self, amount: Amount) {
        self.total += amount;
    }

    /// Hands out what is due.
    pub(crate) fn take(&mut self, share: Ratio) -> Amount {
        let due = self.due(share);
        self.returned += due;
        due
    }

    pub(crate) fn is_sound(&self) -> bool {
        self.returned <= self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_all_that_was_kept_is_returned_and_the_rest_when_all_is_due() {
        let mut kept = Retained::default();
        kept.add(Amount::new(7));
        assert_eq!(kept.take(Ratio::ZERO), Amount::ZERO);
        let half = Ratio::from_percent(50);
        assert_eq!(kept.take(half), Amount::new(3));
        kept.add(Amount::new(4));
        // Half of 11 is 5, of which 3 were returned.
        assert_eq!(kept.take(half), Amount::new(2));
        assert_eq!(kept.take(Ratio::ONE), Amount::new(6));
        assert!(kept.held().is_zero() && kept.is_sound());
    }
}
