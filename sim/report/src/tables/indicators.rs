//! Key indicators: the metrics of the run.

use experiment::results::{Better, MetricValue};

use crate::review::Review;
use crate::table::{Cell, Table};

/// The table.
pub fn table(review: &Review) -> Table {
    let row = |metric: &MetricValue| {
        let better = match metric.better {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "",
        };
        let (value, unit) = match metric.unit {
            "1/y" => (Cell::percent(metric.value), "a year"),
            unit => (Cell::short(metric.value), unit),
        };
        vec![
            Cell::text(metric.name),
            value,
            Cell::text(unit),
            Cell::text(better),
            Cell::text(metric.doc),
        ]
    };
    Table {
        caption: "Key indicators of this run",
        columns: vec!["indicator", "value", "unit", "better", "meaning"],
        rows: review.run.metrics.iter().map(row).collect(),
    }
}
