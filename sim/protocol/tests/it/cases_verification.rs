//! Fees for checks and proofs of storage, by the hand-worked cases in `tests/cases/verification.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("verification");
}
