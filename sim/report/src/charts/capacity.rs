//! GPUs that are up, by kind.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let mut marks = Vec::new();
    let mut lower: Points = review.series(|_| 0.0);
    for (index, kind) in review.kinds().into_iter().enumerate() {
        let up = review.kind_series(kind, |row| row.up_gpus);
        let upper: Points = lower
            .iter()
            .zip(&up)
            .map(|((day, low), (_, gpus))| (*day, low + gpus))
            .collect();
        marks.push(Mark::area(kind, palette::series(index), &lower, &upper));
        lower = upper;
    }
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&lower));
    Figure {
        name: "capacity".to_owned(),
        title: "Capacity by GPU kind".to_owned(),
        reading: "GPUs of providers in business that were up, on average over each epoch."
            .to_owned(),
        panels: vec![Panel::over_days("GPUs up", review.days(), axis, marks).tall(240)],
    }
}
