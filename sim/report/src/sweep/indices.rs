//! The chart of a metric's sensitivities: a row a factor, the one that matters most on top, with bootstrap intervals.

use experiment::sensitivity::{self, Row};
use experiment::sweep::Design;
use plotters::style::RGBColor;

use super::sensitivity::{is_moved, share};
use super::shown::{NO_VALUE, Shown};
use super::study::Study;
use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette, text_width};

/// How the names of these charts begin.
pub const STEM: &str = "sensitivity-";
/// Height of a row in pixels.
const ROW: i32 = 46;
/// Width of the plot in pixels, about: what bars and the numbers behind them have to share.
const PLOT: i32 = 560;

/// A number with its interval; without one where the design gives none.
#[derive(Clone, Copy)]
struct Bar {
    value: f64,
    interval: Option<(f64, f64)>,
}

/// The chart, where a factor moves the metric; only of designs laid out for sensitivity.
pub fn figure(study: &Study, shown: &Shown) -> Option<Figure> {
    let of = study.sensitivity.as_deref()?;
    let mut found = of.iter().filter(|of| is_moved(of));
    let of = found.find(|of| of.metric == shown.metric.name)?;
    let rows = sensitivity::rows(std::slice::from_ref(of));
    let is_sobol = study.outcome.plan.design == Design::Saltelli;
    let (x, what) = match is_sobol {
        true => (sobol_axis(shown, &rows), "Sobol indices"),
        false => (morris_axis(shown, &rows), "Morris effects"),
    };
    let y = Axis::rows(rows.iter().map(|row| row.factor.to_owned()));
    let mut marks = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let y = -(index as f64) - 0.5;
        marks.extend(match is_sobol {
            true => sobol(row, y),
            false => morris(row, y, shown),
        });
    }
    let seeds = match study.replications().1 {
        0 | 1 => "single runs".to_owned(),
        most => format!("means over {most} seeds"),
    };
    Some(Figure {
        name: format!("{STEM}{}", shown.stem()),
        title: format!("What moves {}: {what}", shown.metric.name),
        reading: match is_sobol {
            true => "The share of the metric's variance that each factor answers for, alone and with all its interactions; whiskers crossing 0 may be chance.",
            false => "How far each factor moves the metric over its whole range; a dot beyond its bar says that the effect depends on where the factors stand.",
        }
        .to_owned(),
        panels: vec![Panel {
            heading: format!(
                "Whiskers: {} bootstrap intervals over {} points, {seeds}",
                study.confidence(),
                study.outcome.plan.points.len()
            ),
            height: ROW * rows.len().max(1) as i32,
            x,
            y,
            marks,
        }],
    })
}

fn sobol_axis(shown: &Shown, rows: &[Row<'_>]) -> Axis {
    let label = format!("share of the variance of {}", shown.metric.name);
    let values = rows.iter().flat_map(|row| row.numbers).chain([1.0]);
    roomy(
        Axis::from_zero(&label, Scale::Plain, values),
        &share(-0.0123),
    )
}

fn morris_axis(shown: &Shown, rows: &[Row<'_>]) -> Axis {
    let label = format!(
        "change over the whole range of a factor: {}",
        shown.heading()
    );
    // Neither the signed mean nor sigma over mu* stands on this axis.
    let values = rows.iter().flat_map(|row| {
        let [mu_star, low, high, _, sigma, _] = row.numbers;
        [mu_star, low, high, sigma]
    });
    let longest = rows.iter().map(|row| shown.number(row.numbers[0]));
    let longest = longest.max_by_key(|text| text_width(text));
    roomy(
        Axis::from_zero(&label, shown.scale, values),
        &longest.unwrap_or_default(),
    )
}

/// The axis with room for a number behind the longest bar.
fn roomy(axis: Axis, text: &str) -> Axis {
    let width = f64::from(text_width(text) + 14);
    let room = (axis.to - axis.from) * width / (f64::from(PLOT) - width);
    Axis {
        to: axis.to + room,
        ..axis
    }
}

fn sobol(row: &Row<'_>, y: f64) -> Vec<Mark> {
    let [total, low, high, first, first_low, first_high] = row.numbers;
    let total = bar(total, low, high);
    let first = bar(first, first_low, first_high);
    if !total.value.is_finite() || !first.value.is_finite() {
        return vec![Mark::note(palette::MUTED, (0.0, y), NO_VALUE.to_owned())];
    }
    let mut marks = drawn("total", palette::SKY, total, y + 0.2, share(total.value));
    let first = drawn(
        "first order",
        palette::ORANGE,
        first,
        y - 0.2,
        share(first.value),
    );
    marks.extend(first);
    marks
}

fn morris(row: &Row<'_>, y: f64, shown: &Shown) -> Vec<Mark> {
    let [mu_star, low, high, _, sigma, _] = row.numbers;
    if !mu_star.is_finite() {
        return vec![Mark::note(palette::MUTED, (0.0, y), NO_VALUE.to_owned())];
    }
    let number = shown.number(mu_star);
    let mut marks = drawn(
        "mu*: mean size of the effects",
        palette::SKY,
        bar(mu_star, low, high),
        y + 0.1,
        number,
    );
    if sigma.is_finite() {
        let dot = Mark::dot("sigma: their spread", palette::VERMILION, (sigma, y - 0.2));
        marks.push(dot);
    }
    marks
}

fn bar(value: f64, low: f64, high: f64) -> Bar {
    let is_known = low.is_finite() && high.is_finite();
    Bar {
        value,
        interval: is_known.then_some((low, high)),
    }
}

/// A bar from zero, its whisker, and its number behind both.
fn drawn(label: &str, color: RGBColor, bar: Bar, y: f64, number: String) -> Vec<Mark> {
    let (low, high) = bar.interval.unwrap_or((bar.value, bar.value));
    let mut marks = vec![Mark::bar(
        label,
        color,
        (0.0, y - 0.16),
        (bar.value, y + 0.16),
    )];
    if bar.interval.is_some() {
        marks.extend(Mark::whisker(palette::INK, (low, high), y, 0.09));
    }
    let end = high.max(bar.value).max(0.0);
    marks.push(Mark::note(palette::INK, (end, y), number));
    marks
}
