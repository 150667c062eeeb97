//! Single values at the ends of their legal ranges: a scenario that passes its check must run through, or be refused by the
//! check or by the run with a reason. It must never panic.

use std::path::Path;

use stakesim_experiment::run::{Audit, Stopped, run};
use stakesim_experiment::scenario::{Overrides, Scenario, Start};
use world::observe::Nobody;

/// Runs the minimal scenario with changes for some epochs, unless the check refuses it.
fn runs_or_is_refused(changes: &[&str]) {
    let mut set = vec!["horizon=16 d".to_owned()];
    set.extend(changes.iter().map(|&text| text.to_owned()));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/minimal.toml");
    if let Ok(scenario) = Scenario::load(Start::File(&file), &Overrides { set, seed: None }) {
        match run(&scenario.inputs, scenario.seed, Audit::Epoch, &mut Nobody) {
            Ok(_) | Err(Stopped::MarketDry { .. }) => {}
            Err(stopped) => panic!("{stopped:?}"),
        }
    }
}

#[test]
fn nobody_has_to_bond() {
    runs_or_is_refused(&["protocol.bond.cover_min=0"]);
}

#[test]
fn health_checks_are_closer_than_the_price_controller() {
    runs_or_is_refused(&["failures.health_check=10 min"]);
}

#[test]
fn a_verdict_takes_longer_than_unbonding() {
    runs_or_is_refused(&[
        "verification.verdict_delay=7 d",
        "protocol.bond.unbonding_epochs=1",
        "behaviour.lazy=50 %",
    ]);
}

#[test]
fn bonds_are_worth_more_than_circulates() {
    runs_or_is_refused(&["market.price=0.001 USD/token"]);
}

#[test]
fn delegators_want_all_that_circulates() {
    runs_or_is_refused(&["delegation.staked_ratio=100 %", "delegation.step=100 %"]);
}

#[test]
fn nodes_are_larger_than_eight_gpus() {
    runs_or_is_refused(&["fleet.node_gpus=16"]);
}

#[test]
fn a_provider_has_more_nodes_than_a_key_can_number() {
    runs_or_is_refused(&[
        "market.price=10 USD/token",
        "fleet.node_gpus=1",
        "fleet.datacentre.gpus_min=300",
        "fleet.datacentre.gpus_mean=300",
        "fleet.datacentre.gpus_max=300",
    ]);
}

#[test]
fn every_job_part_fails_again_at_once() {
    runs_or_is_refused(&[
        "jobs.fault_share=100 %",
        "jobs.restart=0 ns",
        "jobs.trace_checkpoint=1 min",
    ]);
}

#[test]
fn a_run_is_one_epoch_long() {
    runs_or_is_refused(&["horizon=1 d"]);
}
