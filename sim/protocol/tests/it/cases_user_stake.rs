//! User stake, tiers and checkpoints, by the hand-worked cases in `tests/cases/user_stake.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("user_stake");
}
