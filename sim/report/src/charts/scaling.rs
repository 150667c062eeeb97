//! Every reward-scaling factor's path.

use plotters::style::RGBColor;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};

/// A factor's name, colour and values.
type Path<'n> = (&'n str, RGBColor, Points);

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let network = [
        (
            "demand",
            palette::ORANGE,
            review.series(|row| row.factor_demand),
        ),
        (
            "market",
            palette::GREEN,
            review.series(|row| row.factor_market),
        ),
        (
            "staked ratio",
            palette::PURPLE,
            review.series(|row| row.factor_staked),
        ),
        (
            "product after its clamp",
            palette::BLUE,
            review.series(|row| row.factor_product),
        ),
    ];
    let kinds = review.kinds();
    let scarcity: Vec<_> = kinds
        .iter()
        .enumerate()
        .map(|(index, kind)| {
            (
                *kind,
                palette::series(index),
                review.kind_series(kind, |row| row.factor_scarcity),
            )
        })
        .collect();
    Figure {
        name: "scaling",
        title: "Dynamic reward scaling",
        reading: "The network factors multiply the emission budget of an epoch; their product is clamped. Scarcity \
                  only shifts the same budget between GPU kinds. A flat line at an end of its range is a controller at its clamp."
            .to_owned(),
        panels: vec![
            panel("network factors on the budget (axis does not start at 0)", review.days(), &network),
            panel("scarcity factor by GPU kind (axis does not start at 0)", review.days(), &scarcity),
        ],
    }
}

fn panel(heading: &str, days: f64, lines: &[Path]) -> Panel {
    let values = lines
        .iter()
        .flat_map(|(_, _, points)| ordinates(points))
        .chain([1.0]);
    let axis = Axis::around("", Scale::Plain, values);
    let mut marks = vec![Mark::rule(None, palette::MUTED, (0.0, 1.0), (days, 1.0))];
    marks.extend(
        lines
            .iter()
            .map(|(name, color, points)| Mark::line(name, *color, points.clone())),
    );
    Panel::over_days(heading, days, axis, marks)
}
