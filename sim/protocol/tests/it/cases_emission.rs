//! Schedules and ceilings, by the hand-worked cases in `tests/cases/emission.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("emission");
}
