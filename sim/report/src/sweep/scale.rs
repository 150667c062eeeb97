//! What charts of a metric share: the vertical axis, error bars, and the bounds of its gates.

use experiment::gates::Ruling;
use experiment::statistics::Stat;
use plotters::style::RGBColor;

use super::shown::Shown;
use super::study::{Estimate, Study};
use crate::kit::{Axis, Mark, palette};

/// An interval with caps.
pub fn error_bar(color: RGBColor, x: f64, estimate: &Estimate, width: f64) -> Vec<Mark> {
    let Some(interval) = estimate.interval else {
        return Vec::new();
    };
    let cap = |y| {
        Mark::hair(
            color,
            vec![(x - width * 0.005, y), (x + width * 0.005, y)],
            4,
        )
    };
    let stem = Mark::hair(color, vec![(x, interval.low), (x, interval.high)], 4);
    vec![stem, cap(interval.low), cap(interval.high)]
}

/// How many times the height of the data a bound may lie away from it and still be in the picture.
const FAR: f64 = 3.0;

/// The vertical axis over means, intervals and those bounds that are not so far off that they would flatten the rest.
pub fn value_axis(study: &Study, shown: &Shown, estimates: impl Iterator<Item = Estimate>) -> Axis {
    let ends = |estimate: Estimate| {
        let interval = estimate
            .interval
            .map_or([estimate.mean; 2], |of| [of.low, of.high]);
        [estimate.mean, interval[0], interval[1]]
    };
    let mut values: Vec<f64> = estimates
        .flat_map(ends)
        .filter(|value| value.is_finite())
        .collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let reach = FAR * (high - low);
    let is_near = |bound: &f64| reach <= 0.0 || (low - reach..=high + reach).contains(bound);
    let bounds = bound_lines(study, shown)
        .into_iter()
        .map(|(value, _)| value);
    values.extend(bounds.filter(is_near));
    Axis::around("", shown.scale, values)
}

/// Dashed lines at the bounds of a metric's gates, as far as they lie in the picture.
pub fn bounds(study: &Study, shown: &Shown, x: &Axis, y: &Axis) -> Vec<Mark> {
    let lines = bound_lines(study, shown).into_iter();
    let inside = lines.filter(|(value, _)| (y.from..=y.to).contains(value));
    let rule = |(value, label): (f64, String)| {
        let label = format!("bound: {label}");
        Mark::rule(Some(&label), palette::INK, (x.from, value), (x.to, value))
    };
    inside.map(rule).collect()
}

/// Heading of a panel: the metric, and bounds that lie outside the picture.
pub fn heading(study: &Study, shown: &Shown, y: &Axis) -> String {
    let mut text = shown.heading();
    for (value, label) in bound_lines(study, shown) {
        if value > y.to {
            text += &format!(" (bound further up: {label})");
        } else if value < y.from {
            text += &format!(" (bound further down: {label})");
        }
    }
    text
}

/// Bounds in the metric's unit. A margin to a baseline has no place here: it bounds a difference.
pub fn bound_lines(study: &Study, shown: &Shown) -> Vec<(f64, String)> {
    let line = |ruling: &Ruling| {
        let bound = ruling.bound();
        match ruling.gate.stat {
            Stat::ProbBelow(at) | Stat::ProbAbove(at) => {
                (at, format!("{} {bound}", ruling.gate.stat.name()))
            }
            stat => (ruling.bound, format!("{} {bound}", stat.name())),
        }
    };
    let of_metric = study
        .rulings
        .iter()
        .filter(|ruling| ruling.gate.metric == shown.metric.name && ruling.gate.relative.is_none());
    let mut lines: Vec<(f64, String)> = Vec::new();
    for line in of_metric.map(line).filter(|(value, _)| value.is_finite()) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// What a bound of another statistic than the mean is to dots that are means.
pub fn stat_note(study: &Study, shown: &Shown) -> &'static str {
    let mut of_metric = study
        .rulings
        .iter()
        .filter(|ruling| ruling.gate.metric == shown.metric.name);
    if of_metric.all(|ruling| ruling.gate.stat == Stat::Mean && ruling.gate.relative.is_none()) {
        return "";
    }
    " A gate here asks for something other than the mean, so that dots on the good side of its bound do not pass it; the verdicts say."
}
