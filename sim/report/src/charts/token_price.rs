//! The token's price and the average that sizes bonds.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let price = review.series(|row| row.token_price_usd);
    let smoothed = review.series(|row| row.token_price_smoothed_usd);
    let axis = Axis::from_zero(
        "",
        Scale::Plain,
        ordinates(&price).chain(ordinates(&smoothed)),
    );
    let marks = vec![
        Mark::line("price of the epoch", palette::SKY, price),
        Mark::line(
            "moving average, used to size bonds",
            palette::BLUE,
            smoothed,
        ),
    ];
    Figure {
        name: "token_price".to_owned(),
        title: "Token price".to_owned(),
        reading: "One path of a random price: another seed gives another one. Nothing here forecasts a price.".to_owned(),
        panels: vec![Panel::over_days("USD per token", review.days(), axis, marks).tall(240)],
    }
}
