//! The scenarios of verifiers, operators and providers of storage: they load, run audited, and what they ask about happens.

use world::rows::RoleRow;

use crate::stage::{Told, minimal, scenario, told};

fn run(name: &str, changes: &[&str]) -> Told {
    let observer = Told {
        with_postings: true,
        ..Told::default()
    };
    told(&scenario(name, &[&["horizon=60 d"], changes]), observer).1
}

fn moved(told: &Told, reason: &str) -> u64 {
    let rows = told.postings.iter().filter(|row| row.reason == reason);
    rows.map(|row| row.amount_base_units).sum()
}

fn sum(rows: &[RoleRow], behaviour: &str, value: fn(&RoleRow) -> f64) -> f64 {
    let rows = rows.iter().filter(|row| row.behaviour == behaviour);
    rows.map(value).sum()
}

#[test]
fn without_other_roles_nothing_is_told_of_them_and_nothing_moves_for_them() {
    let observer = Told {
        with_postings: true,
        ..Told::default()
    };
    let told = told(&minimal(&[]), observer).1;
    assert!(told.roles.is_empty());
    assert_eq!(moved(&told, "fee_verification"), 0);
    assert!(told.verdicts.iter().all(|row| row.verifier.is_none()));
}

#[test]
fn who_checks_finds_and_who_only_signs_is_found_out() {
    let told = run("verifiers.toml", &[]);
    assert_eq!(told.roles.len(), 24);
    let lazy = |value| sum(&told.roles, "lazy", value);
    let honest = |value| sum(&told.roles, "honest", value);
    assert!(lazy(|row| f64::from(row.false_verdicts)) > 0.0);
    assert!(lazy(|row| row.slashed_usd) > 0.0);
    assert_eq!(honest(|row| f64::from(row.false_verdicts)), 0.0);
    assert!(honest(|row| row.finds_usd) > 0.0);
    assert_eq!(lazy(|row| row.finds_usd), 0.0);
    for of in [&honest as &dyn Fn(fn(&RoleRow) -> f64) -> f64, &lazy] {
        assert!(of(|row| row.fees_usd) > 0.0);
    }
    let paid = moved(&told, "verification_fee");
    assert!(paid > 0 && paid <= moved(&told, "fee_verification"));
}

#[test]
fn every_verdict_is_some_verifier_s_and_one_who_is_down_owes_it() {
    let told = run("verifiers.toml", &["roles.verifier.down_mean=120 h"]);
    let verifiers: Vec<u32> = told.roles.iter().map(|row| row.provider).collect();
    assert!(!told.verdicts.is_empty());
    for row in &told.verdicts {
        assert!(row.verifier.is_some_and(|id| verifiers.contains(&id)));
    }
    let missed: u64 = told.roles.iter().map(|row| row.missed).sum();
    assert!(missed > 0);
    // More than a twentieth of the verdicts missing is a violation.
    let judged = told.violations.iter();
    let judged = judged.filter(|row| row.class == "verifier" && row.violation == "failed_jobs");
    assert!(judged.count() > 0);
}

#[test]
fn operators_and_storage_earn_what_went_to_the_treasury_and_operators_are_bound() {
    let told = run("roles.toml", &[]);
    let of = |role: &str| -> Vec<&RoleRow> {
        let rows = told.roles.iter();
        rows.filter(|row| row.role == role).collect()
    };
    assert_eq!((of("operator").len(), of("storage").len()), (12, 18));
    assert!(told.roles.iter().all(|row| row.rewards_usd > 0.0));
    assert!(of("operator").iter().all(|row| row.asked == 0));
    // An hour is asked at a time: 24 in a day, but for the hour of the last close.
    let asked = 60 * 24 - 1;
    assert!(of("storage").iter().all(|row| row.asked == asked));
    assert!(of("storage").iter().any(|row| row.missed > 0));
    assert!(told.epochs.iter().all(|row| row.committed_base_units > 0));
    let plain = run(
        "roles.toml",
        &["roles.operator.count=0", "roles.storage.count=0"],
    );
    let to_treasury = |told: &Told| moved(told, "emission_treasury");
    assert!(to_treasury(&told) < to_treasury(&plain));
}

#[test]
fn work_is_lost_with_its_checkpoints_where_too_few_keep_them() {
    let lost = |copies: &str| -> f64 {
        let down = ["roles.storage.up_mean=24 h", "roles.storage.down_mean=24 h"];
        let told = run("roles.toml", &[&down[..], &[copies]].concat());
        told.epochs.iter().map(|row| row.lost_gpu_h).sum()
    };
    let (one, many) = (
        lost("roles.storage.copies=1"),
        lost("roles.storage.copies=20"),
    );
    assert!(one > many, "{one} {many}");
}
