//! Providers in business by class, entries and exits.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{CLASSES, Points, Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let counts = [
        review.series(|row| f64::from(row.providers_individual)),
        review.series(|row| f64::from(row.providers_edge)),
        review.series(|row| f64::from(row.providers_datacentre)),
    ];
    let total = review.series(|row| {
        f64::from(row.providers_individual + row.providers_edge + row.providers_datacentre)
    });
    let mut stack = Vec::new();
    let mut lower: Points = total.iter().map(|(day, _)| (*day, 0.0)).collect();
    for (class, points) in counts.iter().enumerate() {
        let upper: Points = lower
            .iter()
            .zip(points)
            .map(|((day, low), (_, count))| (*day, low + count))
            .collect();
        stack.push(Mark::area(
            CLASSES[class],
            palette::series(class),
            &lower,
            &upper,
        ));
        lower = upper;
    }
    let changes: Vec<Mark> = (0..3)
        .map(|class| {
            let start = counts[class]
                .first()
                .map_or(0.0, |(_, count)| *count)
                .max(1.0);
            let points = counts[class]
                .iter()
                .map(|(day, count)| (*day, count / start - 1.0))
                .collect();
            Mark::line(CLASSES[class], palette::series(class), points)
        })
        .collect();
    let change_axis = Axis::from_zero(
        "",
        Scale::Percent,
        counts.iter().flat_map(|points| relative(points)),
    );
    Figure {
        name: "providers".to_owned(),
        title: "Providers in business".to_owned(),
        reading: "Providers enter when the return they expect is high enough, and leave when their cash margin stays \
                  negative. Small classes hardly show in the stack, so the middle panel shows each against its own start."
            .to_owned(),
        panels: vec![
            Panel::over_days("providers by class", review.days(), Axis::from_zero("", Scale::Plain, ordinates(&total)), stack),
            Panel::over_days("change since the first epoch, by class", review.days(), change_axis, changes).tall(150),
            movements(review),
        ],
    }
}

fn relative(points: &[(f64, f64)]) -> Vec<f64> {
    let start = points.first().map_or(0.0, |(_, count)| *count).max(1.0);
    ordinates(points).map(|count| count / start - 1.0).collect()
}

fn movements(review: &Review) -> Panel {
    let mut marks = Vec::new();
    let mut ends = vec![0.0];
    for (from, to, part) in review.months() {
        let gap = (to - from) * 0.1;
        let entries: f64 = part.iter().map(|row| f64::from(row.entries)).sum();
        let exits: f64 = part.iter().map(|row| f64::from(row.exits)).sum();
        marks.push(Mark::bar(
            "entries",
            palette::GREEN,
            (from + gap, 0.0),
            (to - gap, entries),
        ));
        marks.push(Mark::bar(
            "exits",
            palette::VERMILION,
            (from + gap, -exits),
            (to - gap, 0.0),
        ));
        ends.extend([entries, -exits]);
    }
    let axis = Axis::from_zero("", Scale::Plain, ends);
    marks.push(Mark::line("", palette::INK, vec![(0.0, 0.0), (review.days(), 0.0)]).unlisted());
    Panel::over_days(
        "providers entering and leaving in about 30 days",
        review.days(),
        axis,
        marks,
    )
    .tall(150)
}
