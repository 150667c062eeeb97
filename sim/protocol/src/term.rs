//! Terms: how long verdicts keep a provider out. All that have not ended are kept, so that taking one back leaves the others.

use serde::{Deserialize, Serialize};

use crate::ids::CaseId;
use crate::standing::Standing;

/// A suspension, a stay in jail or a tombstone that a verdict imposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Term {
    pub(crate) case: CaseId,
    /// Suspended, Jailed or Tombstoned.
    pub(crate) standing: Standing,
    /// The epoch of the verdict.
    pub(crate) from_epoch: u32,
    /// The epoch whose close ends it; zero for a tombstone, which nothing ends.
    pub(crate) until_epoch: u32,
    /// Whether the provider stays out until its owner asks.
    pub(crate) needs_review: bool,
}

impl Term {
    /// Whether it can have no more effect on anybody whom a later term keeps out.
    pub(crate) fn is_spent(&self, epoch: u32) -> bool {
        self.until_epoch < epoch && !self.needs_review && self.standing != Standing::Tombstoned
    }
}

/// A standing and the epoch whose close ends it.
pub(crate) type Force = (Standing, u32);

/// Whether what is in force stays in spite of one more term: a tombstone is for ever, and a suspension does not shorten a jail.
/// Otherwise the later verdict takes the place of the earlier.
pub(crate) fn stands_against(force: Option<Force>, term: &Term) -> bool {
    match force {
        Some((Standing::Tombstoned, _)) => true,
        Some((Standing::Jailed, until)) => {
            term.standing == Standing::Suspended && until >= term.from_epoch
        }
        _ => false,
    }
}

/// What terms amount to, oldest first.
pub(crate) fn in_force(terms: &[Term]) -> Option<Force> {
    terms.iter().fold(None, |force, term| {
        if stands_against(force, term) {
            force
        } else {
            Some((term.standing, term.until_epoch))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(standing: Standing, from_epoch: u32, until_epoch: u32) -> Term {
        Term {
            case: CaseId(0),
            standing,
            from_epoch,
            until_epoch,
            needs_review: false,
        }
    }

    #[test]
    fn a_suspension_does_not_shorten_a_jail_but_follows_one_that_is_over() {
        let jail = term(Standing::Jailed, 0, 5);
        let during = [jail.clone(), term(Standing::Suspended, 5, 12)];
        assert_eq!(in_force(&during), Some((Standing::Jailed, 5)));
        let after = [jail, term(Standing::Suspended, 6, 13)];
        assert_eq!(in_force(&after), Some((Standing::Suspended, 13)));
    }

    #[test]
    fn nothing_follows_a_tombstone() {
        let terms = [
            term(Standing::Tombstoned, 1, 0),
            term(Standing::Jailed, 1, 31),
        ];
        assert_eq!(in_force(&terms), Some((Standing::Tombstoned, 0)));
        assert_eq!(in_force(&[]), None);
    }
}
