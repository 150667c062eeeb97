//! Who stands where, and the steps of the ladder by rung and by kind. Drawn where anybody was accused of anything.

use std::collections::BTreeMap;

use plotters::style::RGBColor;
use world::rows::{StandingRow, ViolationRow};

use crate::kit::{Axis, Figure, Mark, Panel, Scale, number, palette};
use crate::review::{Points, Review, ordinates};

/// Rungs of the three regimes that weigh about the same, from the lightest on.
const RUNGS: [(&str, &[&str], RGBColor); 5] = [
    ("warning", &["warning"], palette::SKY),
    ("penalty, minor", &["penalty", "minor"], palette::BLUE),
    ("severe, moderate", &["severe", "moderate"], palette::ORANGE),
    (
        "malicious, major",
        &["malicious", "major"],
        palette::VERMILION,
    ),
    ("final", &["final"], palette::INK),
];

/// A part of the stack of standings: name, count, colour.
type Part = (&'static str, fn(&StandingRow) -> u32, RGBColor);

/// Counts by place in [`RUNGS`].
type Counts = [f64; RUNGS.len()];

/// Whether there is anything to draw.
pub fn is_there(review: &Review) -> bool {
    !review.run.violations.is_empty()
}

/// The chart.
pub fn figure(review: &Review) -> Figure {
    Figure {
        name: "conduct".to_owned(),
        title: "Standing of providers, and violations by rung and kind".to_owned(),
        reading: "Recovering providers are back at work, at part of their weight. Rungs of the graduated (warning, penalty, severe), the \
                  immediate (malicious) and the scaled regime (minor, moderate, major) that weigh about the same share a colour."
            .to_owned(),
        panels: vec![standings(review), by_month(review), by_kind(review)],
    }
}

fn standings(review: &Review) -> Panel {
    let parts: [Part; 4] = [
        ("recovering", |row| row.recovering, palette::SKY),
        ("suspended", |row| row.suspended, palette::ORANGE),
        ("jailed", |row| row.jailed, palette::VERMILION),
        ("tombstoned", |row| row.tombstoned, palette::INK),
    ];
    let rows = &review.run.standings;
    let mut lower: Points = rows
        .iter()
        .map(|row| (review.day(row.epoch), 0.0))
        .collect();
    let mut marks = Vec::new();
    for (name, count, color) in parts {
        let add =
            |((day, low), row): (&(f64, f64), &StandingRow)| (*day, low + f64::from(count(row)));
        let upper: Points = lower.iter().zip(rows).map(add).collect();
        marks.push(Mark::area(name, color, &lower, &upper));
        lower = upper;
    }
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&lower));
    Panel::over_days("providers not in full standing", review.days(), axis, marks).tall(150)
}

fn counts<'a>(rows: impl Iterator<Item = &'a ViolationRow>) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        if let Some(place) = RUNGS
            .iter()
            .position(|(_, names, _)| names.contains(&row.rung))
        {
            counts[place] += 1.0;
        }
    }
    counts
}

fn by_month(review: &Review) -> Panel {
    let mut marks = Vec::new();
    let mut tops = vec![0.0];
    for (from, to, part) in review.months() {
        let (Some(first), Some(last)) = (part.first(), part.last()) else {
            continue;
        };
        let epochs = first.epoch..=last.epoch;
        let rows = review.run.violations.iter();
        let gap = (to - from) * 0.1;
        let mut below = 0.0;
        for ((name, _, color), count) in RUNGS
            .iter()
            .zip(counts(rows.filter(|row| epochs.contains(&row.epoch))))
        {
            let (low, high) = ((from + gap, below), (to - gap, below + count));
            marks.push(Mark::bar(name, *color, low, high));
            below += count;
        }
        tops.push(below);
    }
    let axis = Axis::from_zero("", Scale::Plain, tops);
    let heading = "violations judged in about 30 days";
    Panel::over_days(heading, review.days(), axis, marks).tall(150)
}

fn by_kind(review: &Review) -> Panel {
    let mut kinds: BTreeMap<&str, Vec<&ViolationRow>> = BTreeMap::new();
    for row in &review.run.violations {
        kinds.entry(row.violation).or_default().push(row);
    }
    let mut marks = Vec::new();
    let mut totals = vec![0.0];
    for (index, rows) in kinds.values().enumerate() {
        let y = -(index as f64) - 0.5;
        let mut from = 0.0;
        for ((name, _, color), count) in RUNGS.iter().zip(counts(rows.iter().copied())) {
            marks.push(Mark::bar(
                name,
                *color,
                (from, y - 0.32),
                (from + count, y + 0.32),
            ));
            from += count;
        }
        marks.push(Mark::note(palette::INK, (from, y), number::short(from)));
        totals.push(from * 1.1);
    }
    let mut x = Axis::from_zero("violations over the whole run", Scale::Plain, totals);
    x.has_grid = true;
    Panel {
        heading: "by kind".to_owned(),
        height: 30 + 20 * kinds.len() as i32,
        x,
        y: Axis::rows(kinds.keys().map(|kind| kind.replace('_', " "))),
        marks,
    }
}
