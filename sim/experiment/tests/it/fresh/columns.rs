//! `scenarios/COLUMNS.md`: what the columns of a run's tables mean.

use std::fmt::Write;

use world::rows::{
    BalanceRow, ContributionRow, EpochRow, FlowRow, JobRow, KindRow, PostingRow, ProposalRow,
    ProviderRow, RoleRow, StandingRow, VerdictRow, ViolationRow,
};
use world::table::{Column, Row};

use super::assert_fresh;

const HEAD: &str = "\
# Columns

Tables that a run writes to `tables/`, as Parquet or CSV. Generated from the row structs (`sim/world/src/rows.rs`) by
`cargo xtask generate`.

Names carry their unit last. Coin amounts are in base units (`protocol.supply.decimals` says how many make a coin); dollars
are for reading only.
";

#[test]
fn the_column_reference_is_the_row_structs() {
    let mut text = HEAD.to_owned();
    table::<EpochRow>(&mut text);
    table::<KindRow>(&mut text);
    table::<ProviderRow>(&mut text);
    table::<JobRow>(&mut text);
    table::<VerdictRow>(&mut text);
    table::<ViolationRow>(&mut text);
    table::<StandingRow>(&mut text);
    table::<ContributionRow>(&mut text);
    table::<ProposalRow>(&mut text);
    table::<RoleRow>(&mut text);
    table::<FlowRow>(&mut text);
    table::<BalanceRow>(&mut text);
    table::<PostingRow>(&mut text);
    assert_fresh("COLUMNS.md", &text);
}

fn table<R: Row>(text: &mut String) {
    let _ = write!(
        text,
        "\n## {}\n\n| column | type | meaning |\n|---|---|---|\n",
        R::TABLE
    );
    for (doc, column) in R::COLUMNS.iter().zip(R::columns(&[])) {
        let kind = match column {
            Column::U32(_) => "u32",
            Column::U64(_) => "u64",
            Column::F64(_) => "f64",
            Column::Bool(_) => "bool",
            Column::Text(_) => "text",
            Column::MaybeU32(_) => "u32 or null",
            Column::MaybeF64(_) => "f64 or null",
        };
        let _ = writeln!(text, "| `{}` | {kind} | {} |", doc.name, doc.doc.trim());
    }
}
