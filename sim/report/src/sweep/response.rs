//! A metric against the first factor, with a line for each value of the second.

use super::factor::{Factor, Ground};
use super::lines::{Series, lines, lines_of};
use super::scale::{bounds, error_bar, heading, stat_note, value_axis};
use super::shown::{NO_VALUE, Shown};
use super::study::{Estimate, Layout, Study};
use crate::kit::{Axis, Figure, Mark, Panel, palette};

/// Sideways distance of two lines' error bars, as a share of the axis.
const SHIFT: f64 = 0.009;

/// The chart; a sampled design has a scatter instead.
pub fn figure(study: &Study, shown: &Shown) -> Option<Figure> {
    if study.layout == Layout::Sampled {
        return None;
    }
    let (ground, series) = lines(study, shown);
    let others = others(study, shown);
    let all = || series.iter().flat_map(|series| &series.dots);
    let beside = others.iter().flat_map(|(_, series)| &series.dots);
    let estimates = all().chain(beside).map(|(_, estimate)| *estimate);
    let y = value_axis(study, shown, estimates);
    let (from, to) = (ground.axis.from, ground.axis.to);
    let mut marks = bounds(study, shown, &ground.axis, &y);
    // A single line through names would promise something between them.
    let is_numeric = study
        .factors
        .first()
        .is_some_and(|factor| factor.numbers.is_some());
    let is_joined = study.layout == Layout::Crossed && (is_numeric || series.len() > 1);
    for (index, line) in series.iter().enumerate() {
        let place = index as f64 - (series.len() as f64 - 1.0) / 2.0;
        marks.extend(drawn(
            line,
            is_joined,
            place * SHIFT * (to - from),
            to - from,
        ));
    }
    if all().all(|(_, estimate)| !estimate.mean.is_finite()) {
        let middle = ((from + to) / 2.0, (y.from + y.to) / 2.0);
        marks.push(Mark::centred(palette::INK, middle, NO_VALUE.to_owned()));
    }
    let lacking = all()
        .filter(|(_, estimate)| !estimate.mean.is_finite())
        .count();
    let reading = reading(study, &ground, &y, lacking) + stat_note(study, shown);
    let mut panels = vec![Panel {
        heading: heading(study, shown, &y),
        height: 270,
        x: ground.axis,
        y: y.clone(),
        marks,
    }];
    let beside = study.factors.iter().skip(2).zip(others);
    panels.extend(beside.map(|(factor, of)| averaged(study, shown, factor, of, &y)));
    Some(Figure {
        name: format!("response-{}", shown.stem()),
        title: format!("Response of {}", shown.metric.name),
        reading,
        panels,
    })
}

/// Of the factors from the third on, in a grid: the mean at each value, averaged over all other factors.
fn others(study: &Study, shown: &Shown) -> Vec<(Ground, Series)> {
    if study.layout != Layout::Crossed {
        return Vec::new();
    }
    let of_factor = |(index, factor): (usize, &Factor)| {
        let ground = factor.ground();
        let dot = |(level, &x): (usize, &f64)| {
            let points = study.points_at(&[(index, level)]);
            (x, study.estimate(&points, shown))
        };
        let dots = ground.places.iter().enumerate().map(dot).collect();
        let series = Series {
            label: "averaged over all other factors".to_owned(),
            color: palette::BLUE,
            dots,
        };
        (ground, series)
    };
    let factors = study.factors.iter().enumerate();
    factors.skip(2).map(of_factor).collect()
}

fn averaged(
    study: &Study,
    shown: &Shown,
    factor: &Factor,
    (ground, series): (Ground, Series),
    y: &Axis,
) -> Panel {
    let marks = bounds(study, shown, &ground.axis, y);
    let mut marks: Vec<Mark> = marks.into_iter().map(Mark::unlisted).collect();
    let width = ground.axis.to - ground.axis.from;
    marks.extend(drawn(&series, factor.numbers.is_some(), 0.0, width));
    Panel {
        heading: shown.heading(),
        height: 190,
        x: ground.axis,
        y: y.clone(),
        marks,
    }
}

/// Line, error bars and dots; points without a value are left out.
fn drawn(series: &Series, is_joined: bool, shift: f64, width: f64) -> Vec<Mark> {
    let Series { label, color, dots } = series;
    let seen: Vec<(f64, Estimate)> = dots
        .iter()
        .filter(|dot| dot.1.mean.is_finite())
        .map(|dot| (dot.0 + shift, dot.1))
        .collect();
    let mut marks = Vec::new();
    if is_joined && seen.len() > 1 {
        marks.push(Mark::line(
            label,
            *color,
            seen.iter()
                .map(|(x, estimate)| (*x, estimate.mean))
                .collect(),
        ));
    }
    for (x, estimate) in &seen {
        marks.extend(error_bar(*color, *x, estimate, width));
        marks.push(Mark::dot(label, *color, (*x, estimate.mean)));
    }
    marks
}

fn reading(study: &Study, ground: &Ground, y: &Axis, lacking: usize) -> String {
    let mut text = format!(
        "Dots: means over replications; bars: their {} confidence intervals (Student's t), not corrected for their number.",
        study.confidence()
    );
    if study.replications().1 < 2 {
        text = "Dots: single runs, which have no interval.".to_owned();
    }
    let factors = &study.factors;
    if study.layout == Layout::Crossed && factors.len() > 2 {
        let others: Vec<&str> = factors[2..]
            .iter()
            .map(|factor| factor.path.as_str())
            .collect();
        text += &format!(
            " The first panel is averaged, seed by seed, over {}; each of them has a panel of its own.",
            others.join(" and ")
        );
    }
    if study.layout == Layout::Loose && factors.len() > 1 {
        text += " Factors change together here, so that no difference belongs to one of them.";
    }
    let lines = lines_of(study).len();
    if let Some(factor) = factors
        .get(1)
        .filter(|factor| lines > 0 && lines < factor.levels.len())
    {
        text += &format!(
            " Lines for {lines} of the {} values of {}.",
            factor.levels.len(),
            factor.path
        );
    }
    if lines > 1 {
        text += " Lines are moved aside a little, so that their bars do not hide each other.";
    }
    if !ground.is_to_scale {
        text += " Values stand in order, not to scale.";
    }
    if y.from > 0.0 || y.to < 0.0 {
        text += " The vertical axis does not start at 0.";
    }
    if lacking > 0 {
        text += &format!(" {lacking} places have {}.", NO_VALUE);
    }
    text
}
