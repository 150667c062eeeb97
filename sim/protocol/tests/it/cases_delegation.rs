//! Delegation pools, by the hand-worked cases in `tests/cases/delegation.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("delegation");
}
