//! The presets of Solana, Filecoin, Helium and Storj mint on their first days what their networks' rules say, told in another way.

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
fn storj_mints_nothing() {
    let epochs = days("storj");
    assert!(epochs.iter().all(|row| row.minted_base_units == 0));
    assert!(epochs.iter().any(|row| row.fees_base_units > 0));
}
