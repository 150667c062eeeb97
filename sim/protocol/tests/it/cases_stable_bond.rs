//! Bonds held in dollars, by the hand-worked cases in `tests/cases/stable_bond.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("stable_bond");
}
