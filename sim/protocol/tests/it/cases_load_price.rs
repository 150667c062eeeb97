//! The load controller, by the hand-worked cases in `tests/cases/load_price.json`.

#[test]
fn the_hand_worked_cases_hold() {
    crate::cases::play("load_price");
}
