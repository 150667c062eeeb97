//! Vesting of providers' pay, by the hand-worked cases in `tests/cases/vesting.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("vesting");
}
