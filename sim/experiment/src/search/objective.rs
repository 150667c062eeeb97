//! An objective: a statistic of a metric over replications, and which way is better.

use serde::Serialize;

use crate::gates::{STATS, significant};
use crate::metrics;
use crate::results::Better;
use crate::scenario::Fault;
use crate::statistics::{Interval, Stat};
use crate::sweep::{Reader, Section};

/// Keys of a table of `[[objectives]]`.
const KEYS: [&str; 3] = ["metric", "stat", "goal"];
/// Most objectives: of more, nearly every candidate is on the front.
const OBJECTIVES_MAX: usize = 3;

/// Which way an objective is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Goal {
    /// Less is better.
    Min,
    /// More is better.
    Max,
}

/// What is to be best.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Metric of the registry.
    pub metric: &'static str,
    /// Its unit; empty for a plain ratio or count.
    pub unit: &'static str,
    /// Statistic over replications.
    pub stat: Stat,
    /// Which way is better.
    pub goal: Goal,
}

/// What replications say of an objective.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The statistic of the sample, in the metric's unit or a probability.
    pub value: f64,
    /// Its interval at the search's confidence, where there is one.
    pub interval: Option<Interval>,
}

impl Objective {
    /// In words, such as "max mean of jobs.goodput".
    #[must_use]
    pub fn title(&self) -> String {
        let goal = match self.goal {
            Goal::Min => "min",
            Goal::Max => "max",
        };
        format!("{goal} {}", self.subject())
    }

    /// Statistic and metric.
    #[must_use]
    pub fn subject(&self) -> String {
        format!("{} of {}", self.stat.name(), self.metric)
    }

    /// What a metric's values, one a run, say. Nothing where a run has none.
    #[must_use]
    pub fn estimate(&self, values: &[f64], confidence: f64) -> Option<Estimate> {
        if values.is_empty() || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        // The bound of this evidence is of no interest: only the estimate and its interval are read.
        let evidence = self.stat.evidence(values, 0.0, confidence);
        Some(Estimate {
            value: evidence.estimate,
            interval: evidence.interval,
        })
    }

    /// The value turned so that less is better.
    #[must_use]
    pub const fn cost(&self, value: f64) -> f64 {
        match self.goal {
            Goal::Min => value,
            Goal::Max => -value,
        }
    }

    /// A value as people read it, with the unit.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        let is_probability = matches!(self.stat, Stat::ProbBelow(_) | Stat::ProbAbove(_));
        match self.unit {
            unit if is_probability || unit.is_empty() => significant(value),
            unit => format!("{} {unit}", significant(value)),
        }
    }
}

impl Reader<'_> {
    /// `[[objectives]]`; nothing where one is wrong.
    pub fn objectives(&mut self, top: &Section<'_>) -> Option<Vec<Objective>> {
        let sections = self.sections(top, "objectives");
        if sections.is_empty() || sections.len() > OBJECTIVES_MAX {
            let message = match sections.len() {
                0 => "expected at least one".to_owned(),
                count => format!("{count} objectives"),
            };
            let fault = self.fault(top, "objectives", message);
            let fault = fault.legal(Some(format!("1 to {OBJECTIVES_MAX}")));
            self.faults
                .push(fault.hint("begin each with a line [[objectives]]; a limit is a gate"));
            return None;
        }
        let all: Vec<_> = sections
            .iter()
            .map(|section| self.objective(section))
            .collect();
        for (at, one) in all.iter().enumerate() {
            let is_twin = |other: &Objective| {
                one.as_ref()
                    .is_some_and(|one| (one.metric, one.stat) == (other.metric, other.stat))
            };
            if all[..at].iter().flatten().any(is_twin) {
                let line = sections[at].line;
                let fault = Fault::new(self.file, line, "an objective already");
                self.faults.push(fault.at("objectives.metric"));
            }
        }
        all.into_iter().collect()
    }

    fn objective(&mut self, section: &Section<'_>) -> Option<Objective> {
        self.refuse_unknown(section, &KEYS);
        if !section.table.contains_key("metric") {
            let hint = "write metric = \"providers.return_median\"";
            self.missing(section, "metric", hint);
        }
        let line = self.line_of(section, "metric");
        let metric = self.string(section, "metric").and_then(|name| {
            self.is_metric(&name, line, "objectives.metric");
            metrics::all().into_iter().find(|of| of.name == name)
        });
        let stat = self.stat(section);
        let goal = match section.table.contains_key("goal") {
            true => self.word(section, "goal", &[("min", Goal::Min), ("max", Goal::Max)]),
            false => metric.and_then(|metric| match metric.better {
                Better::Higher => Some(Goal::Max),
                Better::Lower => Some(Goal::Min),
                Better::Neither => {
                    let hint = "this metric is better neither way: write goal = \"min\" or \"max\"";
                    self.missing(section, "goal", hint);
                    None
                }
            }),
        };
        let metric = metric?;
        Some(Objective {
            metric: metric.name,
            unit: metric.unit,
            stat: stat?,
            goal: goal?,
        })
    }

    fn stat(&mut self, section: &Section<'_>) -> Option<Stat> {
        if !section.table.contains_key("stat") {
            return Some(Stat::Mean);
        }
        let stat = Stat::parse(&self.string(section, "stat")?);
        if stat.is_none() {
            let fault = self.fault(section, "stat", "unknown statistic");
            self.faults.push(fault.legal(Some(STATS.to_owned())));
        }
        stat
    }
}
