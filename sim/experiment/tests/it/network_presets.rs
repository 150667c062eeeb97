//! The presets of live networks load, run audited, and mint as their networks' rules say.

use stakesim_experiment::networks;

use crate::stage::{Told, scenario, told};

/// A preset on a small fleet for so many days.
fn play(id: &str, days: u32) -> Told {
    let file = format!("networks/{id}.toml");
    let horizon = format!("horizon={days} d");
    let small = ["fleet.providers=60", horizon.as_str()];
    let told = told(&scenario(&file, &[&small]), Told::default()).1;
    assert_eq!(told.epochs.len(), days as usize, "{id}");
    told
}

#[test]
fn every_preset_runs_audited_and_takes_no_more_from_issuance_than_its_ceiling() {
    for network in networks::all() {
        let preset = network.preset.trim_start_matches("scenarios/networks/");
        let told = play(preset.trim_end_matches(".toml"), 3);
        for row in &told.epochs {
            assert!(
                row.minted_base_units <= row.emission_ceiling_base_units,
                "{preset}"
            );
        }
    }
}

#[test]
fn livepeer_mints_a_share_of_the_supply_that_rises_a_step_a_day_while_stake_is_short() {
    for (day, row) in (1u128..).zip(&play("livepeer", 5).epochs) {
        // 137,000 and 500 more each day, of 10^9, of what there was before the close.
        let supply = u128::from(row.supply_base_units - row.minted_base_units);
        let mintable = supply * (137_000 + 500 * day) / 1_000_000_000;
        assert_eq!(u128::from(row.emission_ceiling_base_units), mintable);
        assert_eq!(row.burned_base_units, 0);
    }
}

#[test]
fn prime_intellect_mints_as_much_for_each_gpu_however_many_there_are() {
    let told = play("primeintellect", 5);
    for row in &told.epochs {
        let gpus = row.emission_ceiling_base_units / 6_000_000_000;
        assert_eq!(row.emission_ceiling_base_units, gpus * 6_000_000_000);
        // Sixty providers of four GPUs on average: above one each, and short of what data centres alone could bring.
        assert!((60..2_000).contains(&gpus), "{gpus}");
    }
}

#[test]
fn nosana_and_psyche_mint_the_same_every_day() {
    for id in ["nosana", "psyche"] {
        let told = play(id, 5);
        let first = told.epochs[0].emission_ceiling_base_units;
        let is_same = |row: &world::rows::EpochRow| row.emission_ceiling_base_units == first;
        assert!(first > 0 && told.epochs.iter().all(is_same), "{id}");
    }
}

#[test]
fn nosana_holders_lock_most_of_their_stake() {
    let told = play("nosana", 3);
    let last = told.epochs.last().unwrap();
    let locked = last.committed_base_units as f64 / last.bonded_base_units as f64;
    // 90.3 % of the providers, of whatever size.
    assert!((0.6..=1.0).contains(&locked), "{locked}");
}

#[test]
fn phala_gives_its_treasury_a_fifth_and_loses_a_quarter_in_180_days() {
    let told = play("phala", 180);
    let first = &told.epochs[0];
    assert!(first.minted_treasury_base_units * 100 >= first.minted_base_units * 20);
    let last = &told.epochs[179];
    let left = last.emission_ceiling_base_units as f64 / first.emission_ceiling_base_units as f64;
    // 179 steps of 180.
    assert!((0.75..0.752).contains(&left), "{left}");
}

#[test]
fn psyche_takes_the_day_of_whoever_dropped_out_and_no_stake_for_it() {
    let told = play("psyche", 5);
    let mut flows = told.flows.iter();
    let forfeited = flows.find(|row| row.reason == "reward_forfeit");
    assert!(forfeited.is_some_and(|row| row.amount_base_units > 0));
    assert!(
        told.epochs
            .iter()
            .all(|row| row.slashed_downtime_base_units == 0)
    );
}
