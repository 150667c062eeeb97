//! Bonds, top-ups, their unit and the commission's step, by the hand-worked cases in `tests/cases/bonding.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("bonding");
}
