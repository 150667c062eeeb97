//! What honest providers lose to slashes while real failures go on.

use std::ops::ControlFlow;

use stakesim_experiment::recording::record;
use stakesim_experiment::run::Audit;

use crate::stage::scenario;

#[test]
fn honest_providers_lose_at_most_a_thousandth_of_what_is_bonded_in_a_year() {
    let scenario = scenario(
        "baseline.toml",
        &[&["fleet.providers=600", "horizon=180 d"]],
    );
    let result = record(&scenario, Audit::End, None, &mut |_, _| {
        ControlFlow::Continue(())
    })
    .expect("it runs through");
    let interrupted: u32 = result.epochs.iter().map(|row| row.jobs_interrupted).sum();
    assert!(
        interrupted > 1000,
        "failures were on: {interrupted} interruptions"
    );
    let share = result
        .metric("slashes.honest_share_of_bonds")
        .expect("something is bonded");
    assert!(share <= 0.001, "{share} of bonded value a year");
}
