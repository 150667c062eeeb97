//! Sampled checks: when lazy providers are found out, and how rarely honest ones are accused.

use stakesim_experiment::scenario::Scenario;
use world::rows::VerdictRow;

use crate::stage::{IDLE, QUIET, Told, UNFAILING, minimal, told};

const FLEET: &[&str] = &[
    "fleet.providers=800",
    "horizon=90 d",
    "behaviour.lazy=1/2",
    "verification.false_accept=10 %",
];

/// A network in which only checks happen.
fn checked(rate: &str, changes: &[&str]) -> Scenario {
    minimal(&[
        QUIET,
        IDLE,
        UNFAILING,
        FLEET,
        &[&format!("verification.challenge_rate={rate}")],
        changes,
    ])
}

/// Probability that a lazy provider fails a first check in one epoch, from the inputs.
fn chance(scenario: &Scenario) -> f64 {
    let of = &scenario.inputs.config.verification;
    let part = |ratio: units::Ratio| ratio.parts() as f64 / 1e12;
    part(of.challenge_rate) * (1.0 - part(of.false_accept))
}

/// How many epochs each lazy provider went through until its first failed check; nothing for those never found.
fn detection(told: &Told) -> Vec<Option<u32>> {
    let lazy = told.providers.iter().filter(|row| row.behaviour == "lazy");
    lazy.map(|row| {
        let failed = told
            .verdicts
            .iter()
            .filter(|verdict| verdict.provider == row.provider && verdict.first_failed);
        failed.map(|verdict| verdict.epoch + 1).min()
    })
    .collect()
}

/// Largest distance between the share found within n epochs and 1 - (1 - p)^n.
fn distance(found: &[Option<u32>], p: f64, epochs: u32) -> f64 {
    let share = |n: u32| {
        found
            .iter()
            .filter(|at| at.is_some_and(|at| at <= n))
            .count() as f64
            / found.len() as f64
    };
    (1..=epochs)
        .map(|n| (share(n) - (1.0 - libm::pow(1.0 - p, f64::from(n)))).abs())
        .fold(0.0, f64::max)
}

/// Half-width of the 95 % band around a distribution function from n samples (Dvoretzky-Kiefer-Wolfowitz, Massart's constant).
fn band(n: usize) -> f64 {
    (libm::log(2.0 / 0.05) / (2.0 * n as f64)).sqrt()
}

#[test]
fn lazy_providers_are_found_as_fast_as_the_inputs_say_and_twice_the_checks_find_them_sooner() {
    let scenarios = [checked("4 %", &[]), checked("8 %", &[])];
    let found = scenarios
        .each_ref()
        .map(|scenario| detection(&told(scenario, Told::default()).1));
    let [slow, fast] = &found;
    assert!(slow.len() > 350 && slow.len() == fast.len());
    let band = band(slow.len());
    let [p_slow, p_fast] = scenarios.each_ref().map(chance);
    assert!((p_fast / p_slow - 2.0).abs() < 1e-9);
    for (found, p, other) in [(slow, p_slow, p_fast), (fast, p_fast, p_slow)] {
        let off = distance(found, p, 90);
        assert!(off < band, "p = {p}: {off} off, band {band}");
        let off = distance(found, other, 90);
        assert!(
            off > 2.0 * band,
            "a run with p = {p} could pass for one with {other}"
        );
    }
    // Common random numbers: more checks find nobody later.
    for (slow, fast) in slow.iter().zip(fast) {
        assert!(
            slow.is_none_or(|slow| fast.is_some_and(|fast| fast <= slow)),
            "{slow:?} became {fast:?}"
        );
    }
}

fn honest(told: &Told) -> Vec<&VerdictRow> {
    told.verdicts
        .iter()
        .filter(|row| row.behaviour == "honest")
        .collect()
}

#[test]
fn honest_providers_fail_a_first_check_as_often_as_the_inputs_say_and_both_by_its_square() {
    let scenario = checked("20 %", &["verification.false_reject=10 %"]);
    let (_, told) = told(&scenario, Told::default());
    // Without those whose verdict the run did not live to see.
    let verdicts: Vec<_> = honest(&told)
        .into_iter()
        .filter(|row| row.epoch < 85)
        .collect();
    let n = verdicts.len() as f64;
    assert!(n > 3000.0, "{n} checks");
    let near = |what: &str, count: usize, p: f64| {
        let error = (p * (1.0 - p) / n).sqrt();
        let share = count as f64 / n;
        assert!(
            (share - p).abs() < 3.0 * error,
            "{what}: {share} against {p}, standard error {error}"
        );
    };
    near(
        "first check",
        verdicts.iter().filter(|row| row.first_failed).count(),
        0.1,
    );
    near(
        "both checks",
        verdicts.iter().filter(|row| row.confirmed).count(),
        0.01,
    );
}

#[test]
fn at_the_defaults_no_honest_provider_is_accused_and_nearly_all_lazy_ones_are() {
    let scenario = minimal(&[
        IDLE,
        &["fleet.providers=600", "behaviour.lazy=5 %", "horizon=60 d"],
    ]);
    let (_, told) = told(&scenario, Told::default());
    assert!(honest(&told).len() > 3000);
    assert!(honest(&told).iter().all(|row| !row.confirmed));
    let found = detection(&told);
    let share = found.iter().flatten().count() as f64 / found.len() as f64;
    assert!(
        found.len() > 15 && share > 0.8,
        "{share} of {} lazy providers",
        found.len()
    );
    let accused = told
        .violations
        .iter()
        .filter(|row| row.violation == "malicious_result" && row.behaviour == "honest");
    assert_eq!(accused.count(), 0);
}
