//! The queue at the exit: how long it is, how long one waits in it, and what its limit lets out. Drawn where a churn limit rules.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};

/// Whether there is anything to draw.
pub fn is_there(review: &Review) -> bool {
    let rule = review.settings.text("protocol.bond.unbonding");
    rule.as_deref() == Some("queue") && !review.run.epochs.is_empty()
}

/// The chart.
pub fn figure(review: &Review) -> Figure {
    Figure {
        name: "unbonding".to_owned(),
        title: "The unbonding queue: length, waiting time and what leaves".to_owned(),
        reading: "Who unbonds waits for the delay, and then in the queue until the churn limit lets it out, first come first served. The waiting \
                  time is that of the oldest that is still there, beyond its delay."
            .to_owned(),
        panels: vec![length(review), wait(review), leaving(review)],
    }
}

fn length(review: &Review) -> Panel {
    let zero = review.series(|_| 0.0);
    let queued = review.amounts(|row| row.unbonding_waiting_base_units);
    let all = review.amounts(|row| row.unbonding_base_units);
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&all));
    let marks = vec![
        Mark::area(
            "due, kept back by the limit",
            palette::VERMILION,
            &zero,
            &queued,
        ),
        Mark::area("within the delay", palette::SKY, &queued, &all),
    ];
    let heading = format!("unbonding, {}", review.bond_unit());
    Panel::over_days(&heading, review.days(), axis, marks).tall(150)
}

fn wait(review: &Review) -> Panel {
    let points = review.series(|row| review.epochs_as_days(row.unbonding_wait_epochs));
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&points));
    let marks = vec![Mark::line("wait", palette::VERMILION, points).unlisted()];
    Panel::over_days(
        "days that the oldest is overdue",
        review.days(),
        axis,
        marks,
    )
    .tall(120)
}

fn leaving(review: &Review) -> Panel {
    let left: Points = review
        .run
        .epochs
        .iter()
        .map(|row| {
            let stays = row.bonded_base_units + row.delegated_base_units;
            let share = row.matured_base_units as f64 / stays as f64;
            (review.day(row.epoch), share)
        })
        .filter(|(_, share)| share.is_finite())
        .collect();
    let limit = review.settings.ratio("protocol.bond.churn_max");
    let axis = Axis::from_zero("", Scale::Percent, ordinates(&left).chain(limit));
    let mut marks = Vec::new();
    if let Some(limit) = limit {
        let ends = [(0.0, limit), (review.days(), limit)];
        let name = Some("churn limit, where it is above its floor");
        marks.push(Mark::rule(name, palette::MUTED, ends[0], ends[1]));
    }
    marks.push(Mark::line("left", palette::BLUE, left).unlisted());
    let heading = "left in an epoch, over bonds and delegations";
    Panel::over_days(heading, review.days(), axis, marks).tall(120)
}
