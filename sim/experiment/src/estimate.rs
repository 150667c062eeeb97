//! What a run will need, from its scenario alone: events, rows and memory. An impossible one is refused before it starts.

use serde::Serialize;
use units::{Bytes, Ratio, Span};
use world::config::{Class, Config, Inputs};

/// Expected size of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Estimate {
    /// Events of the engine.
    pub events: u64,
    /// Rows of the jobs table.
    pub job_rows: u64,
    /// Rows of the tables that are kept in memory until the end.
    pub kept_rows: u64,
    /// Highest memory.
    pub memory_bytes: u64,
}

/// Memory of the program, its data files and the batches on their way to disk.
const MEMORY_BASE: u64 = 96 << 20;
/// Memory of one provider with its nodes, its account and its queues.
const MEMORY_PROVIDER: u64 = 6 << 10;
/// Memory of one GPU: its share of jobs and gangs under way.
const MEMORY_GPU: u64 = 1 << 10;
/// Memory of one kept row, with its second copy while it is written; most are checks, the smallest rows.
const MEMORY_ROW: u64 = 128;

/// Estimates a run.
#[must_use]
pub fn estimate(inputs: &Inputs) -> Estimate {
    let config = &inputs.config;
    let scale =
        f64::from(config.fleet.providers) / f64::from(config.fleet.providers_reference.max(1));
    let days = days(config.horizon);
    let loops = days / self::days(config.jobs.trace_loop);
    let jobs = inputs.trace.len() as f64 * loops * ratio(config.jobs.trace_scale) * scale;
    let fleet = Fleet::of(config);
    let epochs = days / self::days(config.epoch);
    let checks = fleet.providers * epochs * ratio(config.verification.challenge_rate);
    let spells = fleet.spells_per_day * days;
    let passes = days / self::days(config.health_check) + epochs;
    // A job arrives and ends, a spell begins and ends, a check is decided.
    let events = 2.0 * jobs + 2.0 * spells + checks + 4.0 * passes;
    let kept = fleet.providers + epochs * (1.0 + config.gpus.len() as f64) + checks + spells / 8.0;
    let memory = MEMORY_BASE as f64
        + fleet.providers * MEMORY_PROVIDER as f64
        + fleet.gpus * MEMORY_GPU as f64
        + kept * MEMORY_ROW as f64;
    Estimate {
        events: events as u64,
        job_rows: jobs as u64,
        kept_rows: kept as u64,
        memory_bytes: memory as u64,
    }
}

impl Estimate {
    /// Whether it fits, and the words to say when it does not.
    pub fn check(&self, limit: Bytes) -> Result<(), String> {
        if self.memory_bytes <= limit.bytes() {
            return Ok(());
        }
        let mib = |bytes: u64| bytes >> 20;
        Err(format!(
            "the scenario needs about {} MiB of memory and {} MiB are there ({} events, {} job rows, {} rows kept)",
            mib(self.memory_bytes),
            mib(limit.bytes()),
            self.events,
            self.job_rows,
            self.kept_rows,
        ))
    }
}

/// The size of the fleet.
struct Fleet {
    providers: f64,
    gpus: f64,
    /// Up spells of all nodes that end in a day.
    spells_per_day: f64,
}

impl Fleet {
    fn of(config: &Config) -> Self {
        let mut fleet = Self {
            providers: 0.0,
            gpus: 0.0,
            spells_per_day: 0.0,
        };
        let months = days(config.horizon) / 30.0;
        let entrants_max = f64::from(config.entry_exit.candidates_per_month) * months;
        let scale = 1.0 + entrants_max / f64::from(config.fleet.providers_reference.max(1));
        for class in Class::ALL {
            let class = &config.fleet.classes[class as usize];
            let providers = f64::from(config.fleet.providers) * ratio(class.share) * scale;
            let gpus = ratio(class.gpus_mean);
            let nodes = (gpus / f64::from(config.fleet.node_gpus.max(1))).ceil();
            fleet.providers += providers;
            fleet.gpus += providers * gpus;
            fleet.spells_per_day +=
                providers * nodes / (days(class.up.mean) + days(class.down.mean));
        }
        fleet
    }
}

fn ratio(ratio: Ratio) -> f64 {
    ratio.parts() as f64 / Ratio::ONE.parts() as f64
}

fn days(span: Span) -> f64 {
    span.ns() as f64 / 86_400e9
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scenario::{Overrides, Scenario, Start};

    fn of(set: &[&str]) -> Estimate {
        let overrides = Overrides {
            set: set.iter().map(|text| (*text).to_owned()).collect(),
            seed: None,
        };
        estimate(
            &Scenario::load(Start::File(Path::new("baseline")), &overrides)
                .unwrap()
                .inputs,
        )
    }

    #[test]
    fn the_baseline_has_its_three_million_jobs_and_fits_a_gibibyte() {
        let baseline = of(&[]);
        assert!(
            (3_200_000..3_600_000).contains(&baseline.job_rows),
            "{baseline:?}"
        );
        assert!(baseline.check(Bytes::new(1 << 30)).is_ok(), "{baseline:?}");
    }

    #[test]
    fn a_fleet_twice_as_large_needs_twice_the_events() {
        let (one, two) = (of(&[]), of(&["fleet.providers=10000"]));
        let ratio = two.events as f64 / one.events as f64;
        assert!((1.9..2.1).contains(&ratio), "{ratio}");
    }

    #[test]
    fn a_fleet_of_a_million_does_not_fit_a_gibibyte() {
        let huge = of(&["fleet.providers=1000000", "protocol.supply.decimals=6"]);
        let refusal = huge.check(Bytes::new(1 << 30)).unwrap_err();
        assert!(refusal.contains("1024 MiB are there"), "{refusal}");
    }
}
