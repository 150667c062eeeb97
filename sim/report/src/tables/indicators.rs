//! Key indicators: the metrics of the run.

use experiment::results::{Better, MetricValue};

use crate::kit::number;
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
        vec![
            Cell::text(metric.name),
            Cell::spelled(metric.value, number::short(metric.value)),
            Cell::text(metric.unit),
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
