//! Assumptions that carry most weight: numbers that nobody has published, and on which the result leans.

use crate::review::Review;
use crate::table::{Cell, Table};

/// Paths of a scenario, each with why it matters. The choice is an editor's, not a sensitivity analysis.
const ASSUMPTIONS: [(&str, &str); 10] = [
    (
        "jobs.load.consumer",
        "demand for consumer cards; returns follow utilisation almost in proportion",
    ),
    (
        "jobs.load.datacentre",
        "demand for data-centre cards, likewise",
    ),
    (
        "jobs.elasticity",
        "how demand answers to price; sets whether a lower price fills the fleet or only cuts income",
    ),
    (
        "market.price",
        "coin price at the start; emission is worth this much",
    ),
    (
        "market.volatility",
        "the price is a random process that no rule of the token moves",
    ),
    (
        "market.sell_rewards",
        "how much of the rewards reaches the market",
    ),
    (
        "protocol.emission.per_epoch",
        "what the network adds to fees",
    ),
    (
        "protocol.fees.provider",
        "what customers' fees leave to providers",
    ),
    (
        "delegation.yield_required",
        "when delegators come and go; moves the staked ratio",
    ),
    (
        "entry.return_required",
        "when new providers come; caps returns in the long run",
    ),
];

/// The table.
pub fn table(review: &Review) -> Table {
    let row = |(path, why): &(&'static str, &'static str)| {
        let value = review.settings.text(path)?;
        Some(vec![Cell::text(*path), Cell::text(value), Cell::text(*why)])
    };
    Table {
        caption: "Assumptions that matter most; scenarios/ASSUMPTIONS.md has them all, with sources",
        columns: vec!["parameter", "value", "why it matters"],
        rows: ASSUMPTIONS.iter().filter_map(row).collect(),
    }
}
