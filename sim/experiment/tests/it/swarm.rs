//! Swarm: a seed makes a random legal scenario, the scenario runs with an audit at every epoch, and its rows must be sane.
//!
//! That an audit finds broken books is shown by the protocol's own tests, which plant a fault in each invariant: from here the
//! state cannot be reached. The canary below plants faults in the rows instead.

use std::panic::catch_unwind;

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

use crate::stage::{Told, minimal, told};

const SEEDS: u64 = 40;

/// Legal values to choose from, by path. Each is left at its default in half of the scenarios.
const CHOICES: &[(&str, &[&str])] = &[
    ("fleet.providers", &["1", "2", "7", "40", "90"]),
    ("fleet.providers_reference", &["10", "200", "5000"]),
    ("fleet.node_gpus", &["1", "2", "4", "8"]),
    ("fleet.power_price_sigma", &["0", "1"]),
    ("failures.health_check", &["2 h", "6 h", "1 d"]),
    ("failures.individual.up_mean", &["2 h", "300 d"]),
    ("failures.individual.up_law", &["exponential", "weibull"]),
    ("failures.individual.down_mean", &["1 min", "5 d"]),
    ("failures.edge.down_mean", &["1 h", "30 d"]),
    ("failures.datacentre.up_mean", &["1 h", "10 d"]),
    ("gpu.rtx_4090.list_price", &["0.01 USD/h", "0.6 USD/h"]),
    ("jobs.trace_scale", &["0", "1", "100"]),
    ("jobs.trace_loop", &["1 d", "8 d", "60 d"]),
    ("jobs.trace_consumer_gpus_max", &["0", "1", "1000"]),
    ("jobs.load.consumer", &["0 %", "20 %", "200 %"]),
    ("jobs.load.datacentre", &["0 %", "20 %", "200 %"]),
    ("jobs.elasticity", &["0", "3"]),
    ("jobs.fault_share", &["0 %", "30 %", "100 %"]),
    ("jobs.patience", &["1 h", "100 d"]),
    ("jobs.restart", &["0 ns", "1 d"]),
    ("jobs.trace_checkpoint", &["1 min", "5 d"]),
    ("jobs.gang_median.consumer", &["1 h", "30 d"]),
    ("scheduler.policy", &["first_come", "backfill"]),
    ("verification.challenge_rate", &["0 %", "100 %"]),
    ("verification.false_reject", &["0 %", "20 %"]),
    ("verification.verdict_delay", &["1 min", "7 d"]),
    ("behaviour.lazy", &["0 %", "50 %"]),
    ("behaviour.self_dealing", &["10 %", "50 %"]),
    ("market.price", &["1 USD/token", "1000 USD/token"]),
    ("market.volatility", &["0 %", "120 %"]),
    ("market.sell_rewards", &["0 %", "100 %"]),
    ("delegation.staked_ratio", &["0 %", "60 %"]),
    ("delegation.commission", &["0 %", "100 %"]),
    ("delegation.delegators", &["0", "100000"]),
    ("delegation.step", &["0 %", "5 %"]),
    ("entry.candidates_per_month", &["0", "1000"]),
    ("entry.lead_time", &["0 ns", "2 d"]),
    ("entry.return_required", &["0 %", "1000 %"]),
    ("entry.margin_window", &["1 d", "300 d"]),
    ("entry.patience", &["0 ns", "2 d"]),
    ("protocol.supply.decimals", &["0", "6"]),
    (
        "protocol.emission.rule",
        &["fixed", "decaying", "halving", "stable_value"],
    ),
    ("protocol.emission.per_epoch", &["0 token", "9000000 token"]),
    ("protocol.bond.cover_min", &["1", "60"]),
    ("protocol.bond.unbonding_epochs", &["8", "100"]),
    ("protocol.price.gain", &["0 %", "100 %"]),
    ("protocol.scaling.market.gain", &["0", "10"]),
    ("protocol.ladder.window_epochs", &["1", "16"]),
    (
        "protocol.ladder.downtime_allowance.individual",
        &["0 %", "100 %"],
    ),
    ("protocol.ladder.penalty_slash", &["0 %", "100 %"]),
    ("protocol.ladder.malicious_slash", &["0 %", "100 %"]),
    ("protocol.recovery.epochs", &["0", "30"]),
    ("protocol.slash_release.hold_epochs", &["0", "5"]),
    ("commitment.monthly", &["40 %", "1 %"]),
    ("commitment.annual", &["50 %", "60 %"]),
    ("protocol.commitment.epochs.monthly", &["1", "5"]),
    ("protocol.commitment.multiplier.annual", &["1", "10"]),
    ("protocol.tenure.step_epochs", &["1"]),
    ("protocol.tenure.bonus_per_step", &["1 %", "100 %"]),
    ("protocol.market_share.rule", &["bonus", "damping"]),
    ("protocol.growth.epochs", &["3", "100"]),
    ("protocol.growth.target_gpus", &["0", "1000000"]),
    ("protocol.scaling.growth.gain", &["1", "10"]),
    ("protocol.emission.halving_epochs", &["1", "5"]),
    (
        "protocol.emission.value_usd",
        &["0 USD", "1 USD", "1000000000 USD"],
    ),
    ("gpu.rtx_4090.is_new", &["yes"]),
    ("protocol.bond.unit", &["native"]),
    ("protocol.bond.unbonding", &["queue"]),
    ("protocol.bond.churn_max", &["0 %", "50 %"]),
    ("protocol.bond.churn_floor", &["1 token"]),
    ("protocol.bond.entries_max", &["1"]),
    ("protocol.bond.redelegations_max", &["1"]),
    (
        "protocol.bond.unbonding_epochs_by_role.compute",
        &["7", "60"],
    ),
    ("delegation.redelegate", &["1 %", "100 %"]),
    ("users.customers", &["300", "100000"]),
    ("users.share", &["0 %", "1 %"]),
    ("users.yield_required", &["0 %", "1000 %"]),
    ("protocol.users.thresholds.tier_1", &["1 token"]),
    ("protocol.users.discounts.tier_3", &["1 %", "12 %"]),
    ("jobs.loss_claimed", &["100 %", "10000 %"]),
    ("protocol.insurance.claim_max", &["0 %", "100 %"]),
    ("jobs.higher_priority", &["50 %", "100 %"]),
    ("protocol.valuation.priority.p3", &["0.01", "10"]),
    ("protocol.valuation.hour.h12", &["0.01", "10"]),
    ("protocol.valuation.region.asia", &["0.01", "10"]),
    ("protocol.fees.sharing", &["as_rewards"]),
    ("protocol.vesting.share", &["50 %", "100 %"]),
    ("protocol.vesting.share_step", &["25 %"]),
    ("protocol.vesting.step_epochs", &["1", "5"]),
    ("protocol.vesting.covers", &["rewards_and_jobs"]),
    ("protocol.vesting.epochs", &["1", "5"]),
    ("protocol.vesting.liability", &["tombstone", "slashes"]),
];

/// The changes that a seed makes.
fn changes(seed: u64) -> Vec<String> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut changes = vec!["horizon=16 d".to_owned()];
    for (path, values) in CHOICES {
        if random.random_bool(0.5) {
            changes.push(format!(
                "{path}={}",
                values[random.random_range(0..values.len())]
            ));
        }
    }
    changes
}

/// What no run may tell, whatever its scenario.
fn insanity(told: &Told) -> Option<String> {
    let share = |name: &str, value: f64| {
        (!(0.0..=1.0).contains(&value)).then(|| format!("{name} is {value}"))
    };
    let finite =
        |name: &str, value: f64| (!value.is_finite()).then(|| format!("{name} is {value}"));
    let positive = |name: &str, value: f64| {
        (!(value.is_finite() && value > 0.0)).then(|| format!("{name} is {value}"))
    };
    let of_epochs = told.epochs.iter().find_map(|row| {
        share("staked_ratio", row.staked_ratio)
            .or_else(|| share("goodput", row.goodput))
            .or_else(|| positive("token_price_usd", row.token_price_usd))
            .or_else(|| finite("factor_product", row.factor_product))
            .or_else(|| finite("fee_to_emission", row.fee_to_emission))
            .or_else(|| finite("wait_mean_h", row.wait_mean_h))
            .or_else(|| {
                (row.wait_mean_h > row.wait_max_h * (1.0 + 1e-9))
                    .then(|| "a mean wait above the largest".to_owned())
            })
            .or_else(|| {
                (row.minted_base_units > row.emission_ceiling_base_units)
                    .then(|| "minted above the ceiling".to_owned())
            })
            .or_else(|| {
                (row.circulating_base_units > row.supply_base_units)
                    .then(|| "more circulates than there is".to_owned())
            })
            .or_else(|| {
                (row.fees_provider_base_units > row.fees_base_units)
                    .then(|| "providers got more than was paid".to_owned())
            })
            .map(|fault| format!("epoch {}: {fault}", row.epoch))
    });
    let of_kinds = || {
        told.kinds.iter().find_map(|row| {
            share("utilisation", row.utilisation)
                .or_else(|| positive("price", row.price_usd_per_gpu_h))
        })
    };
    let of_providers = || {
        told.providers.iter().find_map(|row| {
            share("availability", row.availability)
                .or_else(|| share("utilisation", row.utilisation))
                .or_else(|| finite("net_usd", row.net_usd))
                .or_else(|| finite("return", row.return_per_year.unwrap_or(0.0)))
                .map(|fault| format!("provider {}: {fault}", row.provider))
        })
    };
    let of_jobs = || {
        told.jobs.iter().find_map(|row| {
            let in_order = row.submitted_s <= row.started_s && row.started_s <= row.finished_s;
            let order = || (!in_order).then(|| "times out of order".to_owned());
            share("delivered", row.delivered)
                .or_else(order)
                .or_else(|| finite("slowdown", row.bounded_slowdown))
                .map(|fault| format!("job {}: {fault}", row.job))
        })
    };
    of_epochs
        .or_else(of_kinds)
        .or_else(of_providers)
        .or_else(of_jobs)
}

#[test]
fn random_legal_scenarios_run_audited_and_tell_sane_rows() {
    let mut faults = Vec::new();
    for seed in 0..SEEDS {
        let changes = changes(seed);
        let ran = catch_unwind(|| {
            let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
            let mut scenario = minimal(&[&changes]);
            scenario.seed = seed;
            insanity(
                &told(
                    &scenario,
                    Told {
                        with_jobs: true,
                        ..Told::default()
                    },
                )
                .1,
            )
        });
        match ran {
            Ok(None) => {}
            Ok(Some(fault)) => faults.push(format!("seed {seed}: {fault}; {changes:?}")),
            Err(_) => faults.push(format!("seed {seed}: panicked; {changes:?}")),
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {SEEDS}:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn a_planted_insanity_is_caught() {
    let mut scenario = minimal(&[]);
    scenario.seed = 1;
    let (_, sane) = told(
        &scenario,
        Told {
            with_jobs: true,
            ..Told::default()
        },
    );
    assert_eq!(insanity(&sane), None);
    let plants: [fn(&mut Told); 6] = [
        |told| told.epochs[3].staked_ratio = 1.2,
        |told| told.epochs[3].fee_to_emission = f64::NAN,
        |told| told.epochs[3].minted_base_units = told.epochs[3].emission_ceiling_base_units + 1,
        |told| told.kinds[3].utilisation = -0.1,
        |told| told.providers[3].net_usd = f64::INFINITY,
        |told| told.jobs[3].started_s = told.jobs[3].finished_s + 1,
    ];
    for (number, plant) in plants.into_iter().enumerate() {
        let mut told = sane.clone();
        plant(&mut told);
        assert!(insanity(&told).is_some(), "plant {number} went unnoticed");
    }
}
