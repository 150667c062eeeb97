//! The unbonding queue under both rules, by the hand-worked cases in `tests/cases/unbonding.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("unbonding");
}
