//! An honest provider: works, pays its bills, keeps its bond up, and leaves when it has lost money for too long.

use units::Amount;

use super::{Action, Habits, Observation};

/// Its actions after an epoch.
pub fn act(habits: &Habits, seen: &Observation, actions: &mut Vec<Action>) {
    let is_losing = seen.age >= habits.margin_epochs && seen.short_for >= habits.patience_epochs;
    // A commitment outlasts the wish to leave.
    if is_losing && !seen.is_bound || seen.is_tombstoned {
        actions.push(Action::Leave);
        return;
    }
    if seen.commits && !seen.is_bound {
        actions.push(Action::Commit);
    }
    let sale = habits.sell_fees.mul_floor(seen.fees) + habits.sell_rewards.mul_floor(seen.rewards);
    let sale = sale.min(seen.liquid);
    if !sale.is_zero() {
        actions.push(Action::Sell(sale));
    }
    if seen.bonded < habits.top_up_below.mul_floor(seen.bond_min) {
        actions.push(Action::TopUp(
            seen.bond_min
                .saturating_sub(seen.bonded)
                .max(Amount::new(1)),
        ));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use units::Ratio;

    pub(crate) const HABITS: Habits = Habits {
        sell_fees: Ratio::ONE,
        sell_rewards: Ratio::from_percent(70),
        margin_epochs: 60,
        patience_epochs: 30,
        self_dealing_idle: Ratio::from_percent(50),
        top_up_below: Ratio::from_percent(80),
    };

    pub(crate) const SEEN: Observation = Observation {
        age: 100,
        short_for: 0,
        liquid: Amount::new(1000),
        fees: Amount::new(100),
        rewards: Amount::new(50),
        bonded: Amount::new(500),
        bond_min: Amount::new(500),
        commits: false,
        is_bound: false,
        is_tombstoned: false,
        idle_ns: 1000,
    };

    fn actions(seen: Observation) -> Vec<Action> {
        let mut actions = Vec::new();
        act(&HABITS, &seen, &mut actions);
        actions
    }

    #[test]
    fn it_sells_fees_and_part_of_its_rewards() {
        assert_eq!(actions(SEEN), vec![Action::Sell(Amount::new(135))]);
        assert_eq!(
            actions(Observation {
                liquid: Amount::new(7),
                ..SEEN
            }),
            vec![Action::Sell(Amount::new(7))]
        );
    }

    #[test]
    fn it_tops_up_a_bond_that_has_fallen_short() {
        let seen = Observation {
            fees: Amount::ZERO,
            rewards: Amount::ZERO,
            bonded: Amount::new(399),
            ..SEEN
        };
        assert_eq!(actions(seen), vec![Action::TopUp(Amount::new(101))]);
        assert_eq!(
            actions(Observation {
                bonded: Amount::new(400),
                ..seen
            }),
            vec![]
        );
    }

    #[test]
    fn a_committed_one_stays_until_it_is_free_and_commits_again_only_while_it_earns() {
        let free = Observation {
            commits: true,
            ..SEEN
        };
        assert_eq!(actions(free)[0], Action::Commit);
        let bound = Observation {
            is_bound: true,
            short_for: 30,
            ..free
        };
        assert_eq!(actions(bound), vec![Action::Sell(Amount::new(135))]);
        let freed = Observation {
            is_bound: false,
            ..bound
        };
        assert_eq!(actions(freed), vec![Action::Leave]);
    }

    #[test]
    fn it_leaves_after_losing_for_as_long_as_its_patience() {
        assert_eq!(
            actions(Observation {
                short_for: 30,
                ..SEEN
            }),
            vec![Action::Leave]
        );
        assert_ne!(
            actions(Observation {
                short_for: 30,
                age: 59,
                ..SEEN
            }),
            vec![Action::Leave]
        );
        assert_eq!(
            actions(Observation {
                is_tombstoned: true,
                ..SEEN
            }),
            vec![Action::Leave]
        );
    }
}
