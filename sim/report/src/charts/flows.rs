//! Where every token went: who was paid in the run, and where all tokens ever minted are at its end.

mod held;
mod paid;

pub use paid::{Leg, leg};

use crate::kit::{Figure, Flow, number};
use crate::review::Review;

/// Nodes that carry less than this share of a column are put together.
const SMALL: f64 = 0.005;

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let mut reading = READING.to_owned();
    let mut small = |flow: &mut Flow| {
        for name in flow.merge_small(SMALL) {
            let is_first = !reading.contains(OTHER);
            reading.push_str(if is_first { OTHER } else { ", " });
            reading.push_str(&name.to_lowercase());
        }
    };
    let (mut paid, mut held) = (paid::flow(review), held::flow(review));
    small(&mut paid);
    small(&mut held);
    if reading.contains(OTHER) {
        reading.push('.');
    }
    let traded: u128 = paid::amount(review, "trade");
    if traded > 0 {
        let traded = number::short(traded as f64 / review.token());
        reading.push_str(&format!(" {traded} tokens changed hands at the market."));
    }
    let paid = paid.panel(
        "paid in the run, tokens: a token that comes round again is counted again",
        400,
        review.token(),
    );
    let held = held.panel(
        "every token ever minted, by where it is at the end: each is counted once",
        320,
        review.token(),
    );
    Figure {
        name: "flows".to_owned(),
        title: "Where every token went".to_owned(),
        reading,
        panels: vec![paid, held],
    }
}

const READING: &str = "Widths are amounts, and every column of a panel has the same sum. Above: new coins, what customers spent \
                       (less refunds) and what was slashed or forfeited, by who got it. What stays with its owner is left out: trades \
                       at the market, bonds, delegations and their return. Below: genesis and emission against balances at the end. \
                       Tokens are alike, so no band joins a source to an end directly.";

const OTHER: &str = " Other, under 0.5 % each: ";
