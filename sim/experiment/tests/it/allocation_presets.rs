//! The presets of Solana, Filecoin, Helium, Storj, EigenLayer, Olas and Ocean mint on their first days what their networks' rules say, told in another way.

use world::rows::EpochRow;

use crate::stage::{Told, scenario, told};

/// A preset on a small fleet for five days.
fn days(id: &str) -> Vec<EpochRow> {
    let file = format!("networks/{id}.toml");
    let small = ["fleet.providers=60", "horizon=5 d"];
    told(&scenario(&file, &[&small]), Told::default()).1.epochs
}

fn is_near(found: f64, wanted: f64) -> bool {
    (found / wanted - 1.0).abs() < 1e-6
}

#[test]
fn solana_mints_a_day_of_eight_percent_that_falls_by_fifteen_a_year() {
    for (day, row) in (0u32..).zip(&days("solana")) {
        let supply = (row.supply_base_units - row.minted_base_units) as f64;
        let yearly = 0.08 * libm::pow(0.85, f64::from(day) / 365.0);
        let minted = row.emission_ceiling_base_units as f64;
        assert!(
            is_near(minted, supply * yearly / 365.0),
            "day {day}: {minted}"
        );
    }
}

#[test]
fn filecoin_mints_both_parts_while_capacity_keeps_pace_with_the_baseline() {
    // 60 of 5,000 providers: 1.2 % of the allocation. A day of a half-life of six years, as long as effective time keeps pace.
    let total = 260e15 * 60.0 / 5_000.0;
    let out = |epochs: f64| 1.0 - libm::exp2(-epochs / 2_190.0);
    for (day, row) in (0u32..).zip(&days("filecoin")) {
        let simple = 0.3 * total * (out(f64::from(day) + 1.0) - out(f64::from(day)));
        let minted = row.emission_ceiling_base_units as f64;
        let most = simple / 0.3;
        assert!(
            (simple..most * 1.001).contains(&minted),
            "day {day}: {minted}"
        );
    }
}

#[test]
fn helium_burns_all_fees_and_mints_no_more_than_schedule_and_cap() {
    let small = 60.0 / 5_000.0;
    for row in &days("helium") {
        assert_eq!(row.burned_base_units, row.fees_base_units);
        let (schedule, cap) = (92_143e9 * small, 7_372e9 * small);
        let minted = row.emission_ceiling_base_units as f64;
        assert!(
            (schedule - 1.0..=schedule + cap).contains(&minted),
            "{minted}"
        );
    }
}

#[test]
fn storj_and_eigenlayer_mint_nothing() {
    for id in ["storj", "eigenlayer"] {
        let epochs = days(id);
        assert!(epochs.iter().all(|row| row.minted_base_units == 0), "{id}");
        assert!(epochs.iter().any(|row| row.fees_base_units > 0), "{id}");
    }
}

#[test]
fn olas_mints_a_day_of_what_its_fourth_year_adds_to_the_cap() {
    // 25,260,023 of 761,726,593 a year, of a billion coins; half of it for bonds.
    let small = 60.0 / 5_000.0;
    let day = 1e18 * small * 25_260_023.0 / 761_726_593.0 / 365.0;
    for row in &days("olas") {
        assert!(is_near(row.emission_ceiling_base_units as f64, day));
        assert!(row.minted_treasury_base_units * 2 + 1 >= row.minted_base_units);
    }
}

#[test]
fn ocean_mints_half_of_what_vests_over_four_years_and_half_of_that_for_locks() {
    let small = 60.0 / 5_000.0;
    let day = 260e15 * small / 2.0 / 1_460.0;
    for row in &days("ocean") {
        assert!(is_near(row.emission_ceiling_base_units as f64, day));
        assert!(row.committed_base_units > 0);
    }
}
