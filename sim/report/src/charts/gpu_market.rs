//! Utilisation and the price of GPU time by kind group.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let days = review.days();
    let mut used = Vec::new();
    let (target, band) = (
        review.settings.ratio("protocol.price.target"),
        review.settings.ratio("protocol.price.band"),
    );
    if let (Some(target), Some(half)) = (target, band) {
        let (low, high) = ((target - half).max(0.0), (target + half).min(1.0));
        used.push(Mark::band(
            "target band, in which the price rests",
            palette::GREEN,
            (0.0, low),
            (days, high),
        ));
    }
    let mut prices = Vec::new();
    for (index, group) in review.groups().into_iter().enumerate() {
        let color = palette::series(index);
        used.push(Mark::line(group, color, review.group_utilisation(group)));
        prices.push((group, color, review.group_multiplier(group)));
    }
    let multipliers = prices
        .iter()
        .flat_map(|(_, _, points)| ordinates(points))
        .chain([1.0]);
    let price_axis = Axis::around("", Scale::Plain, multipliers);
    let mut price_marks = vec![Mark::rule(
        Some("list price"),
        palette::MUTED,
        (0.0, 1.0),
        (days, 1.0),
    )];
    price_marks.extend(
        prices
            .into_iter()
            .map(|(group, color, points)| Mark::line(group, color, points)),
    );
    Figure {
        name: "gpu_market".to_owned(),
        title: "Utilisation and GPU price by kind group".to_owned(),
        reading: "Utilisation is GPU-hours held by jobs over GPU-hours up. The price controller raises the price \
                  above its band and lowers it below; the lower panel is its multiplier on list prices."
            .to_owned(),
        panels: vec![
            Panel::over_days("utilisation", days, Axis::share(""), used),
            Panel::over_days("price over list price (factor; axis does not start at 0)", days, price_axis, price_marks),
        ],
    }
}
