//! Whether fees carry the network: fees against emission, burn, treasury.

use crate::kit::number;
use crate::review::Review;
use crate::table::{Cell, Table};
use world::rows::EpochRow;

/// The table.
pub fn table(review: &Review) -> Table {
    let epochs = &review.run.epochs;
    let usd = |value: fn(&EpochRow) -> f64| epochs.iter().map(value).sum::<f64>();
    let ends = |amount: fn(&EpochRow) -> u64| {
        let at = |row: Option<&EpochRow>| row.map_or(f64::NAN, |row| review.tokens(amount(row)));
        (at(epochs.first()), at(epochs.last()))
    };
    let (fees, minted) = (usd(|row| row.fees_usd), usd(|row| row.minted_usd));
    let kept: f64 = epochs
        .iter()
        .map(|row| {
            review.tokens(
                row.fees_base_units
                    .saturating_sub(row.fees_provider_base_units),
            ) * row.token_price_usd
        })
        .sum();
    let net = review.total(|row| row.minted_base_units) - review.total(|row| row.burned_base_units);
    let (treasury_from, treasury_to) = ends(|row| row.treasury_base_units);
    let (supply, _) = ends(|row| row.circulating_base_units);
    let row = |name: &str, value: f64, text: String, meaning: &str| {
        vec![
            Cell::text(name),
            Cell::spelled(value, text),
            Cell::text(meaning),
        ]
    };
    let money = |name: &str, value: f64, meaning: &str| {
        row(
            name,
            value,
            format!("{} USD", number::short(value)),
            meaning,
        )
    };
    let tokens = |name: &str, value: f64, meaning: &str| {
        row(
            name,
            value,
            format!("{} tokens", number::short(value)),
            meaning,
        )
    };
    Table {
        caption: "Fees against emission over the run",
        columns: vec!["quantity", "value", "meaning"],
        rows: vec![
            money("job fees", fees, "paid by customers, before the split"),
            money(
                "kept by the protocol",
                kept,
                "platform, treasury, burn and insurance shares of the fees",
            ),
            money("minted", minted, "at each epoch's price"),
            row(
                "minted over fees",
                minted / fees,
                number::percent(minted / fees),
                "how much of the income is new coins",
            ),
            row(
                "kept over minted",
                kept / minted,
                number::fixed(kept / minted, 2),
                "above one, fees pay for emission",
            ),
            tokens("net issuance", net, "minted less burned"),
            row(
                "net issuance over circulating",
                net / supply,
                number::percent(net / supply),
                "against the first epoch's circulating supply",
            ),
            tokens(
                "treasury, change",
                treasury_to - treasury_from,
                "from the first close to the last",
            ),
        ],
    }
}
