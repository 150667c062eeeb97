//! The insurance pool: what comes in, what it pays, and how much of the claimed losses that covers. Drawn where anything is claimed.

use world::rows::EpochRow;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};

/// Whether there is anything to draw.
pub fn is_there(review: &Review) -> bool {
    let mut rows = review.run.epochs.iter();
    rows.any(|row| row.insurance_claimed_base_units > 0)
}

/// The chart.
pub fn figure(review: &Review) -> Figure {
    Figure {
        name: "insurance".to_owned(),
        title: "Insurance: in, out, and losses covered".to_owned(),
        reading: "Fees, slashes and forfeits fill the pool; it pays what customers lost by failed jobs, up to its cover and to a share of \
                  itself a claim. The lower panel sets what it paid against what was claimed in the same month."
            .to_owned(),
        panels: vec![flows(review), balance(review), cover(review)],
    }
}

/// A sum over the epochs of a month.
fn sum(review: &Review, part: &[EpochRow], of: fn(&EpochRow) -> u64) -> f64 {
    review.tokens(part.iter().map(of).sum())
}

fn flows(review: &Review) -> Panel {
    let mut marks = Vec::new();
    let mut ends = vec![0.0];
    for (from, to, part) in review.months() {
        let gap = (to - from) * 0.1;
        let came = sum(review, part, |row| row.insurance_in_base_units);
        let paid = sum(review, part, |row| row.insurance_paid_base_units);
        marks.push(Mark::bar(
            "in",
            palette::GREEN,
            (from + gap, 0.0),
            (to - gap, came),
        ));
        marks.push(Mark::bar(
            "paid",
            palette::VERMILION,
            (from + gap, -paid),
            (to - gap, 0.0),
        ));
        ends.extend([came, -paid]);
    }
    let axis = Axis::from_zero("", Scale::Plain, ends);
    let heading = "tokens into and out of the pool in about 30 days";
    Panel::over_days(heading, review.days(), axis, marks).tall(150)
}

fn balance(review: &Review) -> Panel {
    let points = review.amounts(|row| row.insurance_base_units);
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&points));
    let marks = vec![Mark::line("pool", palette::PURPLE, points).unlisted()];
    Panel::over_days("the pool, tokens", review.days(), axis, marks).tall(120)
}

fn cover(review: &Review) -> Panel {
    let mut marks = Vec::new();
    let mut tops = vec![0.0];
    for (from, to, part) in review.months() {
        let (gap, half) = ((to - from) * 0.1, (to - from) * 0.4);
        let claimed = sum(review, part, |row| row.insurance_claimed_base_units);
        let paid = sum(review, part, |row| row.insurance_paid_base_units);
        let (low, high) = ((from + gap, 0.0), (from + gap + half, claimed));
        marks.push(Mark::bar("claimed", palette::MUTED, low, high));
        let (low, high) = ((to - gap - half, 0.0), (to - gap, paid));
        marks.push(Mark::bar("paid", palette::VERMILION, low, high));
        tops.push(claimed.max(paid));
    }
    let axis = Axis::from_zero("", Scale::Plain, tops);
    let heading = "losses claimed and compensation paid in about 30 days, tokens";
    Panel::over_days(heading, review.days(), axis, marks).tall(150)
}
