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
    let heading = "network factors on the budget (axis does not start at 0)";
    let mut panels = vec![panel(heading, review.days(), &network)];
    panels.extend(
        review
            .groups()
            .into_iter()
            .map(|group| scarcity(review, group)),
    );
    Figure {
        name: "scaling".to_owned(),
        title: "Dynamic reward scaling".to_owned(),
        reading: "The network factors multiply the emission budget of an epoch; their product is clamped. Scarcity \
                  only shifts the same budget between GPU kinds. A flat line at an end of its range is a controller at its clamp."
            .to_owned(),
        panels,
    }
}

/// Scarcity factors of the kinds of one group: six lines in one panel would hide each other.
fn scarcity(review: &Review, group: &str) -> Panel {
    let mut lines: Vec<Path> = Vec::new();
    for (index, kind) in review.kinds_of(group).into_iter().enumerate() {
        let factors = review.kind_series(kind, |row| row.factor_scarcity);
        lines.push((kind, palette::series(index), factors));
    }
    let heading = format!("scarcity factor, {group} kinds (axis does not start at 0)");
    panel(&heading, review.days(), &lines).tall(150)
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
