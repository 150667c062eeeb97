//! The tables and the manifest of a sweep: `runs`, `points` and `sweep.json`. Every byte depends on the plan alone: no times.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use super::{Design, Until};
use crate::results::{Changed, DataFile};
use crate::scenario::Faults;
use crate::sensitivity;
use crate::tables::{Format, Values, Wide};

/// Name of the manifest; a folder that has it holds the result of a sweep.
pub const SWEEP: &str = "sweep.json";
/// Number of the schema of a sweep's result.
pub const SWEEP_SCHEMA: u32 = 1;

/// `sweep.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepManifest {
    /// Number of its schema ([`SWEEP_SCHEMA`]).
    pub schema: u32,
    /// Version of stakesim that ran it.
    pub version: String,
    /// Name.
    pub name: String,
    /// What tells its runs from those of any other sweep.
    pub identity: String,
    /// Base scenario as written.
    pub scenario: String,
    /// The full effective base scenario, as TOML.
    pub effective: String,
    /// Data files by parameter path.
    pub data: std::collections::BTreeMap<String, DataFile>,
    /// Parameters of the base scenario that differ from the built-in baseline.
    pub changed: Vec<Changed>,
    /// The sweep file.
    pub file: String,
    /// How the points were laid out.
    pub design: Design,
    /// Paths of the factors.
    pub factors: Vec<String>,
    /// Values of the factors at each point.
    pub points: Vec<Vec<String>>,
    /// Seeds, of which a point uses the first ones.
    pub seeds: Vec<u64>,
    /// Precision asked for.
    pub until: Option<Until>,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Metrics kept.
    pub metrics: Vec<String>,
    /// Number of runs.
    pub runs: usize,
    /// Their events.
    pub events: u64,
}

/// Writes the tables and the manifest into a folder.
///
/// # Errors
/// When a file cannot be written; the base scenario has been loaded before.
pub fn write(outcome: &Outcome, folder: &Path, format: Format) -> Result<io::Result<()>, Faults> {
    let manifest = manifest(outcome)?;
    let text = serde_json::to_string_pretty(&manifest).expect("plain keys") + "\n";
    let all = || -> io::Result<()> {
        runs(outcome).write(folder, "runs", format)?;
        points(outcome).write(folder, "points", format)?;
        sensitivity::write(outcome, folder)?;
        fs::write(folder.join(SWEEP), &text)
    };
    Ok(all())
}

fn manifest(outcome: &Outcome) -> Result<SweepManifest, Faults> {
    let plan = &outcome.plan;
    let base = plan.base_scenario()?;
    let settings = |point: &super::Point| {
        point
            .settings
            .iter()
            .map(|(_, value)| value.clone())
            .collect()
    };
    Ok(SweepManifest {
        schema: SWEEP_SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        name: plan.name.clone(),
        identity: outcome.identity.clone(),
        scenario: plan.scenario.clone(),
        effective: base.to_toml(),
        data: base.data,
        changed: base.changed,
        file: plan.text.clone(),
        design: plan.design,
        factors: plan.factors.clone(),
        points: plan.points.iter().map(settings).collect(),
        seeds: plan.seeds.clone(),
        until: plan.until.clone(),
        confidence: plan.confidence,
        metrics: outcome
            .metrics
            .iter()
            .map(|metric| metric.name.to_owned())
            .collect(),
        runs: outcome.runs.len(),
        events: outcome.runs.iter().map(|run| run.events).sum(),
    })
}

/// One row a run: its place, its settings, its digest and every kept metric.
fn runs(outcome: &Outcome) -> Wide {
    let runs = &outcome.runs;
    let numbers = |of: fn(&super::RunRecord) -> u64| Values::U64(runs.iter().map(of).collect());
    let mut columns = vec![
        ("point".to_owned(), numbers(|run| run.point.into())),
        (
            "replication".to_owned(),
            numbers(|run| run.replication.into()),
        ),
        ("seed".to_owned(), numbers(|run| run.seed)),
    ];
    columns.extend(factors(outcome, runs.iter().map(|run| run.point)));
    columns.push((
        "digest".to_owned(),
        Values::Text(runs.iter().map(|run| run.digest.clone()).collect()),
    ));
    columns.push(("events".to_owned(), numbers(|run| run.events)));
    for (at, metric) in outcome.metrics.iter().enumerate() {
        let values = runs.iter().map(|run| run.values[at]).collect();
        columns.push((metric.name.to_owned(), Values::F64(values)));
    }
    Wide { columns }
}

/// One row a point and metric: the metric over the point's replications.
fn points(outcome: &Outcome) -> Wide {
    let all: Vec<_> = outcome.summaries().map(|(_, summary)| summary).collect();
    let numbers = |of: &dyn Fn(&super::Summary) -> f64| Values::F64(all.iter().map(of).collect());
    let mut columns = vec![(
        "point".to_owned(),
        Values::U64(all.iter().map(|of| of.point.into()).collect()),
    )];
    columns.extend(factors(outcome, all.iter().map(|of| of.point)));
    let named = [
        ("mean", numbers(&|of| of.mean)),
        ("sd", numbers(&|of| of.sd)),
        (
            "interval_low",
            numbers(&|of| of.interval.map_or(f64::NAN, |of| of.low)),
        ),
        (
            "interval_high",
            numbers(&|of| of.interval.map_or(f64::NAN, |of| of.high)),
        ),
        ("min", numbers(&|of| of.min)),
        ("p05", numbers(&|of| of.p05)),
        ("p50", numbers(&|of| of.p50)),
        ("p95", numbers(&|of| of.p95)),
        ("max", numbers(&|of| of.max)),
    ];
    let names = all.iter().map(|of| of.metric.to_owned()).collect();
    columns.push(("metric".to_owned(), Values::Text(names)));
    columns.push((
        "n".to_owned(),
        Values::U64(all.iter().map(|of| of.n as u64).collect()),
    ));
    columns.extend(named.map(|(name, values)| (name.to_owned(), values)));
    Wide { columns }
}

/// A column for each factor, with its value at each of some points.
fn factors(outcome: &Outcome, points: impl Iterator<Item = u32> + Clone) -> Vec<(String, Values)> {
    let plan = &outcome.plan;
    let column = |(at, path): (usize, &String)| {
        let values = points
            .clone()
            .map(|point| plan.points[point as usize].settings[at].1.clone());
        (path.clone(), Values::Text(values.collect()))
    };
    plan.factors.iter().enumerate().map(column).collect()
}
