//! Supply, and what is minted and burned each epoch.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let supply = review.amounts(|row| row.supply_base_units);
    let circulating = review.amounts(|row| row.circulating_base_units);
    let ceiling = review.amounts(|row| row.emission_ceiling_base_units);
    let minted = review.amounts(|row| row.minted_base_units);
    let burned = review.amounts(|row| row.burned_base_units);

    let stock_axis = Axis::from_zero(
        "",
        Scale::Plain,
        ordinates(&supply).chain(ordinates(&circulating)),
    );
    let flow_axis = Axis::from_zero(
        "",
        Scale::Plain,
        ordinates(&ceiling)
            .chain(ordinates(&minted))
            .chain(ordinates(&burned)),
    );
    let stock = vec![
        Mark::line("in existence", palette::BLUE, supply),
        Mark::line("circulating", palette::ORANGE, circulating),
    ];
    let flow = vec![
        Mark::line("ceiling of the emission rule", palette::MUTED, ceiling),
        Mark::line("minted", palette::BLUE, minted),
        Mark::line("burned (fees and slashes)", palette::VERMILION, burned),
    ];
    Figure {
        name: "supply".to_owned(),
        title: "Supply and emission".to_owned(),
        reading: "Circulating leaves out the treasury, insurance, locked genesis allocations and the reward pool. \
                  What is minted stays at or under the ceiling; the gap between minted and burned is net issuance."
            .to_owned(),
        panels: vec![
            Panel::over_days("tokens", review.days(), stock_axis, stock),
            Panel::over_days("tokens per epoch", review.days(), flow_axis, flow),
        ],
    }
}
