//! Treasury, insurance and slash escrow.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let days = review.days();
    let treasury = review.amounts(|row| row.treasury_base_units);
    let insurance = review.amounts(|row| row.insurance_base_units);
    let escrow = review.amounts(|row| row.slash_escrow_base_units);
    let treasury_axis = Axis::from_zero("", Scale::Plain, ordinates(&treasury));
    let pools_axis = Axis::from_zero("", Scale::Plain, ordinates(&insurance).chain(ordinates(&escrow)));
    let pools = vec![
        Mark::line("insurance pool", palette::GREEN, insurance),
        Mark::line("slash escrow", palette::VERMILION, escrow),
    ];
    Figure {
        name: "treasury",
        title: "Treasury and insurance",
        reading: "Balances at the close of each epoch, on scales of their own.".to_owned(),
        panels: vec![
            Panel::over_days("treasury, tokens", days, treasury_axis, vec![Mark::line("treasury", palette::BLUE, treasury).unlisted()])
                .tall(170),
            Panel::over_days("other pools, tokens", days, pools_axis, pools).tall(170),
        ],
    }
}
