//! A sweep seen by its charts and tables: factors with their values, the metrics that are shown, and means over points.
//!
//! A mean over several points is taken seed by seed first. Points share their seeds, so their runs are no independent
//! replications of each other, while the averages of different seeds are.

use experiment::gates::{Ruling, Verdict};
use experiment::parameters::SEED;
use experiment::sensitivity::{self, Sensitivity};
use experiment::statistics::{Interval, mean, mean_interval};
use experiment::sweep::Outcome;

use super::factor::Factor;
use super::shown::{Shown, kept, shown};
use crate::kit::number;

/// How the points lie, as far as charts care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Every value of every factor with every other.
    Crossed,
    /// Spread over the factors' ranges.
    Sampled,
    /// Anything else: factors cannot be told apart.
    Loose,
}

/// A mean over replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Replications with a value.
    pub n: usize,
    /// Mean; NaN without any.
    pub mean: f64,
    /// Student's interval of the mean, at the confidence of the sweep.
    pub interval: Option<Interval>,
}

/// A sweep with its rulings.
pub struct Study<'a> {
    /// The sweep.
    pub outcome: &'a Outcome,
    /// What its gates say.
    pub rulings: &'a [Ruling],
    /// Its factors.
    pub factors: Vec<Factor>,
    /// How its points lie.
    pub layout: Layout,
    /// Metrics with charts and columns: those with a gate, otherwise the first ones.
    pub shown: Vec<Shown>,
    /// All metrics that were kept.
    pub kept: Vec<Shown>,
    /// What moves each kept metric, of a design laid out for it.
    pub sensitivity: Option<Vec<Sensitivity>>,
}

impl<'a> Study<'a> {
    /// Looks at a sweep.
    pub fn new(outcome: &'a Outcome, rulings: &'a [Ruling]) -> Self {
        let plan = &outcome.plan;
        let factors: Vec<Factor> = (0..plan.factors.len())
            .map(|index| Factor::new(plan, index))
            .collect();
        let combinations = factors.iter().fold(1_usize, |all, factor| {
            all.saturating_mul(factor.levels.len())
        });
        let is_named = plan.points.iter().any(|point| point.name().is_some());
        let layout = if plan.design.is_sampled() {
            Layout::Sampled
        } else if !is_named && combinations == plan.points.len() {
            Layout::Crossed
        } else {
            Layout::Loose
        };
        Self {
            outcome,
            rulings,
            factors,
            layout,
            shown: shown(outcome, rulings),
            kept: kept(outcome, rulings),
            sensitivity: sensitivity::of(outcome),
        }
    }

    /// What the small print of every picture says.
    pub fn caption(&self) -> String {
        format!(
            "{} · base {} · {} · stakesim {}",
            self.outcome.plan.name,
            self.outcome.plan.scenario,
            self.seeds(),
            version()
        )
    }

    /// Whether points have names.
    pub fn has_names(&self) -> bool {
        let mut points = self.outcome.plan.points.iter();
        points.any(|point| point.name().is_some())
    }

    /// Whether the seed is a factor, so that every point has seeds of its own.
    pub fn is_seed_varied(&self) -> bool {
        let mut paths = self.outcome.plan.factors.iter();
        paths.any(|path| path == SEED.path)
    }

    /// The seeds that were run, as "seeds 1 to 8".
    pub fn seeds(&self) -> String {
        if self.is_seed_varied() {
            return "seeds of each point's own".to_owned();
        }
        let seeds =
            &self.outcome.plan.seeds[..self.replications().1.min(self.outcome.plan.seeds.len())];
        let is_row = seeds
            .windows(2)
            .all(|pair| pair[0].checked_add(1) == Some(pair[1]));
        match seeds {
            [] => "no seed".to_owned(),
            [only] => format!("seed {only}"),
            [first, .., last] if is_row && seeds.len() > 2 => format!("seeds {first} to {last}"),
            [first, .., last] if seeds.len() > 8 => {
                format!("{} seeds, {first} to {last}", seeds.len())
            }
            all => {
                let texts: Vec<String> = all.iter().map(u64::to_string).collect();
                format!("seeds {}", texts.join(", "))
            }
        }
    }

    /// Fewest and most replications of a point.
    pub fn replications(&self) -> (usize, usize) {
        let counts = self.points().map(|point| self.outcome.runs_of(point).len());
        counts
            .fold(None, |ends, n| match ends {
                None => Some((n, n)),
                Some((least, most)) => Some((n.min(least), n.max(most))),
            })
            .unwrap_or((0, 0))
    }

    /// Indices of the points.
    pub fn points(&self) -> impl Iterator<Item = u32> + '_ {
        self.outcome.plan.points.iter().map(|point| point.index)
    }

    /// Points at which factors have these values, given as (factor, value).
    pub fn points_at(&self, settings: &[(usize, usize)]) -> Vec<u32> {
        let all = self.outcome.plan.points.iter().enumerate();
        let is_at = |place: usize| {
            settings
                .iter()
                .all(|&(factor, level)| self.factors[factor].at[place] == level)
        };
        all.filter(|(place, _)| is_at(*place))
            .map(|(_, point)| point.index)
            .collect()
    }

    /// Averages of a metric over points, one a seed that all of them have; NaN where one of them has no value.
    pub fn by_seed(&self, points: &[u32], shown: &Shown) -> Vec<f64> {
        let values: Vec<Vec<f64>> = points
            .iter()
            .map(|&point| self.outcome.values(point, shown.metric.name))
            .collect();
        let shared = values.iter().map(Vec::len).min().unwrap_or(0);
        let average = |seed: usize| {
            let of_seed: Vec<f64> = values.iter().map(|of| of[seed]).collect();
            mean(&of_seed)
        };
        (0..shared).map(average).collect()
    }

    /// Mean of a metric over points: of one point as its runs say, of several by averages seed by seed.
    pub fn estimate(&self, points: &[u32], shown: &Shown) -> Estimate {
        let mut averages = self.by_seed(points, shown);
        averages.retain(|value| value.is_finite());
        Estimate {
            n: averages.len(),
            mean: mean(&averages),
            interval: mean_interval(&averages, self.outcome.plan.confidence),
        }
    }

    /// The worst verdict of a metric's gates at a point.
    pub fn verdict_at(&self, point: u32, metric: Option<&str>) -> Option<Verdict> {
        let is_read = |ruling: &&Ruling| {
            ruling.point == Some(point as usize)
                && metric.is_none_or(|metric| ruling.gate.metric == metric)
        };
        self.rulings
            .iter()
            .filter(is_read)
            .map(|ruling| ruling.verdict)
            .max_by_key(|verdict| severity(*verdict))
    }

    /// What a point sets.
    pub fn point_name(&self, point: u32) -> String {
        let found = self.outcome.plan.points.get(point as usize);
        if let Some(of) = found.filter(|of| of.name().is_some()) {
            return of.label();
        }
        let settings = found.map_or(&[][..], |of| &of.settings);
        let texts: Vec<String> = settings
            .iter()
            .map(|(path, value)| format!("{path} = {value}"))
            .collect();
        if texts.is_empty() {
            "base scenario".to_owned()
        } else {
            texts.join(", ")
        }
    }

    /// Confidence in words, such as "95 %".
    pub fn confidence(&self) -> String {
        number::bound(self.outcome.plan.confidence)
    }
}

/// Order of verdicts from harmless to bad.
pub fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass => 0,
        Verdict::Undecided => 1,
        Verdict::Fail => 2,
    }
}

/// Version of stakesim, which is that of all its crates.
pub const fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
