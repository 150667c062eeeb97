//! Factors of a job's price, by the hand-worked cases in `tests/cases/valuation.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("valuation");
}
