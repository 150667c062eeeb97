//! Steps on the ladder by cause, and who took them.

use std::collections::BTreeMap;

use world::rows::ViolationRow;

use crate::review::Review;
use crate::table::{Cell, Table};

/// The table.
pub fn table(review: &Review) -> Table {
    let mut groups: BTreeMap<(&str, &str), Vec<&ViolationRow>> = BTreeMap::new();
    for row in &review.run.violations {
        groups
            .entry((row.violation, row.behaviour))
            .or_default()
            .push(row);
    }
    let row = |((violation, behaviour), rows): ((&str, &str), Vec<&ViolationRow>)| {
        let rung = |name: &str| Cell::count(rows.iter().filter(|row| row.rung == name).count());
        let mut providers: Vec<u32> = rows.iter().map(|row| row.provider).collect();
        providers.sort_unstable();
        providers.dedup();
        let tokens = |amount: fn(&ViolationRow) -> u64| {
            Cell::short(review.tokens(rows.iter().map(|row| amount(row)).sum()))
        };
        vec![
            Cell::text(violation),
            Cell::text(behaviour),
            Cell::count(providers.len()),
            rung("warning"),
            rung("penalty"),
            rung("severe"),
            tokens(|row| row.slashed_self_base_units),
            tokens(|row| row.slashed_delegated_base_units),
            tokens(|row| row.slashed_unbonding_base_units),
        ]
    };
    Table {
        caption: match review.has_stable_bonds() {
            true => "Steps on the ladder by cause and behaviour; slashes in dollars",
            false => "Steps on the ladder by cause and behaviour; slashes in tokens",
        },
        columns: vec![
            "violation",
            "behaviour",
            "providers",
            "warnings",
            "penalties",
            "severe",
            "from own bond",
            "from delegations",
            "from unbonding",
        ],
        rows: groups.into_iter().map(row).collect(),
    }
}
