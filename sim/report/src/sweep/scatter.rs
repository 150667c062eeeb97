//! A metric at the points of a sampled design, against each factor in turn.

use experiment::gates::Verdict;
use plotters::style::RGBColor;

use super::factor::Factor;
use super::scale::{bounds, error_bar, heading, stat_note, value_axis};
use super::shown::{NO_VALUE, Shown};
use super::study::{Estimate, Layout, Study};
use crate::kit::{Axis, Figure, Mark, Panel, palette};

/// A point of the design: its place in the plan, its mean, and what its gates say.
type Dot = (usize, Estimate, Option<Verdict>);

/// The chart; other designs have lines instead.
pub fn figure(study: &Study, shown: &Shown) -> Option<Figure> {
    if study.layout != Layout::Sampled || study.factors.is_empty() {
        return None;
    }
    let dot = |(place, point): (usize, u32)| {
        let verdict = study.verdict_at(point, Some(shown.metric.name));
        (place, study.estimate(&[point], shown), verdict)
    };
    let mut dots: Vec<Dot> = study.points().enumerate().map(dot).collect();
    // What the seeds do to all points alike would dwarf what the factors do, which is all that such a design asks.
    let has_bars = !study.outcome.plan.design.is_for_sensitivity();
    if !has_bars {
        for (_, estimate, _) in &mut dots {
            estimate.interval = None;
        }
    }
    let y = value_axis(study, shown, dots.iter().map(|dot| dot.1));
    let panel = |(index, factor)| panel(study, shown, factor, &dots, y.clone(), index == 0);
    let lacking = dots.iter().filter(|dot| !dot.1.mean.is_finite()).count();
    let mut reading =
        "One panel a factor, with the same points in each: all other factors differ as well from dot to dot. Dots: means over replications".to_owned();
    reading += &match has_bars {
        true => format!("; bars: their {} confidence intervals.", study.confidence()),
        false => ", without their intervals, which are in the table of points: seeds are the same at every point, so that differences between dots owe less to \
                  chance than each dot does.".to_owned(),
    };
    if dots.iter().any(|dot| dot.2.is_some()) {
        reading += " Crosses stand for points whose gate fails, question marks for undecided ones.";
    }
    if y.from > 0.0 || y.to < 0.0 {
        reading += " The vertical axis does not start at 0.";
    }
    if lacking > 0 {
        reading += &format!(" {lacking} points have {NO_VALUE}.");
    }
    Some(Figure {
        name: format!("response-{}", shown.stem()),
        title: format!("{} over the sampled points", shown.metric.name),
        reading: reading + stat_note(study, shown),
        panels: study.factors.iter().enumerate().map(panel).collect(),
    })
}

fn panel(
    study: &Study,
    shown: &Shown,
    factor: &Factor,
    dots: &[Dot],
    y: Axis,
    is_first: bool,
) -> Panel {
    let ground = factor.continuous().unwrap_or_else(|| factor.ground());
    let (from, to) = (ground.axis.from, ground.axis.to);
    let mut marks = bounds(study, shown, &ground.axis, &y);
    for (place, estimate, verdict) in dots.iter().filter(|dot| dot.1.mean.is_finite()) {
        let x = ground.places[factor.at[*place]];
        let (color, _) = look(*verdict);
        let pale = |mark: Mark| Mark { alpha: 0.5, ..mark };
        marks.extend(
            error_bar(color, x, estimate, to - from)
                .into_iter()
                .map(pale),
        );
    }
    // By verdict, so that the legend has one order; the bad ones on top.
    for kind in [
        None,
        Some(Verdict::Pass),
        Some(Verdict::Undecided),
        Some(Verdict::Fail),
    ] {
        for (place, estimate, _) in dots
            .iter()
            .filter(|dot| dot.2 == kind && dot.1.mean.is_finite())
        {
            let at = (ground.places[factor.at[*place]], estimate.mean);
            marks.extend(dot(kind, at));
        }
    }
    if !is_first {
        marks = marks.into_iter().map(Mark::unlisted).collect();
    }
    let heading = if is_first {
        heading(study, shown, &y)
    } else {
        String::new()
    };
    Panel {
        heading,
        height: 190,
        x: ground.axis,
        y,
        marks,
    }
}

fn look(verdict: Option<Verdict>) -> (RGBColor, &'static str) {
    match verdict {
        None => (palette::BLUE, "point"),
        Some(Verdict::Pass) => (palette::BLUE, "passes"),
        Some(Verdict::Undecided) => (palette::ORANGE, "? undecided"),
        Some(Verdict::Fail) => (palette::VERMILION, "× fails"),
    }
}

/// A dot; with a symbol in it where its gate does not pass.
fn dot(verdict: Option<Verdict>, at: (f64, f64)) -> Vec<Mark> {
    let (color, label) = look(verdict);
    let dot = Mark::dot(label, color, at);
    let symbol = |text: &str| {
        vec![
            dot.clone().sized(20),
            Mark::centred(palette::on(color), at, text.to_owned()),
        ]
    };
    match verdict {
        Some(Verdict::Undecided) => symbol("?"),
        Some(Verdict::Fail) => symbol("×"),
        _ => vec![dot],
    }
}
