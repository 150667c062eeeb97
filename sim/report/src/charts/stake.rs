//! How much of the coin secures the network.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let days = review.days();
    let staked = review.series(|row| row.staked_ratio);
    let target = review.settings.ratio("protocol.scaling.staked_target");
    let axis = Axis::from_zero("", Scale::Percent, ordinates(&staked).chain(target));
    let mut marks = Vec::new();
    if let Some(target) = target {
        marks.push(Mark::rule(
            Some("target"),
            palette::MUTED,
            (0.0, target),
            (days, target),
        ));
    }
    marks.push(Mark::line("staked ratio", palette::BLUE, staked));

    let bonded = review.amounts(|row| row.bonded_base_units);
    let both: Points = review.amounts(|row| row.bonded_base_units + row.delegated_base_units);
    let zero = review.series(|_| 0.0);
    let stack_axis = Axis::from_zero("", Scale::Plain, ordinates(&both));
    let stack = vec![
        Mark::area("bonds of providers", palette::BLUE, &zero, &bonded),
        Mark::area("delegations", palette::SKY, &bonded, &both),
    ];
    Figure {
        name: "stake".to_owned(),
        title: "Staked ratio, bonds and delegations".to_owned(),
        reading: match review.has_stable_bonds() {
            true => "The staked ratio is the tokens that bonds and delegations would buy over circulating supply: they are dollars, and a \
                     falling price asks for no more of them.",
            false => "The staked ratio is bonds and delegations over circulating supply. Bonds are sized in dollars, so a falling price \
                      asks for more tokens.",
        }
        .to_owned(),
        panels: vec![
            Panel::over_days("share of circulating supply", days, axis, marks),
            Panel::over_days(review.bond_unit(), days, stack_axis, stack).tall(170),
        ],
    }
}
