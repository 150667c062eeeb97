//! The tornado: a bar a factor from the mean at its low end to that at its high end, the longest on top.

use plotters::style::RGBColor;

use super::effects::{Effect, End, effects};
use super::shown::{NO_VALUE, Shown};
use super::study::{Layout, Study};
use crate::kit::{Axis, Figure, Mark, Panel, palette, text_width};

/// Height of a row in pixels.
const ROW: i32 = 46;
/// Width of all plots with what is beside them, in pixels, about.
const WIDTH: i32 = 740;
/// Distance of an end from the middle of its bar, in rows: whiskers of both ends may overlap.
const ASIDE: f64 = 0.13;

/// The chart, where at least two factors are numbers that vary apart from each other.
pub fn figure(study: &Study, shown: &Shown) -> Option<Figure> {
    let (overall, effects) = effects(study, shown)?;
    let ends = effects.iter().flat_map(|effect| effect.ends);
    let mut x = Axis::around(
        &format!("mean of {}", shown.heading()),
        shown.scale,
        ends.flat_map(|end| reach(&end)).chain([overall]),
    );
    let room = room(&effects) * (x.to - x.from);
    (x.from, x.to) = (x.from - room, x.to + room);
    let y = Axis::rows(effects.iter().map(|effect| effect.factor.path.clone()));
    let mut marks = Vec::new();
    for (index, effect) in effects.iter().enumerate() {
        marks.extend(drawn(effect, -(index as f64) - 0.5, x.from));
    }
    if overall.is_finite() {
        let label = format!("mean of all points: {}", shown.number(overall));
        marks.push(Mark::rule(
            Some(&label),
            palette::INK,
            (overall, y.from),
            (overall, y.to),
        ));
    }
    let height = ROW * effects.len() as i32;
    Some(Figure {
        name: format!("effects-{}", shown.stem()),
        title: format!("Effect of each factor on {}", shown.metric.name),
        reading: reading(study),
        panels: vec![Panel {
            heading: whiskers(study, &effects),
            height,
            x,
            y,
            marks,
        }],
    })
}

/// What an end covers on the axis.
fn reach(end: &End) -> [f64; 3] {
    let (low, high) = end
        .interval
        .map_or((end.mean, end.mean), |of| (of.low, of.high));
    [low, end.mean, high]
}

/// Room for the names beside the bars, as a share of what is there without it.
fn room(effects: &[Effect]) -> f64 {
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        f64::from(texts.map(|text| text_width(text)).max().unwrap_or(0) + 12)
    };
    let names = widest(&mut effects.iter().flat_map(|effect| &effect.names));
    let paths = widest(&mut effects.iter().map(|effect| &effect.factor.path));
    let left = (f64::from(WIDTH) - paths - 2.0 * names).max(names);
    names / left
}

fn drawn(effect: &Effect, y: f64, left: f64) -> Vec<Mark> {
    let [low, high] = effect.ends;
    if !low.mean.is_finite() || !high.mean.is_finite() {
        return vec![Mark::note(palette::MUTED, (left, y), NO_VALUE.to_owned())];
    }
    let bar = Mark::bar(
        "",
        palette::SKY,
        (low.mean, y - 0.27),
        (high.mean, y + 0.27),
    );
    let mut marks = vec![bar.unlisted()];
    marks.extend(whiskered("at the low end", palette::BLUE, &low, y + ASIDE));
    marks.extend(whiskered(
        "at the high end",
        palette::VERMILION,
        &high,
        y - ASIDE,
    ));
    let outermost = reach(&low).into_iter().chain(reach(&high));
    let (from, to) = outermost.fold((f64::INFINITY, f64::NEG_INFINITY), |ends, x| {
        (ends.0.min(x), ends.1.max(x))
    });
    let [low_name, high_name] = effect.names.clone();
    let (left, right) = match low.mean <= high.mean {
        true => (low_name, high_name),
        false => (high_name, low_name),
    };
    marks.push(Mark::before(palette::INK, (from, y), left));
    marks.push(Mark::note(palette::INK, (to, y), right));
    marks
}

/// A dot with a capped horizontal whisker.
fn whiskered(label: &str, color: RGBColor, end: &End, y: f64) -> Vec<Mark> {
    let mut marks = end.interval.map_or_else(Vec::new, |of| {
        Mark::whisker(color, (of.low, of.high), y, 0.09)
    });
    marks.push(Mark::dot(label, color, (end.mean, y)).sized(13));
    marks
}

/// Level and number of pairs behind the whiskers, in the picture itself.
fn whiskers(study: &Study, effects: &[Effect]) -> String {
    let counts = || effects.iter().map(Effect::n);
    let (least, most) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
    match (least, most) {
        (_, 0 | 1) => "Single seeds: no intervals".to_owned(),
        _ if least == most => format!(
            "Whiskers: {} intervals of paired differences to the mean of all points, n = {most} seeds",
            study.confidence()
        ),
        _ => format!(
            "Whiskers: {} intervals of paired differences to the mean of all points, n = {least} to {most} seeds",
            study.confidence()
        ),
    }
}

fn reading(study: &Study) -> String {
    let ends = match study.layout {
        Layout::Sampled => {
            "Ends are the quarter of the points with the smallest and that with the largest values of the factor. The intervals say what other seeds would \
             change; that the other factors differ between the two quarters is not in them"
        }
        _ => "Ends are the smallest and the largest value of the factor, written beside the bar",
    };
    format!(
        "The longer the bar, the more the mean moves over the range that was tried; all other factors are averaged. {ends}. A whisker is Student's interval of the \
         difference between its end and the mean of all points, taken seed by seed, each for itself: an end whose whisker crosses the dashed line may be chance. \
         A response that turns round inside the range shows in the curves above and not here. The horizontal axis need not start at 0."
    )
}
