//! A self-dealing provider: buys its own idle time, in the hope that usage is rewarded. Each dollar so spent comes back less
//! the fees; whether emission makes up for them is what a scenario with it measures.

use units::Amount;

use super::{Action, Habits, Observation, honest};

/// Its actions after an epoch: those of an honest provider, and the purchase.
pub fn act(habits: &Habits, seen: &Observation, actions: &mut Vec<Action>) {
    honest::act(habits, seen, actions);
    if actions.contains(&Action::Leave) {
        return;
    }
    let bought = habits
        .self_dealing_idle
        .mul_floor(Amount::new(u128::from(seen.idle_ns)))
        .base_units() as u64;
    if bought > 0 {
        actions.push(Action::SelfDeal(bought));
    }
}

#[cfg(test)]
mod tests {
    use super::super::honest::tests::{HABITS, SEEN};
    use super::*;

    #[test]
    fn it_buys_its_share_of_idle_time_until_it_leaves() {
        let mut actions = Vec::new();
        act(&HABITS, &SEEN, &mut actions);
        assert_eq!(actions.last(), Some(&Action::SelfDeal(500)));
        actions.clear();
        act(
            &HABITS,
            &Observation {
                is_tombstoned: true,
                ..SEEN
            },
            &mut actions,
        );
        assert_eq!(actions, vec![Action::Leave]);
    }
}
