//! Gates of a single run, with the columns that every other face of them has.

use experiment::gates::Verdicts;

use crate::sweep::verdict_cell;
use crate::table::{Cell, Table};

/// The table.
pub fn table(verdicts: &Verdicts) -> Table<String> {
    let mut columns = verdicts.header();
    columns.push("why it is asked".to_owned());
    let rows = verdicts.rows().into_iter().zip(&verdicts.rulings);
    let rows = rows.map(|(row, ruling)| {
        let words = row.into_iter().skip(1).chain([ruling.gate.why.clone()]);
        let verdict = verdict_cell(ruling.verdict);
        std::iter::once(verdict)
            .chain(words.map(Cell::text))
            .collect()
    });
    Table {
        caption: "Gates: point checks of a single run".to_owned(),
        columns,
        rows: rows.collect(),
    }
}
