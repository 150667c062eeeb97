//! What the presets of Gonka, Bittensor, The Graph and Render mint and burn in their first days, against numbers worked out by hand. Sixty
//! providers of 5,000 have 0.012 of each amount.

use crate::stage::{Told, scenario, told};

fn play(id: &str, days: usize) -> Told {
    let file = format!("networks/{id}.toml");
    let horizon = format!("horizon={days} d");
    let small = [
        "fleet.providers=60",
        "behaviour.lazy=10 %",
        horizon.as_str(),
    ];
    let told = told(&scenario(&file, &[&small]), Told::default()).1;
    assert_eq!(told.epochs.len(), days, "{id}");
    told
}

fn ceilings(told: &Told) -> Vec<u64> {
    let ceiling = |row: &world::rows::EpochRow| row.emission_ceiling_base_units;
    told.epochs.iter().map(ceiling).collect()
}

/// 285,000 coins are 3,420; e^-0.000475 of them 3,418.375885757…, e^-0.00095 3,416.752542786….
#[test]
fn gonka_mints_by_a_power_of_e() {
    let told = play("gonka", 3);
    let coins: Vec<u64> = ceilings(&told).iter().map(|units| units / 1_000).collect();
    assert_eq!(coins, [3_420_000_000, 3_418_375_885, 3_416_752_542]);
    assert!(
        told.epochs
            .iter()
            .all(|row| row.minted_treasury_base_units == 0)
    );
}

/// 342,857.142857142 coins are 4,114.285714285; a block of 7,200 has 571,428,571 units, and half of it after the first halving.
#[test]
fn bittensor_mints_a_day_of_half_blocks_and_slashes_nobody() {
    let told = play("bittensor", 40);
    assert_eq!(ceilings(&told), [7_200 * 285_714_285; 40]);
    let mut flows = told.flows.iter();
    assert!(!flows.any(|row| row.reason.contains("slash")));
}

/// 61,108.6968 coins are 733.3043616.
#[test]
fn the_graph_mints_the_same_every_day_and_burns_a_hundredth_of_fees() {
    let told = play("thegraph", 5);
    assert_eq!(ceilings(&told), [733_304_361_600; 5]);
    assert!(told.epochs[4].burned_base_units > 0);
}

/// 34,465.753424657 coins are 413.589041095, of which the treasury has 310.191780821….
#[test]
fn render_burns_most_of_what_customers_pay() {
    let told = play("render", 5);
    assert_eq!(ceilings(&told), [413_589_041_095; 5]);
    for row in &told.epochs {
        assert!(row.minted_treasury_base_units >= 310_191_780_821);
    }
    let burned: u64 = told.epochs.iter().map(|row| row.burned_base_units).sum();
    let minted: u64 = told.epochs.iter().map(|row| row.minted_base_units).sum();
    assert!(burned > minted, "{burned} and {minted}");
}
