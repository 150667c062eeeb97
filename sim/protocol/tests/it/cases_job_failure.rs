//! Refunds and the insurance pool, by the hand-worked cases in `tests/cases/job_failure.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("job_failure");
}
