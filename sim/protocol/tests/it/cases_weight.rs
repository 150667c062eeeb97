//! The hand-worked cases of weights and rewards: one book a mechanism.

use crate::casebook::run;

#[test]
fn roles_are_paid_from_their_categories_as_worked_by_hand() {
    run(include_str!("../cases/roles_and_categories.json"));
}

#[test]
fn commitments_bind_weigh_and_end_as_worked_by_hand() {
    run(include_str!("../cases/commitment.json"));
}

#[test]
fn tenure_and_share_change_weights_as_worked_by_hand() {
    run(include_str!("../cases/tenure_and_share.json"));
}

#[test]
fn bonus_pools_pay_as_worked_by_hand() {
    run(include_str!("../cases/bonus_pools.json"));
}

#[test]
fn the_controllers_scale_as_worked_by_hand() {
    run(include_str!("../cases/scaling.json"));
}

#[test]
fn measurements_score_as_worked_by_hand() {
    run(include_str!("../cases/score.json"));
}

#[test]
fn stake_covers_as_worked_by_hand() {
    run(include_str!("../cases/cover.json"));
}
