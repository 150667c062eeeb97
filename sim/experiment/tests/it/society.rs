//! The scenarios of incidents, contributions, governance and guards: they load, and the mechanism that each asks about acts.

use std::collections::BTreeSet;

use protocol::ViolationKind;

use crate::stage::{Told, scenario, told};

fn run(name: &str, changes: &[&str]) -> Told {
    told(&scenario(name, &[changes]), Told::default()).1
}

#[test]
fn in_the_scenario_of_incidents_every_regime_acts_and_appeals_return_something() {
    let told = run(
        "incidents.toml",
        &["incidents.per_provider_year=3", "horizon=90 d"],
    );
    let kinds: BTreeSet<_> = told.violations.iter().map(|row| row.violation).collect();
    for kind in ViolationKind::ALL {
        // A fleet of honest machines may have none of the failed jobs that the ladder minds.
        let is_there = kinds.contains(kind.name()) || kind == ViolationKind::FailedJobs;
        assert!(is_there, "no {}", kind.name());
    }
    let rungs: BTreeSet<_> = told.violations.iter().map(|row| row.rung).collect();
    for rung in [
        "warning",
        "penalty",
        "malicious",
        "minor",
        "moderate",
        "major",
    ] {
        assert!(rungs.contains(rung), "no {rung}");
    }
    let returned: u64 = told.epochs.iter().map(|row| row.returned_base_units).sum();
    assert!(returned > 0);
    let came_back = told.standings.iter().any(|row| row.recovering > 0);
    let waited = told.standings.iter().any(|row| row.awaiting_review > 0);
    assert!(came_back && waited);
}

#[test]
fn every_provider_stands_somewhere_in_every_epoch() {
    let told = run("incidents.toml", &["horizon=30 d"]);
    for row in &told.standings {
        let all = row.registered + row.active + row.suspended + row.jailed;
        let gone = row.tombstoned + row.exited;
        assert!(all + gone >= 300, "{row:?}");
        assert!(row.recovering <= row.registered + row.active, "{row:?}");
        assert!(row.awaiting_review <= row.suspended + row.jailed, "{row:?}");
    }
}

#[test]
fn correlation_raises_what_a_common_flaw_costs() {
    let flaws = [
        "incidents.per_provider_year=0",
        "incidents.flaws_per_year=50",
        "horizon=20 d",
    ];
    let slashed = |gain: &str| -> u64 {
        let told = run("incidents.toml", &[&flaws[..], &[gain]].concat());
        told.epochs
            .iter()
            .map(|row| row.slashed_other_base_units)
            .sum()
    };
    let (alone, together) = (
        slashed("protocol.correlation.gain=0"),
        slashed("protocol.correlation.gain=10"),
    );
    assert!(alone > 0 && together > alone, "{alone} {together}");
}

#[test]
fn in_the_scenario_of_contributions_data_and_models_have_their_share_and_the_bad_lose() {
    let told = run("contributions.toml", &[]);
    let minted: u64 = told.epochs.iter().map(|row| row.minted_base_units).sum();
    for (kind, parts) in [("data", 3), ("model", 4)] {
        let rows = || told.contributions.iter().filter(|row| row.kind == kind);
        let earned: u64 = rows().map(|row| row.minted_base_units).sum();
        let share = earned as f64 / minted as f64;
        assert!(
            (share - f64::from(parts) / 100.0).abs() < 1e-6,
            "{kind} {share}"
        );
        let claimed: u64 = rows().map(|row| row.claimed_base_units).sum();
        assert!(claimed > 0 && claimed <= earned);
    }
    assert!(
        told.contributions
            .iter()
            .any(|row| row.forfeited_base_units > 0)
    );
}

#[test]
fn in_the_scenario_of_governance_votes_are_tallied_and_something_is_executed() {
    let told = run("governance.toml", &[]);
    let tallied = || {
        told.proposals
            .iter()
            .filter(|row| row.tallied_epoch.is_some())
    };
    assert!(tallied().count() > 10);
    for row in tallied() {
        assert!(
            row.ballots > 0 && row.deciders > 0 && row.deciders <= row.ballots,
            "{row:?}"
        );
        assert!(row.turnout > 0.0 && row.turnout <= 1.0, "{row:?}");
    }
    let executed = |action| {
        let mut rows = told.proposals.iter();
        rows.any(|row| row.action == action && row.status == "executed")
    };
    assert!(executed("set") && executed("grant"));
}

#[test]
fn under_the_quadratic_rule_more_voters_are_needed_to_decide() {
    let deciders = |rule: &str| -> u32 {
        let told = run("governance.toml", &[rule]);
        told.proposals.iter().map(|row| row.deciders).sum()
    };
    let linear = deciders("protocol.governance.weight=linear");
    let quadratic = deciders("protocol.governance.weight=quadratic");
    let capped = deciders("protocol.governance.weight=capped");
    assert!(
        quadratic > linear && capped > linear,
        "{linear} {capped} {quadratic}"
    );
}

#[test]
fn in_the_scenario_of_guards_every_guard_acts_and_a_halt_ends() {
    let told = run("guards.toml", &[]);
    let acted =
        |of: fn(&world::rows::EpochRow) -> bool| told.epochs.iter().filter(|row| of(row)).count();
    assert!(acted(|row| row.is_breaker_tripped) > 0);
    assert!(acted(|row| row.is_fee_cut) > 0);
    assert!(acted(|row| row.are_grants_paused) > 0);
    assert!(acted(|row| row.is_insurance_first) > 0);
    assert!(acted(|row| row.is_inflation_capped) > 0);
    let halted = acted(|row| row.is_trading_halted);
    assert!(halted > 0 && halted < 10, "{halted}");
    assert!(told.epochs.last().is_some_and(|row| row.jobs_started > 0));
}

#[test]
fn what_is_off_leaves_no_rows() {
    let told = run("minimal.toml", &[]);
    assert!(told.contributions.is_empty() && told.proposals.is_empty());
    assert!(
        told.epochs
            .iter()
            .all(|row| row.incidents == 0 && row.appeals == 0)
    );
}
