//! The presets of chains that mint for stake mint on their first days what their networks' rules say, told in another way.

use world::rows::EpochRow;

use crate::stage::{Told, scenario, told};

/// A preset on a small fleet for five days.
fn days(id: &str) -> Vec<EpochRow> {
    let file = format!("networks/{id}.toml");
    let small = ["fleet.providers=60", "horizon=5 d"];
    told(&scenario(&file, &[&small]), Told::default()).1.epochs
}

/// What was scheduled, as a share of the supply before the close, in a year of 365 days.
fn yearly(row: &EpochRow) -> f64 {
    let supply = row.supply_base_units - row.minted_base_units;
    row.emission_ceiling_base_units as f64 / supply as f64 * 365.0
}

/// So many coins of the reference fleet, in base units of a fleet of sixty.
fn of_small(coins: f64) -> f64 {
    coins * 1e9 * 60.0 / 5_000.0
}

#[test]
fn cosmos_begins_at_thirteen_percent_and_rises_while_stake_is_short() {
    let mut before = 0.13;
    for row in &days("cosmos") {
        // Nothing staked at all would be 13 % more in a year.
        let rise = yearly(row) - before;
        assert!((0.0..0.13 / 365.0 + 1e-7).contains(&rise), "{rise}");
        before = yearly(row);
    }
}

#[test]
fn celestia_mints_the_same_each_day_of_its_first_year() {
    let epochs = days("celestia");
    assert!((yearly(&epochs[0]) / 0.08 - 1.0).abs() < 1e-6);
    let first = epochs[0].emission_ceiling_base_units;
    assert!(
        epochs
            .iter()
            .all(|row| row.emission_ceiling_base_units == first)
    );
}

#[test]
fn polkadot_and_ethereum_mint_a_fixed_amount() {
    for (id, coins) in [("polkadot", 162_080.77), ("ethereum", 12_055.0)] {
        for row in &days(id) {
            let minted = row.emission_ceiling_base_units as f64;
            assert!((minted / of_small(coins) - 1.0).abs() < 1e-6, "{id}");
        }
    }
}

#[test]
fn polkadot_gives_its_treasury_fifteen_percent() {
    for row in &days("polkadot") {
        assert!(row.minted_treasury_base_units * 100 >= row.minted_base_units * 15);
    }
}

#[test]
fn kusama_mints_between_the_ends_of_its_curve() {
    for row in &days("kusama") {
        assert!((0.025..=0.1).contains(&yearly(row)), "{}", yearly(row));
    }
}
