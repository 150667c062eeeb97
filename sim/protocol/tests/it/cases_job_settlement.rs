//! Revenue, its shares and the rebate, by the hand-worked cases in `tests/cases/job_settlement.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("job_settlement");
}
