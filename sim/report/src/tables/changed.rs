//! What was tested: parameters that differ from the baseline.

use crate::review::Review;
use crate::table::{Cell, Table};

/// The table.
pub fn table(review: &Review) -> Table {
    let changed = review.run.manifest.changed.iter();
    Table {
        caption: "Parameters that differ from the built-in baseline",
        columns: vec!["parameter", "baseline", "this run"],
        rows: changed
            .map(|change| {
                vec![
                    Cell::text(&change.path),
                    Cell::text(&change.baseline),
                    Cell::text(&change.value),
                ]
            })
            .collect(),
    }
}
