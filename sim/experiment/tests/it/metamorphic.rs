//! Changes that must not matter: the coin's decimals, and providers more at the end of the list.

use std::collections::BTreeMap;

use world::rows::ProviderRow;

use crate::stage::{Told, minimal, told};

#[test]
fn the_decimals_of_the_coin_decide_nothing() {
    let with = |decimals: &str| {
        told(
            &minimal(&[&["behaviour.lazy=10 %", decimals]]),
            Told {
                with_jobs: true,
                ..Told::default()
            },
        )
    };
    let (fine, coarse) = (
        with("protocol.supply.decimals=9"),
        with("protocol.supply.decimals=6"),
    );
    assert_eq!(fine.0.events_by_class, coarse.0.events_by_class);
    assert_ne!(
        fine.0.digest, coarse.0.digest,
        "amounts are in other base units"
    );
    let jobs = |told: &Told| {
        told.jobs
            .iter()
            .map(|row| (row.job, row.started_s, row.finished_s))
            .collect::<Vec<_>>()
    };
    assert!(jobs(&fine.1) == jobs(&coarse.1), "jobs ran at other times");
    assert!(fine.1.verdicts == coarse.1.verdicts);
    for (fine, coarse) in fine.1.providers.iter().zip(&coarse.1.providers) {
        assert_eq!(
            (
                fine.standing,
                fine.exited_epoch,
                fine.warnings,
                fine.slashes
            ),
            (
                coarse.standing,
                coarse.exited_epoch,
                coarse.warnings,
                coarse.slashes
            )
        );
        // Every payment rounds to a base unit, 3e-7 USD at 6 decimals, and a provider has some thousands of them.
        for (a, b) in [
            (fine.revenue_usd, coarse.revenue_usd),
            (fine.rewards_usd, coarse.rewards_usd),
            (fine.net_usd, coarse.net_usd),
        ] {
            assert!(
                (a - b).abs() < 0.01,
                "provider {}: {a} USD became {b} USD",
                fine.provider
            );
        }
    }
    let (fine, coarse) = (
        fine.1.epochs.last().unwrap(),
        coarse.1.epochs.last().unwrap(),
    );
    let supply = fine.supply_base_units as f64 / (coarse.supply_base_units as f64 * 1e3);
    assert!((supply - 1.0).abs() < 1e-9, "supply ratio {supply}");
}

/// What a provider is: GPUs, kind, region, behaviour, and the bits of its power price.
type Drawn = (u32, &'static str, &'static str, &'static str, u64);

#[test]
fn more_providers_leave_those_before_them_as_they_were() {
    let draws = |told: &Told| -> BTreeMap<(&'static str, u32), Drawn> {
        let first = |row: &&ProviderRow| row.entered_epoch == 0;
        let of = |row: &ProviderRow| {
            let power = row.power_price_usd_per_kwh.to_bits();
            (
                (row.class, row.ordinal),
                (row.gpus, row.kind, row.region, row.behaviour, power),
            )
        };
        told.providers.iter().filter(first).map(of).collect()
    };
    let run = |providers: &str| {
        told(
            &minimal(&[&["horizon=5 d", "entry.candidates_per_month=0", providers]]),
            Told::default(),
        )
        .1
    };
    let (few, many) = (run("fleet.providers=60"), run("fleet.providers=90"));
    let (few, many) = (draws(&few), draws(&many));
    assert_eq!((few.len(), many.len()), (60, 90));
    for (identity, drawn) in few {
        assert_eq!(many[&identity], drawn, "{identity:?}");
    }
}

#[test]
fn candidates_for_entry_leave_the_first_fleet_as_it_was() {
    let run =
        |candidates: &str| told(&minimal(&[&["horizon=10 d", candidates]]), Told::default()).1;
    let (none, some) = (
        run("entry.candidates_per_month=0"),
        run("entry.candidates_per_month=100000"),
    );
    // Nobody is in business within the lead time, so that nothing at all has changed yet.
    assert!(none.epochs == some.epochs && none.providers == some.providers);
}
