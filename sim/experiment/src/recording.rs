//! A scenario to a result: runs it, times it, takes its metrics, and writes its manifest.

use std::collections::BTreeMap;
use std::io;
use std::time::Instant;

use world::Ending;

use crate::data::hexadecimal;
use crate::machine::peak_memory;
use crate::metrics::{Subject, measure};
use crate::recorder::{Progress, Recorder, Stream};
use crate::results::{Manifest, RESULT_SCHEMA, RunResult};
use crate::run::{Audit, Stopped, run};
use crate::scenario::Scenario;

/// Why a run has no result.
#[derive(Debug)]
pub enum Failure {
    /// It was asked to stop.
    Interrupted,
    /// Somebody wanted to buy more coins than the market holds: the scenario's prices and stakes do not fit its supply.
    MarketDry {
        /// Epoch that had just closed.
        epoch: u32,
    },
    /// An invariant of the protocol did not hold: a bug.
    Broken {
        /// Epoch that had just closed.
        epoch: u32,
        /// The invariant.
        fault: protocol::AuditFault,
    },
    /// A table could not be written.
    Output(io::Error),
}

/// What a user is told when the market runs dry in an epoch.
#[must_use]
pub fn market_dry(epoch: u32) -> String {
    format!(
        "in epoch {epoch} somebody wanted to buy more coins than the market holds\nhint: raise market.genesis.circulating or \
         market.price, or lower what is staked (delegation.staked_ratio, protocol.bond.cover_min)"
    )
}

/// Runs a scenario and keeps what it tells. Large tables go to `stream` meanwhile, from a thread of its own.
///
/// # Errors
/// See [`Failure`].
pub fn record<'a>(
    scenario: &Scenario,
    audit: Audit,
    stream: Option<&'a mut (dyn Stream + 'a)>,
    progress: Progress<'a>,
) -> Result<RunResult, Failure> {
    std::thread::scope(|scope| {
        let recorder = Recorder::new(scope, stream, progress);
        record_to(scenario, audit, recorder)
    })
}

fn record_to(
    scenario: &Scenario,
    audit: Audit,
    mut recorder: Recorder<'_, '_>,
) -> Result<RunResult, Failure> {
    let start = Instant::now();
    let ending = run(&scenario.inputs, scenario.seed, audit, &mut recorder);
    let wall_seconds = start.elapsed().as_secs_f64();
    recorder.finish().map_err(Failure::Output)?;
    let ending = ending.map_err(|stopped| match stopped {
        Stopped::Interrupted => Failure::Interrupted,
        Stopped::MarketDry { epoch } => Failure::MarketDry { epoch },
        Stopped::Broken { epoch, fault } => Failure::Broken { epoch, fault },
    })?;
    let mut result = RunResult {
        manifest: manifest(scenario, &ending, wall_seconds),
        epochs: recorder.epochs,
        kinds: recorder.kinds,
        providers: recorder.providers,
        violations: recorder.violations,
        standings: recorder.standings,
        contributions: recorder.contributions,
        proposals: recorder.proposals,
        roles: recorder.roles,
        verdicts: recorder.verdicts,
        flows: recorder.flows,
        balances: recorder.balances,
        metrics: Vec::new(),
    };
    result.metrics = measure(&Subject {
        run: &result,
        config: &scenario.inputs.config,
    });
    let value = |value: f64| Some(value).filter(|value| value.is_finite());
    let metrics = result.metrics.iter();
    result.manifest.metrics = metrics
        .map(|of| (of.name.to_owned(), value(of.value)))
        .collect();
    Ok(result)
}

fn manifest(scenario: &Scenario, ending: &Ending, wall_seconds: f64) -> Manifest {
    let by_class: BTreeMap<_, _> = ending
        .events_by_class
        .iter()
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect();
    Manifest {
        name: scenario.name.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: RESULT_SCHEMA,
        seed: scenario.seed,
        scenario_digest: scenario.digest.clone(),
        data: scenario.data.clone(),
        changed: scenario.changed.clone(),
        digest: hexadecimal(ending.digest),
        state_digest: hexadecimal(ending.state_digest),
        events: ending.events,
        events_by_class: by_class,
        epochs: ending.epochs,
        horizon: scenario.inputs.config.horizon.to_string(),
        wall_seconds,
        events_per_second: ending.events as f64 / wall_seconds,
        peak_memory_bytes: peak_memory(),
        metrics: BTreeMap::new(),
        interrupted: false,
        scenario: scenario.to_toml(),
    }
}
