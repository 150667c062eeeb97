//! What verifiers, operators and providers of storage earned and lost a day, by role and behaviour. Drawn where there are any.

use plotters::style::RGBColor;
use world::rows::RoleRow;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, number, palette};
use crate::review::Review;
use crate::tables::RoleGroup;

/// A part of a bar: name, sum over the rows, colour.
type Part = (&'static str, fn(&RoleRow) -> f64, RGBColor);

const EARNED: [Part; 3] = [
    ("rewards", |row| row.rewards_usd, palette::GREEN),
    ("fees for checks", |row| row.fees_usd, palette::BLUE),
    ("share of slashes", |row| row.finds_usd, palette::SKY),
];

const LOST: [Part; 3] = [
    (
        "running costs",
        |row| row.power_usd + row.other_usd,
        palette::ORANGE,
    ),
    ("depreciation", |row| row.depreciation_usd, palette::MUTED),
    ("slashed", |row| row.slashed_usd, palette::VERMILION),
];

/// Whether there is anything to draw.
pub fn is_there(review: &Review) -> bool {
    !review.run.roles.is_empty()
}

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let groups = RoleGroup::all(review);
    let mut marks = Vec::new();
    let mut ends = vec![0.0];
    for (index, group) in groups.iter().enumerate() {
        let y = -(index as f64) - 0.5;
        for (parts, sign) in [(EARNED, 1.0), (LOST, -1.0)] {
            let mut from = 0.0;
            for (name, value, color) in parts {
                let to = from + sign * group.daily(value);
                let (low, high) = ((from.min(to), y - 0.32), (from.max(to), y + 0.32));
                marks.push(Mark::bar(name, color, low, high));
                from = to;
            }
            ends.push(from * 1.3);
            if sign > 0.0 {
                let net = number::short(group.daily(|row| row.net_usd));
                let net = format!("{net}, {} a year", number::percent(group.median_return()));
                marks.push(Mark::note(palette::INK, (from, y), net));
            }
        }
    }
    let label = "USD a day for each that is in business: earned to the right, lost to the left";
    let mut x = Axis::from_zero(label, Scale::Plain, ends);
    x.has_grid = true;
    let y = Axis::rows(groups.iter().map(RoleGroup::name));
    marks.push(Mark::rule(None, palette::INK, (0.0, y.from), (0.0, y.to)));
    let height = 30 + 40 * groups.len() as i32;
    Figure {
        name: "roles".to_owned(),
        title: "What each role earned and lost".to_owned(),
        reading: "Verifiers, operators and providers of storage, means over their time in business; beside the bars the net, and the median return on hardware and bond. Lazy verifiers sign without checking: \
                  they save what checks cost, and pay with their bond where the network had planted bad work."
            .to_owned(),
        panels: vec![Panel {
            heading: String::new(),
            height,
            x,
            y,
            marks,
        }],
    }
}
