//! Every controller's range over the run, and how long it sat at an end of its legal range.

use crate::review::{Points, Review, ordinates};
use crate::stats;
use crate::table::{Cell, Table};

/// A controller: name, path of its smallest and of its largest value in a scenario, its path over the run.
type Controller = (String, String, String, Points);

/// The table.
pub fn table(review: &Review) -> Table {
    let row = |controller: &Controller| {
        let values = stats::sorted(ordinates(&controller.3));
        vec![
            Cell::text(&controller.0),
            Cell::fixed(stats::quantile(&values, 0.0), 3),
            Cell::fixed(stats::mean(&values), 3),
            Cell::fixed(stats::quantile(&values, 1.0), 3),
            Cell::fixed(ordinates(&controller.3).last().unwrap_or(f64::NAN), 3),
            Cell::percent(clamped_share(review, controller)),
        ]
    };
    Table {
        caption: "Controllers over the run. At a clamp: share of epochs at the floor or the cap of its range",
        columns: vec![
            "controller",
            "lowest",
            "mean",
            "highest",
            "last",
            "at a clamp",
        ],
        rows: controllers(review).iter().map(row).collect(),
    }
}

/// Names of the controllers that sat at a clamp for more than `share` of the epochs, with that share.
pub fn clamped(review: &Review, share: f64) -> Vec<(String, f64)> {
    let all = controllers(review).into_iter().map(|controller| {
        let clamped = clamped_share(review, &controller);
        (controller.0, clamped)
    });
    all.filter(|(_, clamped)| *clamped > share).collect()
}

fn controllers(review: &Review) -> Vec<Controller> {
    let scaling = |name: &str| {
        (
            format!("protocol.scaling.{name}.floor"),
            format!("protocol.scaling.{name}.cap"),
        )
    };
    let mut all = Vec::new();
    let mut add = |name: String, (floor, cap): (String, String), points: Points| {
        all.push((name, floor, cap, points))
    };
    add(
        "reward: demand".to_owned(),
        scaling("demand"),
        review.series(|row| row.factor_demand),
    );
    add(
        "reward: market".to_owned(),
        scaling("market"),
        review.series(|row| row.factor_market),
    );
    add(
        "reward: staked ratio".to_owned(),
        scaling("staked"),
        review.series(|row| row.factor_staked),
    );
    let ends = (
        "protocol.scaling.product_floor".to_owned(),
        "protocol.scaling.product_cap".to_owned(),
    );
    add(
        "reward: product".to_owned(),
        ends,
        review.series(|row| row.factor_product),
    );
    for kind in review.kinds() {
        add(
            format!("scarcity: {kind}"),
            scaling("scarcity"),
            review.kind_series(kind, |row| row.factor_scarcity),
        );
    }
    for group in review.groups() {
        let ends = (
            "protocol.price.floor".to_owned(),
            "protocol.price.cap".to_owned(),
        );
        add(
            format!("GPU price: {group}"),
            ends,
            review.group_multiplier(group),
        );
    }
    all
}

/// Share of epochs at an end of the range; NaN where the scenario does not say the range, and where its ends meet: that switches the
/// controller off.
fn clamped_share(review: &Review, (_, floor, cap, points): &Controller) -> f64 {
    let (Some(floor), Some(cap)) = (review.settings.ratio(floor), review.settings.ratio(cap))
    else {
        return f64::NAN;
    };
    const NEAR: f64 = 1e-6;
    if cap - floor < NEAR {
        return f64::NAN;
    }
    let at_end = |value: &f64| *value <= floor + NEAR || *value >= cap - NEAR;
    ordinates(points).filter(at_end).count() as f64 / points.len() as f64
}
