//! Which metrics a review shows, and the form that their numbers are printed in.

use experiment::gates::Ruling;
use experiment::metrics::Metric;
use experiment::sweep::Outcome;

use crate::kit::{Scale, number};
use crate::table::Cell;

/// Most metrics that are shown when no gate names any.
const SHOWN_MAX: usize = 6;

/// What is printed where a metric has no value.
pub const NO_VALUE: &str = "no value";

/// A metric with the form that its numbers are printed in.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The metric.
    pub metric: Metric,
    /// Form of its numbers.
    pub scale: Scale,
}

impl Shown {
    /// A value as printed.
    pub fn number(&self, value: f64) -> String {
        match self.scale {
            _ if !value.is_finite() => NO_VALUE.to_owned(),
            // Three digits: a share far below one per cent is not zero.
            Scale::Percent => format!("{} %", number::short(value * 100.0)),
            Scale::Plain => number::short(value),
        }
    }

    /// Name and unit.
    pub fn heading(&self) -> String {
        match (self.metric.unit, self.scale) {
            ("1/y", _) => format!("{}, a year", self.metric.name),
            ("", _) => self.metric.name.to_owned(),
            (unit, _) => format!("{}, {unit}", self.metric.name),
        }
    }

    /// A stem of file names.
    pub fn stem(&self) -> String {
        self.metric.name.replace('.', "-")
    }

    /// A value in a table.
    pub fn cell(&self, value: f64) -> Cell {
        Cell::spelled(value, self.number(value))
    }
}

/// The metrics with a gate; without any, the first ones.
pub fn shown(outcome: &Outcome, rulings: &[Ruling]) -> Vec<Shown> {
    let gates = || {
        rulings
            .iter()
            .map(|ruling| &ruling.gate)
            .chain(&outcome.plan.gates)
    };
    let is_gated = |metric: &&Metric| gates().any(|gate| gate.metric == metric.name);
    let mut metrics: Vec<&Metric> = outcome.metrics.iter().filter(is_gated).collect();
    if metrics.is_empty() {
        metrics = outcome.metrics.iter().take(SHOWN_MAX).collect();
    }
    let form = |metric: &Metric| {
        let is_percent = gates().any(|gate| gate.metric == metric.name && gate.is_percent);
        if is_percent || metric.unit == "1/y" {
            Scale::Percent
        } else {
            Scale::Plain
        }
    };
    metrics
        .into_iter()
        .map(|metric| Shown {
            metric: *metric,
            scale: form(metric),
        })
        .collect()
}
