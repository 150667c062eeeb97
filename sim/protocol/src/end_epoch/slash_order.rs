//! Part of step 7, Penalise: whose stake pays a slash, and what of it first. It only counts; taking is `penalise`'s and
//! `redelegated`'s.

use alloc::vec::Vec;

use units::{Amount, Ratio, wide};

use crate::ids::{ProviderId, Tick};
use crate::params::SlashOrder;
use crate::state::Protocol;

/// A share of something, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Portion {
    of: u128,
    whole: u128,
}

impl Portion {
    const fn of(share: Ratio) -> Portion {
        Portion {
            of: share.parts() as u128,
            whole: Ratio::ONE.parts() as u128,
        }
    }

    /// `due` of `exposed`, which may both be nothing.
    fn of_amounts(due: Amount, exposed: Amount) -> Portion {
        Portion {
            of: due.base_units(),
            whole: exposed.base_units().max(1),
        }
    }

    fn floor(self, amount: Amount) -> Amount {
        Amount::new(wide::mul_div_floor(
            amount.base_units(),
            self.of,
            self.whole,
        ))
    }

    pub(super) fn ceil(self, amount: Amount) -> Amount {
        Amount::new(wide::mul_div_ceil(amount.base_units(), self.of, self.whole))
    }
}

/// Stake that stood behind the work when the violation took place, base units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exposed {
    /// The owner's, staked or leaving.
    pub(super) own: Amount,
    /// The delegators', staked or leaving.
    pub(super) pool: Amount,
    /// The delegators' that has moved to other providers.
    pub(super) moved: Amount,
}

/// What is owed, and which portion that is of what owes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) amount: Amount,
    pub(super) portion: Portion,
}

/// What each part of the exposed stake owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dues {
    pub(super) own: Due,
    pub(super) pool: Due,
    pub(super) moved: Due,
}

/// Divides a slash between the owner and the delegators; never more than each had exposed.
pub(super) fn between(order: SlashOrder, share: Ratio, exposed: Exposed) -> Dues {
    let Exposed { own, pool, moved } = exposed;
    if order != SlashOrder::OwnFirst {
        let portion = Portion::of(share);
        let due = |exposed| Due {
            amount: portion.floor(exposed),
            portion,
        };
        return Dues {
            own: due(own),
            pool: due(pool),
            moved: due(moved),
        };
    }
    let all = share.mul_floor(own + pool + moved);
    let of_own = all.min(own);
    let of_delegators = all - of_own;
    let portion = Portion::of_amounts(of_delegators, pool + moved);
    let of_moved = portion.floor(moved);
    Dues {
        own: Due {
            amount: of_own,
            portion: Portion::of_amounts(of_own, own),
        },
        pool: Due {
            amount: of_delegators - of_moved,
            portion,
        },
        moved: Due {
            amount: of_moved,
            portion,
        },
    }
}

/// What a slash takes from one side, the owner's or the delegators'.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Slash {
    /// From the self-bond or the pool.
    pub(super) staked: Amount,
    /// From unbonding entries, by their place.
    pub(super) entries: Vec<(usize, Amount)>,
}

impl Slash {
    pub(super) fn unbonding(&self) -> Amount {
        self.entries.iter().map(|(_, amount)| *amount).sum()
    }
}

/// Divides what a side owes between what it has staked and what is leaving, `(place, amount)`, oldest first.
fn within(order: SlashOrder, due: Due, staked: Amount, leaving: &[(usize, Amount)]) -> Slash {
    let Due { amount, portion } = due;
    let before = match order {
        SlashOrder::Proportional | SlashOrder::OwnFirst => portion.floor(staked).min(amount),
        SlashOrder::StakeAlone if staked >= amount => amount,
        SlashOrder::StakeAlone | SlashOrder::UnbondingFirst => Amount::ZERO,
    };
    let mut rest = amount - before;
    let mut entries = Vec::new();
    for (place, held) in leaving {
        let owed = match order {
            SlashOrder::Proportional | SlashOrder::OwnFirst => portion.ceil(*held),
            SlashOrder::StakeAlone => *held,
            SlashOrder::UnbondingFirst => portion.floor(*held),
        };
        let taken = owed.min(rest);
        rest -= taken;
        entries.push((*place, taken));
    }
    Slash {
        staked: before + rest.min(staked - before),
        entries,
    }
}

impl Protocol {
    /// What stood behind a provider's work at a tick.
    pub(super) fn exposed(&self, id: ProviderId, at: Tick) -> Exposed {
        Exposed {
            own: self.exposure(id, true, at),
            pool: self.exposure(id, false, at),
            moved: self.moved_exposure(id, at),
        }
    }

    /// From where a side pays what it owes for a violation at a tick.
    pub(super) fn compute_slash(&self, id: ProviderId, is_self: bool, due: Due, at: Tick) -> Slash {
        let staked = if is_self {
            self.bonded(id)
        } else {
            self.delegated(id)
        };
        let entries = self.providers[id.index()].unbonding.iter().enumerate();
        let leaving: Vec<(usize, Amount)> = entries
            .filter(|(_, entry)| entry.is_self == is_self && entry.created >= at)
            .map(|(place, entry)| (place, entry.amount))
            .collect();
        within(self.params.ladder.slash_order, due, staked, &leaving)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDERS: [SlashOrder; 4] = [
        SlashOrder::Proportional,
        SlashOrder::StakeAlone,
        SlashOrder::OwnFirst,
        SlashOrder::UnbondingFirst,
    ];

    /// 100 base units at a portion of a third, from a stake and entries of 150 and 31.
    fn hundred(order: SlashOrder, staked: u128) -> (u128, Vec<u128>) {
        let (amount, entries) = (Amount::new(100), [(4, 150), (7, 31)]);
        let due = Due {
            amount,
            portion: Portion { of: 1, whole: 3 },
        };
        let leaving = entries.map(|(place, amount)| (place, Amount::new(amount)));
        let slash = within(order, due, Amount::new(staked), &leaving);
        assert_eq!(slash.staked + slash.unbonding(), amount);
        let taken = slash.entries.iter();
        let taken = taken.map(|(_, amount)| amount.base_units()).collect();
        (slash.staked.base_units(), taken)
    }

    #[test]
    fn each_order_takes_the_same_from_other_sources() {
        assert_eq!(
            hundred(SlashOrder::Proportional, 119),
            (39, [50, 11].into())
        );
        assert_eq!(hundred(SlashOrder::StakeAlone, 119), (100, [0, 0].into()));
        assert_eq!(hundred(SlashOrder::StakeAlone, 99), (0, [100, 0].into()));
        assert_eq!(
            hundred(SlashOrder::UnbondingFirst, 119),
            (40, [50, 10].into())
        );
    }

    #[test]
    fn only_own_first_spares_the_delegators_until_the_owner_has_nothing_left() {
        let [own, pool, moved] = [10, 50, 31].map(Amount::new);
        let exposed = Exposed { own, pool, moved };
        let dues = |order, percent| {
            let dues = between(order, Ratio::from_percent(percent), exposed);
            [dues.own, dues.pool, dues.moved].map(|due| due.amount.base_units())
        };
        assert_eq!(dues(SlashOrder::Proportional, 10), [1, 5, 3]);
        // 10 % of 91.
        assert_eq!(dues(SlashOrder::OwnFirst, 10), [9, 0, 0]);
        // 18 of 91, of which 8 are left for 50 and 31: 3.06 and the rest.
        assert_eq!(dues(SlashOrder::OwnFirst, 20), [10, 5, 3]);
        for order in ORDERS {
            assert_eq!(dues(order, 0), [0, 0, 0]);
            assert_eq!(dues(order, 100), [10, 50, 31]);
        }
    }
}
