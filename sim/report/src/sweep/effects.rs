//! Effects: how far the mean of a metric moves when one factor goes from its low end to its high end, all others averaged.
//!
//! Points share their seeds, so ends are compared seed by seed: a difference is known better than the two means it is between.

use experiment::statistics::{Interval, PairedDifference, paired_difference};

use super::factor::Factor;
use super::shown::{NO_VALUE, Shown};
use super::study::{Layout, Study};
use crate::table::{Cell, Table};

/// Share of a sampled design's points that stands for an end of a factor.
const END_SHARE: usize = 4;

/// What a factor does to a metric, over the seeds that have a value at every point that counts here.
pub struct Effect<'a> {
    /// The factor.
    pub factor: &'a Factor,
    /// What its two ends are called.
    pub names: [String; 2],
    /// Low and high end.
    pub ends: [End; 2],
    /// The high end less the low one; nothing without a seed.
    pub difference: Option<PairedDifference>,
}

/// An end of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Mean of the metric; NaN without a seed.
    pub mean: f64,
    /// Where it lies, by the interval of its paired difference to the mean of all points, added to that mean.
    pub interval: Option<Interval>,
}

impl Effect<'_> {
    /// Length of the bar; below zero where there is none.
    fn reach(&self) -> f64 {
        let length = (self.ends[1].mean - self.ends[0].mean).abs();
        if length.is_finite() { length } else { -1.0 }
    }

    /// Pairs behind it.
    pub fn n(&self) -> usize {
        self.difference.map_or(0, |difference| difference.n)
    }
}

/// The effects of a metric, the largest first, with its mean over all points. Nothing unless two factors are numbers that vary
/// apart from each other; a design for sensitivity has its indices instead.
pub fn effects<'a>(study: &'a Study, shown: &Shown) -> Option<(f64, Vec<Effect<'a>>)> {
    if study.layout == Layout::Loose || study.outcome.plan.design.is_for_sensitivity() {
        return None;
    }
    let all: Vec<u32> = study.points().collect();
    let centre = study.by_seed(&all, shown);
    let factors = study.factors.iter().enumerate();
    let numeric = factors.filter(|(_, factor)| factor.numbers.is_some() && factor.levels.len() > 1);
    let mut found: Vec<Effect> = numeric
        .map(|(index, factor)| effect(study, shown, index, factor, &centre))
        .collect();
    found.sort_by(|a, b| b.reach().total_cmp(&a.reach()));
    (found.len() > 1).then(|| (study.estimate(&all, shown).mean, found))
}

fn effect<'a>(
    study: &Study,
    shown: &Shown,
    index: usize,
    factor: &'a Factor,
    centre: &[f64],
) -> Effect<'a> {
    let (points, names) = ends(study, index, factor);
    let [low, high] = points.map(|points| study.by_seed(&points, shown));
    // An end may have more seeds than the point that has fewest; only what all share can be paired.
    let seeds: Vec<[f64; 3]> = low
        .iter()
        .zip(&high)
        .zip(centre)
        .map(|((&low, &high), &centre)| [low, high, centre])
        .filter(|of| of.iter().all(|value| value.is_finite()))
        .collect();
    let column = |at: usize| -> Vec<f64> { seeds.iter().map(|of| of[at]).collect() };
    let (low, high, centre) = (column(0), column(1), column(2));
    let confidence = study.outcome.plan.confidence;
    let end = |values: &[f64]| {
        let mean = experiment::statistics::mean(&centre);
        let found = paired_difference(&centre, values, confidence);
        End {
            mean: found.map_or(f64::NAN, |found| mean + found.mean),
            interval: found
                .and_then(|found| found.interval)
                .map(|interval| Interval {
                    low: mean + interval.low,
                    high: mean + interval.high,
                }),
        }
    };
    Effect {
        factor,
        names,
        ends: [end(&low), end(&high)],
        difference: paired_difference(&low, &high, confidence),
    }
}

/// The points at both ends of a factor, and what the ends are called.
fn ends(study: &Study, index: usize, factor: &Factor) -> ([Vec<u32>; 2], [String; 2]) {
    if study.layout == Layout::Crossed {
        let levels = [0, factor.levels.len() - 1];
        return (
            levels.map(|level| study.points_at(&[(index, level)])),
            levels.map(|level| factor.levels[level].clone()),
        );
    }
    let mut order: Vec<(usize, u32)> = factor.at.iter().copied().zip(study.points()).collect();
    order.sort_unstable();
    let part = (order.len() / END_SHARE).max(1);
    let points = |of: &[(usize, u32)]| of.iter().map(|(_, point)| *point).collect();
    (
        [points(&order[..part]), points(&order[order.len() - part..])],
        ["low quarter", "high quarter"].map(str::to_owned),
    )
}

/// The effects of all shown metrics in a table; nothing where there are none.
pub fn table(study: &Study) -> Option<Table<String>> {
    let row = |shown: &Shown, effect: &Effect| {
        let difference = effect.difference;
        let interval = difference.and_then(|of| of.interval);
        let interval = interval.map_or_else(
            || NO_VALUE.to_owned(),
            |of| format!("{} to {}", shown.number(of.low), shown.number(of.high)),
        );
        vec![
            Cell::text(shown.heading()),
            Cell::text(effect.factor.path.clone()),
            Cell::text(effect.names.join(" to ")),
            shown.cell(effect.ends[0].mean),
            shown.cell(effect.ends[1].mean),
            shown.cell(difference.map_or(f64::NAN, |of| of.mean)),
            Cell::text(interval).with_class("tight"),
            Cell::count(effect.n()),
        ]
    };
    let mut rows = Vec::new();
    for shown in &study.shown {
        let (_, effects) = effects(study, shown)?;
        rows.extend(effects.iter().map(|effect| row(shown, effect)));
    }
    let interval = format!("{} interval", study.confidence());
    let columns = [
        "metric",
        "factor",
        "from … to",
        "at the low end",
        "at the high end",
        "difference",
        &interval,
        "n",
    ];
    Some(Table {
        caption: format!(
            "Effects: mean at the high end less mean at the low end, with the {} confidence interval of the n differences seed by seed",
            study.confidence()
        ),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    })
}
