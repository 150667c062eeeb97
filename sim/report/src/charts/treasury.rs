//! Treasury, insurance and slash escrow.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let days = review.days();
    let treasury = review.amounts(|row| row.treasury_base_units);
    let insurance = review.amounts(|row| row.insurance_base_units);
    let escrow = review.amounts(|row| row.slash_escrow_base_units);
    let panel = |heading: &str, color, points: Vec<(f64, f64)>| {
        let axis = Axis::from_zero("", Scale::Plain, ordinates(&points));
        Panel::over_days(
            heading,
            days,
            axis,
            vec![Mark::line(heading, color, points).unlisted()],
        )
        .tall(130)
    };
    Figure {
        name: "treasury".to_owned(),
        title: "Treasury, insurance and slash escrow".to_owned(),
        reading: "Balances at the close of each epoch, each on a scale of its own. The escrow holds what was slashed until \
                  its victims, the reporter and the pools are paid."
            .to_owned(),
        panels: vec![
            panel("treasury, tokens", palette::BLUE, treasury),
            panel("insurance pool, tokens", palette::GREEN, insurance),
            panel(&format!("slash escrow, {}", review.bond_unit()), palette::VERMILION, escrow),
        ],
    }
}
