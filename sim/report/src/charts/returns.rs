//! What providers earned on their capital, by class and by GPU kind.

use plotters::style::RGBColor;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, number, palette};
use crate::review::{CLASSES, Review};
use crate::stats;

/// A row of the chart: name, colour, sorted returns.
type Row = (String, RGBColor, Vec<f64>);

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let mut rows: Vec<Row> = Vec::new();
    for (index, class) in CLASSES.iter().enumerate() {
        rows.push(row(
            class,
            palette::series(index),
            review.of_class(class).filter_map(|row| row.return_per_year),
        ));
    }
    for kind in review.kinds() {
        let of_kind = review.run.providers.iter().filter(|row| row.kind == kind);
        rows.push(row(
            kind,
            palette::MUTED,
            of_kind.filter_map(|row| row.return_per_year),
        ));
    }
    let ends = rows.iter().flat_map(|(_, _, returns)| {
        [
            stats::quantile(returns, 0.05),
            stats::quantile(returns, 0.95),
        ]
    });
    let mut x = Axis::from_zero("return per year on hardware and bond", Scale::Percent, ends);
    x.has_grid = true;
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
        name: "returns",
        title: "Return of providers in a year, by class and by GPU kind",
        reading: "Box: the middle half of providers; white line: the median, also written beside it; whiskers: 5th to 95th percentile. \
                  Providers in business for less than 30 days are left out. Net of power, depreciation and slashes, before tax."
            .to_owned(),
        panels: vec![Panel { heading: String::new(), height, x, y, marks }],
    }
}

fn row(name: &str, color: RGBColor, returns: impl Iterator<Item = f64>) -> Row {
    (name.to_owned(), color, stats::sorted(returns))
}

fn box_marks(y: f64, color: RGBColor, returns: &[f64], x: &Axis) -> Vec<Mark> {
    if returns.is_empty() {
        return vec![Mark::note(
            palette::MUTED,
            (x.from, y),
            "no provider long enough in business".to_owned(),
        )];
    }
    let at = |share| stats::quantile(returns, share);
    let thin = (x.to - x.from) / 700.0;
    let median = at(0.5);
    vec![
        Mark::bar("", color, (at(0.05), y - 0.02), (at(0.95), y + 0.02)).unlisted(),
        Mark::bar(
            "",
            color,
            (at(0.05) - thin, y - 0.14),
            (at(0.05) + thin, y + 0.14),
        )
        .unlisted(),
        Mark::bar(
            "",
            color,
            (at(0.95) - thin, y - 0.14),
            (at(0.95) + thin, y + 0.14),
        )
        .unlisted(),
        Mark::bar("", color, (at(0.25), y - 0.26), (at(0.75), y + 0.26)).unlisted(),
        Mark::bar(
            "",
            palette::PAPER,
            (median - thin, y - 0.26),
            (median + thin, y + 0.26),
        )
        .unlisted(),
        Mark::note(palette::INK, (at(0.95), y), number::percent(median)),
    ]
}
