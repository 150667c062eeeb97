//! Where money went, in numbers: what moved for each reason, and what each kind of account got, paid and holds.

use crate::charts::{Leg, leg};
use crate::review::Review;
use crate::table::{Cell, Table};

/// What moved for each reason.
pub fn reasons(review: &Review) -> Table {
    let spelled = |name: &str| Cell::text(name.replace('_', " "));
    let rows = review.run.flows.iter().map(|row| {
        let is_paid = !matches!(leg(row.reason), Some(Leg::Aside) | None);
        vec![
            spelled(row.reason),
            Cell::text(row.asset),
            spelled(row.from),
            spelled(row.to),
            Cell::short(review.tokens(row.amount_base_units)),
            Cell::text(if is_paid { "yes" } else { "" }),
        ]
    });
    Table {
        caption: "All money moved over the run, by reason, to and fro not set off",
        columns: vec!["reason", "asset", "from", "to", "tokens", "a payment"],
        rows: rows.collect(),
    }
}

/// What each kind of account got, paid and holds.
pub fn balances(review: &Review) -> Table {
    let rows = review.run.balances.iter().map(|row| {
        let tokens = |amount| Cell::short(review.tokens(amount));
        vec![
            Cell::text(row.account.replace('_', " ")),
            Cell::text(row.asset),
            tokens(row.opening_base_units),
            tokens(row.in_base_units),
            tokens(row.out_base_units),
            tokens(row.closing_base_units),
        ]
    });
    Table {
        caption: "Balances by kind of account, in tokens: opening and in are out and closing",
        columns: vec!["account", "asset", "opening", "in", "out", "closing"],
        rows: rows.collect(),
    }
}

/// The sums of the run that people ask for first.
pub fn sums(review: &Review) -> Table {
    let fees = review.total(|row| row.fees_base_units);
    let fees_provider = review.total(|row| row.fees_provider_base_units);
    let minted = review.total(|row| row.minted_base_units);
    let performance = review.total(|row| row.minted_performance_base_units);
    let treasury = review.total(|row| row.minted_treasury_base_units);
    // In base units: a difference of floats would leave a rest where nothing was paid.
    let contributions = review.total(|row| {
        let others = row.minted_performance_base_units + row.minted_treasury_base_units;
        row.minted_base_units.saturating_sub(others)
    });
    let slashed = review.total(|row| {
        row.slashed_downtime_base_units
            + row.slashed_failed_job_base_units
            + row.slashed_malicious_base_units
    });
    let row = |name: &str, tokens: f64, whole: f64| {
        let share = if whole > 0.0 {
            tokens / whole
        } else {
            f64::NAN
        };
        vec![Cell::text(name), Cell::short(tokens), Cell::percent(share)]
    };
    Table {
        caption: "Where fees and emission went; shares are of the fees or of the coins minted",
        columns: vec!["what", "tokens", "share"],
        rows: vec![
            row("job fees paid", fees, fees),
            row("job fees: to providers", fees_provider, fees),
            row(
                "job fees: platform, treasury, insurance and burn",
                fees - fees_provider,
                fees,
            ),
            row("coins minted", minted, minted),
            row("minted: to participants' rewards", performance, minted),
            row("minted: to the treasury", treasury, minted),
            row("minted: to contributions", contributions, minted),
            row(
                "coins burned, fees and slashes together",
                review.total(|row| row.burned_base_units),
                minted,
            ),
            row("coins slashed", slashed, minted),
        ],
    }
}
