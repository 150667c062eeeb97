//! Jobs submitted, finished and waiting, and what failures cost them.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};
use crate::stats;

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let days = review.days();
    let week = review.epochs_in(7.0);
    let submitted = stats::trailing_mean(&review.series(|row| f64::from(row.jobs_submitted)), week);
    let finished = stats::trailing_mean(&review.series(|row| f64::from(row.jobs_finished)), week);
    let waiting = review.series(|row| f64::from(row.jobs_waiting));
    let interrupted = review.series(|row| f64::from(row.jobs_interrupted));
    let abandoned = review.series(|row| f64::from(row.jobs_abandoned));
    let flow_axis = Axis::from_zero(
        "",
        Scale::Plain,
        ordinates(&submitted).chain(ordinates(&finished)),
    );
    let waiting_axis = Axis::from_zero("", Scale::Plain, ordinates(&waiting));
    let interrupted_axis = Axis::from_zero(
        "",
        Scale::Plain,
        ordinates(&interrupted).chain(ordinates(&abandoned)),
    );
    Figure {
        name: "jobs".to_owned(),
        title: "Jobs".to_owned(),
        reading: "A queue that keeps growing means that demand is above what the fleet can carry, and waiting times of later \
                  jobs are then only a lower bound."
            .to_owned(),
        panels: vec![
            Panel::over_days(
                "jobs per epoch, mean of the last 7 days",
                days,
                flow_axis,
                vec![Mark::line("submitted", palette::SKY, submitted), Mark::line("finished", palette::BLUE, finished)],
            ),
            Panel::over_days(
                "jobs waiting at the close of the epoch",
                days,
                waiting_axis,
                vec![Mark::line("waiting", palette::ORANGE, waiting).unlisted()],
            )
            .tall(150),
            Panel::over_days(
                "jobs per epoch",
                days,
                interrupted_axis,
                vec![
                    Mark::line("interruptions by failures", palette::VERMILION, interrupted),
                    Mark::line("withdrawn while waiting", palette::PURPLE, abandoned),
                ],
            )
            .tall(150),
        ],
    }
}
