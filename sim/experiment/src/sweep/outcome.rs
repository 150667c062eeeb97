//! What a sweep found: its runs, and each metric over the replications of each point. It reads runs and changes none.

use serde::Serialize;

use super::journal::RunRecord;
use super::{Plan, Point};
use crate::metrics::{self, Metric};
use crate::statistics::{Interval, mean, mean_interval, quantile, variance};

/// A sweep with all its runs.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was asked for.
    pub plan: Plan,
    /// What tells its runs from those of any other sweep.
    pub identity: String,
    /// Metrics that were kept, in the order of the values of every run.
    pub metrics: Vec<Metric>,
    /// Runs, in order of point and replication.
    pub runs: Vec<RunRecord>,
}

/// A metric over the replications of a point. Runs that have nothing to measure are left out, and `n` says how many are in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Index of the point.
    pub point: u32,
    /// Name of the metric.
    pub metric: &'static str,
    /// Replications with a value.
    pub n: usize,
    /// Mean.
    pub mean: f64,
    /// Standard deviation; NaN under two values, as what follows from it.
    pub sd: f64,
    /// Confidence interval of the mean (Student t), at the sweep's confidence.
    pub interval: Option<Interval>,
    /// Least value.
    pub min: f64,
    /// Quantiles of the observed values: a description of the runs, not a confidence interval.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// See `p05`.
    pub p95: f64,
    /// Largest value.
    pub max: f64,
}

impl Outcome {
    /// Puts a plan and its runs together.
    #[must_use]
    pub fn new(plan: Plan, identity: String, runs: Vec<RunRecord>) -> Self {
        let names = plan.metric_names();
        let kept = metrics::all()
            .into_iter()
            .filter(|metric| names.contains(&metric.name));
        Self {
            metrics: kept.collect(),
            plan,
            identity,
            runs,
        }
    }

    /// Runs of a point, in order of replication.
    #[must_use]
    pub fn runs_of(&self, point: u32) -> &[RunRecord] {
        let from = self.runs.partition_point(|run| run.point < point);
        let to = self.runs.partition_point(|run| run.point <= point);
        &self.runs[from..to]
    }

    /// A metric's value in every replication of a point, NaN where a run has none. Empty for a metric that was not kept.
    #[must_use]
    pub fn values(&self, point: u32, metric: &str) -> Vec<f64> {
        let Some(at) = self.metrics.iter().position(|kept| kept.name == metric) else {
            return Vec::new();
        };
        self.runs_of(point)
            .iter()
            .map(|run| run.values[at])
            .collect()
    }

    /// A metric over the replications of a point.
    #[must_use]
    pub fn summary(&self, point: u32, metric: &Metric) -> Summary {
        let mut values = self.values(point, metric.name);
        values.retain(|value| value.is_finite());
        let n = values.len();
        let interval = mean_interval(&values, self.plan.confidence);
        let (mean, sd) = (mean(&values), variance(&values).sqrt());
        values.sort_by(f64::total_cmp);
        let at = |q: f64| {
            if n == 0 {
                f64::NAN
            } else {
                quantile(&values, q)
            }
        };
        Summary {
            point,
            metric: metric.name,
            n,
            mean,
            sd,
            interval,
            min: at(0.0),
            p05: at(0.05),
            p50: at(0.5),
            p95: at(0.95),
            max: at(1.0),
        }
    }

    /// Every metric over every point, points first.
    pub fn summaries(&self) -> impl Iterator<Item = (&Point, Summary)> {
        let points = self.plan.points.iter();
        points.flat_map(move |point| {
            self.metrics
                .iter()
                .map(move |metric| (point, self.summary(point.index, metric)))
        })
    }
}
