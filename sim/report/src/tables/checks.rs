//! What sampled verification found.

use world::rows::VerdictRow;

use crate::review::{Review, distinct};
use crate::table::{Cell, Table};

/// The table.
pub fn table(review: &Review) -> Table {
    let verdicts = &review.run.verdicts;
    let row = |behaviour: &'static str| {
        let of = || verdicts.iter().filter(|row| row.behaviour == behaviour);
        let found = |is: fn(&VerdictRow) -> bool| of().filter(|row| is(row)).count();
        let mut caught: Vec<u32> = of()
            .filter(|row| row.confirmed)
            .map(|row| row.provider)
            .collect();
        caught.sort_unstable();
        caught.dedup();
        let planted = review
            .run
            .providers
            .iter()
            .filter(|row| row.behaviour == behaviour)
            .count();
        vec![
            Cell::text(behaviour),
            Cell::count(planted),
            Cell::count(of().count()),
            Cell::count(found(|row| row.first_failed)),
            Cell::count(found(|row| row.confirmed)),
            Cell::count(caught.len()),
        ]
    };
    Table {
        caption: "Checks of work by behaviour. A confirmed failure of an honest provider is a wrong verdict",
        columns: vec![
            "behaviour",
            "providers",
            "checks",
            "first check failed",
            "confirmed",
            "providers confirmed",
        ],
        rows: distinct(verdicts.iter().map(|row| row.behaviour))
            .into_iter()
            .map(row)
            .collect(),
    }
}
