//! The tornado: how far the mean of a metric moves when one factor goes from its low end to its high end.

use super::factor::Factor;
use super::shown::{NO_VALUE, Shown};
use super::study::{Layout, Study};
use crate::kit::{Axis, Figure, Mark, Panel, palette};

/// Share of a sampled design's points that stands for an end of a factor.
const END_SHARE: usize = 4;

/// A row: the factor, the metric at both its ends, and what the ends are called.
struct Row<'a> {
    factor: &'a Factor,
    low: f64,
    high: f64,
    names: [String; 2],
}

/// The chart, where at least two factors are numbers that vary apart from each other.
pub fn figure(study: &Study, shown: &Shown) -> Option<Figure> {
    if study.layout == Layout::Loose {
        return None;
    }
    let factors = study.factors.iter().enumerate();
    let numeric = factors.filter(|(_, factor)| factor.numbers.is_some() && factor.levels.len() > 1);
    let mut rows: Vec<Row> = numeric
        .map(|(index, factor)| row(study, shown, index, factor))
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let reach = |row: &Row| {
        if row.low.is_finite() && row.high.is_finite() {
            (row.high - row.low).abs()
        } else {
            -1.0
        }
    };
    rows.sort_by(|a, b| reach(b).total_cmp(&reach(a)));
    let all: Vec<u32> = study.points().collect();
    let overall = study.estimate(&all, shown).mean;
    let values = rows.iter().flat_map(|row| [row.low, row.high]);
    let mut x = Axis::around(
        &format!("mean of {}", shown.heading()),
        shown.scale,
        values.chain([overall]),
    );
    // Room for the words beside the bars.
    let room = (x.to - x.from) * 0.12;
    (x.from, x.to) = (x.from - room, x.to + room);
    let y = Axis::rows(rows.iter().map(|row| row.factor.path.clone()));
    let mut marks = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        marks.extend(drawn(row, -(index as f64) - 0.5, x.from));
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
    let height = 42 * rows.len() as i32;
    Some(Figure {
        name: format!("effects-{}", shown.stem()),
        title: format!("Effect of each factor on {}", shown.metric.name),
        reading: reading(study),
        panels: vec![Panel {
            heading: String::new(),
            height,
            x,
            y,
            marks,
        }],
    })
}

fn row<'a>(study: &Study, shown: &Shown, index: usize, factor: &'a Factor) -> Row<'a> {
    let mean = |points: Vec<u32>| study.estimate(&points, shown).mean;
    let last = factor.levels.len() - 1;
    if study.layout == Layout::Crossed {
        let at = |level: usize| mean(study.points_at(&[(index, level)]));
        let names = [factor.levels[0].clone(), factor.levels[last].clone()];
        return Row {
            factor,
            low: at(0),
            high: at(last),
            names,
        };
    }
    let mut order: Vec<(usize, u32)> = factor.at.iter().copied().zip(study.points()).collect();
    order.sort_unstable();
    let part = (order.len() / END_SHARE).max(1);
    let points = |of: &[(usize, u32)]| of.iter().map(|(_, point)| *point).collect();
    let (low, high) = (
        mean(points(&order[..part])),
        mean(points(&order[order.len() - part..])),
    );
    Row {
        factor,
        low,
        high,
        names: ["low".to_owned(), "high".to_owned()],
    }
}

fn drawn(row: &Row, y: f64, left: f64) -> Vec<Mark> {
    if !row.low.is_finite() || !row.high.is_finite() {
        return vec![Mark::note(palette::MUTED, (left, y), NO_VALUE.to_owned())];
    }
    let bar = Mark::bar("", palette::SKY, (row.low, y - 0.24), (row.high, y + 0.24)).unlisted();
    let ends = [
        ("at the low end", palette::BLUE, row.low),
        ("at the high end", palette::VERMILION, row.high),
    ];
    let dots = ends.map(|(label, color, x)| Mark::dot(label, color, (x, y)).sized(15));
    let [low, high] = row.names.clone();
    let names = if row.low <= row.high {
        [
            Mark::before(palette::INK, (row.low, y), low),
            Mark::note(palette::INK, (row.high, y), high),
        ]
    } else {
        [
            Mark::before(palette::INK, (row.high, y), high),
            Mark::note(palette::INK, (row.low, y), low),
        ]
    };
    std::iter::once(bar).chain(dots).chain(names).collect()
}

fn reading(study: &Study) -> String {
    let ends = match study.layout {
        Layout::Sampled => {
            "Ends are the quarter of the points with the smallest and that with the largest values of the factor"
        }
        _ => "Ends are the smallest and the largest value of the factor, written beside the bar",
    };
    format!(
        "The longer the bar, the more the mean moves over the range that was tried. {ends}; all other factors are averaged. Bars have no intervals: a short one may be chance. A response that \
         turns round inside the range shows in the curves above and not here. The horizontal axis need not start at 0."
    )
}
