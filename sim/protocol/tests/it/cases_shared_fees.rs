//! Fees shared with delegators, by the hand-worked cases in `tests/cases/shared_fees.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("shared_fees");
}
