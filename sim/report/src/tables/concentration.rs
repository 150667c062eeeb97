//! How concentrated GPUs, bonds and income are.

use world::rows::ProviderRow;

use crate::review::Review;
use crate::stats;
use crate::table::{Cell, Table};

/// The table.
pub fn table(review: &Review) -> Table {
    let row = |name: &str, value: fn(&ProviderRow) -> f64| {
        let held: Vec<f64> = review
            .run
            .providers
            .iter()
            .map(|row| value(row).max(0.0))
            .collect();
        let sorted = stats::sorted(held.iter().copied());
        let top = sorted.len().div_ceil(100);
        let whole: f64 = sorted.iter().sum();
        let of_top: f64 = sorted.iter().rev().take(top).sum();
        vec![
            Cell::text(name),
            Cell::fixed(stats::gini(&stats::lorenz(held.iter().copied())), 3),
            Cell::fixed(stats::hhi(&held), 4),
            Cell::count(stats::nakamoto(&held, 1.0 / 3.0)),
            Cell::count(stats::nakamoto(&held, 0.5)),
            Cell::percent(of_top / whole),
        ]
    };
    Table {
        caption: "Concentration over all providers of the run. Nakamoto: how many of the largest hold more than the share together",
        columns: vec![
            "what",
            "Gini",
            "HHI",
            "Nakamoto 1/3",
            "Nakamoto 1/2",
            "held by the top 1 %",
        ],
        rows: vec![
            row("GPUs", |row| f64::from(row.gpus)),
            row("bond at entry", |row| row.bond_usd),
            row("job fees", |row| row.revenue_usd),
            row("rewards", |row| row.rewards_usd),
        ],
    }
}
