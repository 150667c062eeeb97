//! What providers earned on their capital, by class and by GPU kind.

use plotters::style::RGBColor;
use world::rows::ProviderRow;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, number, palette};
use crate::review::{CLASSES, Review};
use crate::stats;

/// Fewest providers that are drawn as a box; fewer are drawn one by one.
const BOX_MIN: usize = 5;

/// A row of the chart: name, colour, sorted returns.
pub type Row = (String, RGBColor, Vec<f64>);

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let mut rows: Vec<Row> = Vec::new();
    for (index, class) in CLASSES.iter().enumerate() {
        rows.push(row(review, class, palette::series(index), |row| {
            row.class == *class
        }));
    }
    for kind in review.kinds() {
        rows.push(row(review, kind, palette::MUTED, |row| row.kind == kind));
    }
    let x = width_of(&rows);
    let names = rows
        .iter()
        .map(|(name, _, returns)| format!("{name} (n = {})", returns.len()));
    let y = Axis::rows(names);
    let mut marks = vec![Mark::rule(None, palette::INK, (0.0, y.from), (0.0, y.to))];
    for (index, (_, color, returns)) in rows.iter().enumerate() {
        marks.extend(box_marks(-(index as f64) - 0.5, *color, returns, &x));
    }
    let height = 34 * rows.len() as i32;
    Figure {
        name: "returns".to_owned(),
        title: "Return of providers in a year, by class and by GPU kind".to_owned(),
        reading: "Honest providers. Box: the middle half; white line: the median, also written beside it; whiskers: 5th to 95th percentile. \
                  Fewer than five providers are drawn one by one; those in business for less than 30 days are left out. Net of power, depreciation and slashes, before tax."
            .to_owned(),
        panels: vec![Panel { heading: String::new(), height, x, y, marks }],
    }
}

/// An axis over the whiskers of all rows, with room for the number right of the longest.
pub fn width_of(rows: &[Row]) -> Axis {
    let ends = |share| {
        rows.iter()
            .map(move |(_, _, returns)| stats::quantile(returns, share))
    };
    let room = ends(0.95).fold(0.0, f64::max) - ends(0.05).fold(0.0, f64::min);
    let ends = ends(0.05).chain(ends(0.95).map(|end| end + 0.1 * room));
    let mut x = Axis::from_zero("return per year on hardware and bond", Scale::Percent, ends);
    x.has_grid = true;
    x
}

fn row(
    review: &Review,
    name: &str,
    color: RGBColor,
    belongs: impl Fn(&ProviderRow) -> bool,
) -> Row {
    let returns = review
        .honest()
        .filter(|row| belongs(row))
        .filter_map(|row| row.return_per_year);
    (name.to_owned(), color, stats::sorted(returns))
}

pub fn box_marks(y: f64, color: RGBColor, returns: &[f64], x: &Axis) -> Vec<Mark> {
    if returns.is_empty() {
        let words = "no provider long enough in business".to_owned();
        return vec![Mark::note(palette::MUTED, (x.from, y), words)];
    }
    let bar = |color, from: f64, to: f64, half: f64| {
        Mark::bar("", color, (from, y - half), (to, y + half)).unlisted()
    };
    let thin = (x.to - x.from) / 700.0;
    let stroke = |color, at: f64, half: f64| bar(color, at - thin, at + thin, half);
    let at = |share| stats::quantile(returns, share);
    let mut marks = if returns.len() < BOX_MIN {
        returns
            .iter()
            .map(|&value| stroke(color, value, 0.26))
            .collect()
    } else {
        vec![
            bar(color, at(0.05), at(0.95), 0.02),
            stroke(color, at(0.05), 0.14),
            stroke(color, at(0.95), 0.14),
            bar(color, at(0.25), at(0.75), 0.26),
            stroke(palette::PAPER, at(0.5), 0.26),
        ]
    };
    let right = if returns.len() < BOX_MIN {
        at(1.0)
    } else {
        at(0.95)
    };
    marks.push(Mark::note(
        palette::INK,
        (right, y),
        number::percent(at(0.5)),
    ));
    marks
}
