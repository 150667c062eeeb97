//! Stake that moves and still answers, by the hand-worked cases in `tests/cases/redelegation.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("redelegation");
}
