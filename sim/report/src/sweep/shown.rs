//! Which metrics a review shows, and the form that their numbers are printed in.

use experiment::gates::{Gate, Ruling};
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
    let is_gated =
        |shown: &&Shown| gates(outcome, rulings).any(|gate| gate.metric == shown.metric.name);
    let all = kept(outcome, rulings);
    let gated: Vec<Shown> = all.iter().filter(is_gated).copied().collect();
    match gated.is_empty() {
        true => all.into_iter().take(SHOWN_MAX).collect(),
        false => gated,
    }
}

/// All metrics that were kept.
pub fn kept(outcome: &Outcome, rulings: &[Ruling]) -> Vec<Shown> {
    let form = |metric: &Metric| {
        let mut gates = gates(outcome, rulings);
        let is_percent = gates.any(|gate| gate.metric == metric.name && gate.is_percent);
        if is_percent || metric.unit == "1/y" {
            Scale::Percent
        } else {
            Scale::Plain
        }
    };
    let shown = |metric: &Metric| Shown {
        metric: *metric,
        scale: form(metric),
    };
    outcome.metrics.iter().map(shown).collect()
}

fn gates<'a>(outcome: &'a Outcome, rulings: &'a [Ruling]) -> impl Iterator<Item = &'a Gate> {
    let read = rulings.iter().map(|ruling| &ruling.gate);
    read.chain(&outcome.plan.gates)
}
