//! Fees, emission and burn in dollars, and whether fees pay for emission.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};
use crate::stats;

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let days = review.days();
    let week = review.epochs_in(7.0);
    let fees = review.series(|row| row.fees_usd);
    let minted = review.series(|row| row.minted_usd);
    let burned = review.series(|row| review.tokens(row.burned_base_units) * row.token_price_usd);
    let money_axis = Axis::from_zero(
        "",
        Scale::Plain,
        [&fees, &minted, &burned]
            .into_iter()
            .flat_map(|points| ordinates(points)),
    );
    let mut money = Vec::new();
    for (name, color, points) in [
        ("job fees", palette::BLUE, fees),
        ("minted", palette::ORANGE, minted),
        ("burned", palette::VERMILION, burned),
    ] {
        money.push(Mark::pale(color, points.clone()));
        money.push(Mark::line(name, color, stats::trailing_mean(&points, week)));
    }
    let ratio: Points = review.series(|row| row.fee_to_emission);
    let smoothed = stats::trailing_mean(&ratio, review.epochs_in(30.0));
    let ratio_axis = Axis::from_zero("", Scale::Plain, ordinates(&ratio).chain([1.0]));
    let cover = vec![
        Mark::rule(
            Some("fees pay for emission above this line"),
            palette::MUTED,
            (0.0, 1.0),
            (days, 1.0),
        ),
        Mark::pale(palette::GREEN, ratio),
        Mark::line("mean of the last 30 days", palette::GREEN, smoothed),
    ];
    Figure {
        name: "fees".to_owned(),
        title: "Fees, emission and burn".to_owned(),
        reading: "Pale lines are single epochs. Below one in the lower panel, the network pays providers more in new coins than it keeps of fees, \
                  and holders carry the difference."
            .to_owned(),
        panels: vec![
            Panel::over_days("USD per epoch; bold: mean of the last 7 days", days, money_axis, money),
            Panel::over_days("protocol's share of fees over value minted", days, ratio_axis, cover).tall(170),
        ],
    }
}
