//! Reliability as users feel it: goodput and waiting time.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};
use crate::stats;

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let days = review.days();
    let week = review.epochs_in(7.0);
    let goodput = review.series(|row| row.goodput);
    let mean = review.series(|row| row.wait_mean_h);
    let longest = review.series(|row| row.wait_max_h);
    let mean_axis = Axis::from_zero("", Scale::Plain, ordinates(&mean));
    let longest_axis = Axis::from_zero("", Scale::Plain, ordinates(&longest));
    let smoothed = |label: &str, color, points: Vec<(f64, f64)>| {
        let line = Mark::line(label, color, stats::trailing_mean(&points, week));
        vec![Mark::pale(color, points), line]
    };
    Figure {
        name: "reliability".to_owned(),
        title: "Goodput and waiting time".to_owned(),
        reading: "Goodput is work kept over GPU time held: the rest went to restarts, exchanges and work lost to failures. \
                  Waiting counts from submission to the first start, for jobs first started in the epoch."
            .to_owned(),
        panels: vec![
            Panel::over_days("goodput", days, Axis::share(""), smoothed("mean of the last 7 days", palette::BLUE, goodput)),
            Panel::over_days("mean waiting time, hours", days, mean_axis, smoothed("mean of the last 7 days", palette::ORANGE, mean))
                .tall(150),
            Panel::over_days(
                "longest waiting time, hours",
                days,
                longest_axis,
                vec![Mark::line("longest in the epoch", palette::VERMILION, longest)],
            )
            .tall(150),
        ],
    }
}
