//! Capacity, utilisation and price of each GPU kind.

use crate::review::{Review, ordinates};
use crate::stats;
use crate::table::{Cell, Table};
use world::rows::KindRow;

/// The table.
pub fn table(review: &Review) -> Table {
    let row = |kind: &'static str| {
        let series = |value: fn(&KindRow) -> f64| -> Vec<f64> {
            ordinates(&review.kind_series(kind, value)).collect()
        };
        let price = series(|row| row.price_usd_per_gpu_h);
        let (first, last) = (price.first().copied(), price.last().copied());
        vec![
            Cell::text(kind),
            Cell::short(stats::mean(&series(|row| row.up_gpus))),
            Cell::percent(stats::mean(&series(|row| row.utilisation))),
            Cell::fixed(first.unwrap_or(f64::NAN), 3),
            Cell::fixed(stats::mean(&price), 3),
            Cell::fixed(last.unwrap_or(f64::NAN), 3),
            Cell::fixed(stats::mean(&series(|row| row.factor_scarcity)), 3),
            Cell::fixed(stats::mean(&series(|row| row.demand_factor)), 3),
        ]
    };
    Table {
        caption: "GPU kinds: means over the epochs; prices in USD per GPU-hour",
        columns: vec![
            "kind",
            "GPUs up",
            "utilisation",
            "first price",
            "mean price",
            "last price",
            "scarcity factor",
            "demand over reference",
        ],
        rows: review.kinds().into_iter().map(row).collect(),
    }
}
