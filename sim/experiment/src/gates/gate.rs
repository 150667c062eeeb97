//! One gate as it was asked for. Judging it is `rule.rs`.

use super::number::{percent, significant};
use crate::statistics::Stat;

/// How a statistic must lie to its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `>`
    Above,
}

impl Op {
    /// All, in the order of help texts.
    pub const ALL: [Self; 4] = [Self::AtMost, Self::AtLeast, Self::Below, Self::Above];

    /// As it is written in a file.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::Above => ">",
        }
    }

    /// Whether small values are the good ones.
    #[must_use]
    pub const fn wants_less(self) -> bool {
        matches!(self, Self::AtMost | Self::Below)
    }

    /// Whether a value lies to a bound as asked.
    #[must_use]
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::AtMost => value <= bound,
            Self::AtLeast => value >= bound,
            Self::Below => value < bound,
            Self::Above => value > bound,
        }
    }
}

/// A bound that hangs on another result: the metric may be worse than there by a margin at most (non-inferiority).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// Folder of the other result as it was written, relative to the file.
    pub baseline: String,
    /// Whether the margin is a share of the size of the baseline's mean instead of in the metric's unit.
    pub is_scaled: bool,
}

/// A gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Metric of the registry.
    pub metric: &'static str,
    /// Its unit; empty for a plain ratio or count.
    pub unit: &'static str,
    /// Statistic over replications; of a relative gate, over the differences to the baseline, seed by seed.
    pub stat: Stat,
    /// How it must lie to the bound. Of a relative gate it follows from the metric's better direction.
    pub op: Op,
    /// The bound: in the metric's unit, for `prob_*` a probability. Of a relative gate the margin with its sign: what
    /// the difference may be at worst.
    pub value: f64,
    /// Whether the bound was written in per cent; estimates are shown likewise.
    pub is_percent: bool,
    /// Why it is asked.
    pub why: String,
    /// The other result, of a relative gate.
    pub relative: Option<Relative>,
    /// Factors and their canonical values at which it is read; empty means everywhere.
    pub settings: Vec<(String, String)>,
    /// File that it was written in.
    pub file: String,
    /// Its line there, from 1.
    pub line: usize,
}

impl Gate {
    /// Whether it is read at a point with these settings.
    #[must_use]
    pub fn is_read_at(&self, point: &[(String, String)]) -> bool {
        self.settings.iter().all(|setting| point.contains(setting))
    }

    /// The bound that counts. `baseline` is the other result's runs, of a relative gate.
    #[must_use]
    pub fn bound(&self, baseline: &[f64]) -> f64 {
        match &self.relative {
            Some(relative) if relative.is_scaled => {
                self.value * crate::statistics::mean(baseline).abs()
            }
            _ => self.value,
        }
    }

    /// A number in the form of the bound: per cent, or four significant digits with the unit.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        let is_probability = matches!(self.stat, Stat::ProbBelow(_) | Stat::ProbAbove(_));
        let is_scaled = self.relative.as_ref().is_some_and(|it| it.is_scaled);
        if self.is_percent && !is_scaled {
            percent(value)
        } else if self.unit.is_empty() || is_probability {
            significant(value)
        } else {
            format!("{} {}", significant(value), self.unit)
        }
    }

    /// What is measured: statistic and metric.
    #[must_use]
    pub fn subject(&self) -> String {
        match &self.relative {
            None => format!("{} of {}", self.stat.name(), self.metric),
            Some(relative) => format!(
                "{} of {} less {}",
                self.stat.name(),
                self.metric,
                relative.baseline
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strict_sign_refuses_its_bound_and_the_other_takes_it() {
        let at_bound: Vec<bool> = Op::ALL.iter().map(|op| op.holds(1.0, 1.0)).collect();
        assert_eq!(at_bound, [true, true, false, false]);
        assert!(Op::Below.holds(0.9, 1.0) && !Op::Above.holds(0.9, 1.0));
    }

    #[test]
    fn a_value_that_is_no_number_holds_nowhere() {
        assert!(!Op::ALL.iter().any(|op| op.holds(f64::NAN, 1.0)));
    }
}
