//! Stake of customers: who reached which tier, what they staked and what it saved them. Drawn where any customer has a tier.

use plotters::style::RGBColor;
use world::rows::EpochRow;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};
use crate::stats;

/// A part of the stack of tiers: name, count, colour.
type Part = (&'static str, fn(&EpochRow) -> u32, RGBColor);

const TIERS: [Part; 3] = [
    ("tier 3", |row| row.users_tier_3, palette::BLUE),
    ("tier 2", |row| row.users_tier_2, palette::SKY),
    ("tier 1", |row| row.users_tier_1, palette::GREEN),
];

/// Whether there is anything to draw.
pub fn is_there(review: &Review) -> bool {
    let mut rows = review.run.epochs.iter();
    rows.any(|row| TIERS.iter().any(|(_, count, _)| count(row) > 0))
}

/// The chart.
pub fn figure(review: &Review) -> Figure {
    Figure {
        name: "users".to_owned(),
        title: "Customers' stake: tiers, stake and discounts".to_owned(),
        reading: "Customers with an account of their own; those in no tier are not drawn. A customer stakes while the discount of a tier \
                  saves more than its stake would yield elsewhere. Discounts come out of what platform and treasury get of the fees."
            .to_owned(),
        panels: vec![tiers(review), stake(review), discounts(review)],
    }
}

fn tiers(review: &Review) -> Panel {
    let mut lower = review.series(|_| 0.0);
    let mut marks = Vec::new();
    for (name, count, color) in TIERS {
        let add = |((day, low), row): (&(f64, f64), &EpochRow)| (*day, low + f64::from(count(row)));
        let upper: Points = lower.iter().zip(&review.run.epochs).map(add).collect();
        marks.push(Mark::area(name, color, &lower, &upper));
        lower = upper;
    }
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&lower));
    Panel::over_days("customers in a tier", review.days(), axis, marks).tall(150)
}

fn stake(review: &Review) -> Panel {
    let points = review.amounts(|row| row.user_stake_base_units);
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&points));
    let marks = vec![Mark::line("stake", palette::PURPLE, points).unlisted()];
    Panel::over_days("stake of users, tokens", review.days(), axis, marks).tall(120)
}

fn discounts(review: &Review) -> Panel {
    let share = |row: &EpochRow| {
        let rebates = row.rebates_base_units as f64;
        rebates / (rebates + row.fees_base_units as f64)
    };
    let points: Points = review
        .series(share)
        .into_iter()
        .filter(|(_, share)| share.is_finite())
        .collect();
    let smoothed = stats::trailing_mean(&points, review.epochs_in(7.0));
    let axis = Axis::from_zero("", Scale::Percent, ordinates(&points));
    let marks = vec![
        Mark::pale(palette::ORANGE, points),
        Mark::line("mean of the last 7 days", palette::ORANGE, smoothed),
    ];
    let heading = "discounts over job fees before them";
    Panel::over_days(heading, review.days(), axis, marks).tall(120)
}
