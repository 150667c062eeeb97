//! What a run leaves behind: the manifest, the rows of its tables and its metrics.
//!
//! Jobs and postings are not here: they are millions of rows and stream to their files while the run goes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use world::rows::{
    BalanceRow, ContributionRow, EpochRow, FlowRow, KindRow, ProposalRow, ProviderRow, RoleRow,
    StandingRow, VerdictRow, ViolationRow,
};

/// Number of the result schema written by this version.
pub const RESULT_SCHEMA: u32 = 2;

/// Everything that a report reads.
#[derive(Clone, Debug, PartialEq)]
pub struct RunResult {
    /// What was run, and its digests.
    pub manifest: Manifest,
    /// One row an epoch.
    pub epochs: Vec<EpochRow>,
    /// One row an epoch and GPU kind.
    pub kinds: Vec<KindRow>,
    /// One row a provider.
    pub providers: Vec<ProviderRow>,
    /// One row a step on the ladder.
    pub violations: Vec<ViolationRow>,
    /// How many providers stand where, one row an epoch.
    pub standings: Vec<StandingRow>,
    /// One row an epoch and kind of contribution; empty without contributors and voters.
    pub contributions: Vec<ContributionRow>,
    /// One row a proposal.
    pub proposals: Vec<ProposalRow>,
    /// One row a provider that rents out no GPUs; empty without any.
    pub roles: Vec<RoleRow>,
    /// One row a check.
    pub verdicts: Vec<VerdictRow>,
    /// One row a reason why money moved.
    pub flows: Vec<FlowRow>,
    /// One row a kind of account.
    pub balances: Vec<BalanceRow>,
    /// Key indicators, in the order of the metric registry.
    pub metrics: Vec<MetricValue>,
}

impl RunResult {
    /// The value of a metric by name, where it is one of the registry's and has a value.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<f64> {
        self.metrics
            .iter()
            .find(|metric| metric.name == name)
            .map(|metric| metric.value)
            .filter(|value| value.is_finite())
    }
}

/// `run.json`: what is needed to repeat a run and to recognise its result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the scenario.
    pub name: String,
    /// Version of stakesim that ran it.
    pub version: String,
    /// Result schema ([`RESULT_SCHEMA`]).
    pub schema: u32,
    /// Seed.
    pub seed: u64,
    /// Digest of scenario and data, hexadecimal.
    pub scenario_digest: String,
    /// Data files by parameter path.
    pub data: BTreeMap<String, DataFile>,
    /// Parameters that differ from the built-in baseline.
    pub changed: Vec<Changed>,
    /// Rolling digest of all events, hexadecimal.
    pub digest: String,
    /// Digest of the final state, hexadecimal.
    pub state_digest: String,
    /// Events.
    pub events: u64,
    /// Events by class.
    pub events_by_class: BTreeMap<String, u64>,
    /// Epochs closed.
    pub epochs: u32,
    /// Simulated time.
    pub horizon: String,
    /// Wall time of the simulation alone.
    pub wall_seconds: f64,
    /// Events per second of that wall time.
    pub events_per_second: f64,
    /// Highest resident memory of the process so far, where the system tells.
    pub peak_memory_bytes: Option<u64>,
    /// Metrics by name; nothing where the run has nothing to measure one on.
    pub metrics: BTreeMap<String, Option<f64>>,
    /// Whether it was stopped before its horizon.
    pub interrupted: bool,
    /// The full effective scenario, as TOML.
    pub scenario: String,
}

/// A data file that a run read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    /// Name as in the effective scenario.
    pub file: String,
    /// Digest of its bytes, hexadecimal.
    pub digest: String,
    /// Rows read.
    pub rows: u64,
}

/// A parameter that differs from the built-in baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Path.
    pub path: String,
    /// Value in the baseline.
    pub baseline: String,
    /// Value in this scenario.
    pub value: String,
}

/// Which way a metric is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: it describes.
    Neither,
}

/// One metric of one run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetricValue {
    /// Name.
    pub name: &'static str,
    /// Unit; empty for a plain ratio or count.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// Value; NaN where the run has nothing to measure it on.
    pub value: f64,
    /// One line of meaning, with its aggregation over time and entities.
    pub doc: &'static str,
}
