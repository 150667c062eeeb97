//! The metric registry: what a run is judged by, each with its unit, its better direction and its aggregation.
//!
//! Sums are sequential and our own, so that a value is the same bytes everywhere. A metric that a run has nothing to measure
//! on is NaN.

mod concentration;
mod control;
mod corruption;
mod jobs;
mod providers;
mod returns;
mod rewards;
mod roles;
mod security;
mod society;
mod stake;
mod statistics;
mod token;

use world::config::Config;

use crate::results::{Better, MetricValue, RunResult};

/// What a metric is measured on.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The run's rows.
    pub run: &'a RunResult,
    /// Its scenario.
    pub config: &'a Config,
}

/// A metric.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Name.
    pub name: &'static str,
    /// Unit; empty for a plain ratio or count.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// One line of meaning, with its aggregation over time and entities.
    pub doc: &'static str,
    /// Takes the measure.
    pub measure: fn(&Subject<'_>) -> f64,
}

/// All metrics, in the order of reports.
#[must_use]
pub fn all() -> Vec<Metric> {
    let tables: [&[Metric]; 12] = [
        providers::METRICS,
        returns::METRICS,
        token::METRICS,
        jobs::METRICS,
        control::METRICS,
        security::METRICS,
        corruption::METRICS,
        stake::METRICS,
        rewards::METRICS,
        concentration::METRICS,
        society::METRICS,
        roles::METRICS,
    ];
    tables.concat()
}

/// Takes every measure of a run.
#[must_use]
pub fn measure(subject: &Subject<'_>) -> Vec<MetricValue> {
    let value = |metric: &Metric| MetricValue {
        name: metric.name,
        unit: metric.unit,
        better: metric.better,
        value: (metric.measure)(subject),
        doc: metric.doc,
    };
    all().iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::recording::record;
    use crate::run::Audit;
    use crate::scenario::{Overrides, Scenario, Start};

    #[test]
    fn every_metric_has_a_value_where_everything_happens_and_shares_are_shares() {
        let set = [
            "behaviour.lazy=20 %",
            "behaviour.self_dealing=20 %",
            "commitment.monthly=40 %",
            "jobs.fault_share=5 %",
            "jobs.loss_claimed=100 %",
            "contributors.count=4000",
            "protocol.contribution.cliff_epochs=5",
            "governance.voters=4000",
            "governance.proposal_epochs=3",
            "governance.turnout=90 %",
            "roles.verifier.count=4000",
            "roles.verifier.lazy=50 %",
            "roles.operator.count=2000",
            "roles.storage.count=2000",
        ];
        let overrides = Overrides {
            set: set.map(str::to_owned).to_vec(),
            seed: None,
        };
        let minimal = Scenario::load(Start::File(Path::new("minimal")), &overrides).unwrap();
        let mut go_on = |_, _| std::ops::ControlFlow::Continue(());
        let run = record(&minimal, Audit::End, None, &mut go_on).unwrap();
        // A treasury that grows lasts for ever: that one has a test of its own.
        let measured = run.metrics.iter().filter(|of| of.name != "treasury.runway");
        for of in measured {
            assert!(of.value.is_finite(), "{} is {}", of.name, of.value);
            // Net amounts may be below zero.
            let is_share = of.name.ends_with("_share") && !of.name.contains(".net_")
                || of.name.starts_with("gini.");
            let is_within = (0.0..=1.0).contains(&of.value);
            assert!(!is_share || is_within, "{} is {}", of.name, of.value);
        }
    }

    #[test]
    fn a_treasury_that_gives_everything_away_has_a_runway_and_a_growing_one_has_none() {
        let runway = |grant: &str| {
            let set = [
                "horizon=30 d",
                "governance.voters=4000",
                "governance.proposal_epochs=3",
                grant,
            ];
            let overrides = Overrides {
                set: set.map(str::to_owned).to_vec(),
                seed: None,
            };
            let minimal = Scenario::load(Start::File(Path::new("minimal")), &overrides).unwrap();
            let mut go_on = |_, _| std::ops::ControlFlow::Continue(());
            let run = record(&minimal, Audit::End, None, &mut go_on).unwrap();
            let of = run.metrics.iter().find(|of| of.name == "treasury.runway");
            of.unwrap().value
        };
        let spent = runway("governance.grant=50 %");
        assert!((0.0..=60.0).contains(&spent), "{spent}");
        assert!(runway("governance.grant=0 %").is_nan());
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names: Vec<_> = all().iter().map(|metric| metric.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
