//! Commitments: how much of the reward weight is bound, and what each tier earned. Drawn where anybody commits.

use plotters::style::RGBColor;

use super::returns::{Row, box_marks, width_of};
use crate::kit::{Axis, Figure, Mark, Panel, palette};
use crate::review::{Points, Review};

/// Tiers from the loosest on, with their colours.
const TIERS: [(&str, RGBColor); 3] = [
    ("flexible", palette::GRID),
    ("monthly", palette::SKY),
    ("annual", palette::BLUE),
];

/// Whether there is anything to draw.
pub fn is_there(review: &Review) -> bool {
    let mut rows = review.run.epochs.iter();
    rows.any(|row| row.weight_monthly_share + row.weight_annual_share > 0.0)
}

/// The chart.
pub fn figure(review: &Review) -> Figure {
    Figure {
        name: "commitment".to_owned(),
        title: "Commitments: share of the reward weight, and what each tier earned".to_owned(),
        reading: "Above, the tier whose commitment is running at the close of the epoch. Below, honest providers by the tier that they commit to \
                  whenever they are free to. Box: the middle half; white line: the median, also written beside it; whiskers: 5th to 95th \
                  percentile. The tiers differ in their mix of hardware by chance only."
            .to_owned(),
        panels: vec![weights(review), returns(review)],
    }
}

fn weights(review: &Review) -> Panel {
    let zero = review.series(|_| 0.0);
    let annual = review.series(|row| row.weight_annual_share);
    let bound = review.series(|row| row.weight_annual_share + row.weight_monthly_share);
    // Without any weight nobody has a share of it.
    let all: Points = review.series(|_| 1.0);
    let marks = vec![
        Mark::area(TIERS[2].0, TIERS[2].1, &zero, &annual),
        Mark::area(TIERS[1].0, TIERS[1].1, &annual, &bound),
        Mark::area(TIERS[0].0, TIERS[0].1, &bound, &all),
    ];
    Panel::over_days(
        "share of the reward weight",
        review.days(),
        Axis::share(""),
        marks,
    )
}

fn returns(review: &Review) -> Panel {
    let rows = TIERS.map(|(tier, color)| -> Row {
        let color = match tier {
            "flexible" => palette::MUTED,
            _ => color,
        };
        let of_tier = review.honest().filter(|row| row.commitment == tier);
        let returns = of_tier.filter_map(|row| row.return_per_year);
        (tier.to_owned(), color, crate::stats::sorted(returns))
    });
    let x = width_of(&rows);
    let names = rows
        .iter()
        .map(|(name, _, returns)| format!("{name} (n = {})", returns.len()));
    let y = Axis::rows(names);
    let mut marks = vec![Mark::rule(None, palette::INK, (0.0, y.from), (0.0, y.to))];
    for (index, (_, color, returns)) in rows.iter().enumerate() {
        marks.extend(box_marks(-(index as f64) - 0.5, *color, returns, &x));
    }
    Panel {
        heading: "what each tier earned".to_owned(),
        height: 34 * rows.len() as i32,
        x,
        y,
        marks,
    }
}
