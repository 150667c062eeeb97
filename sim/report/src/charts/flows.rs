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

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use experiment::gates::Verdicts;
    use experiment::recording::record;
    use experiment::results::RunResult;
    use experiment::run::Audit;
    use experiment::scenario::{Overrides, Scenario, Start};

    use super::*;

    /// The minimal scenario with providers that are slashed.
    fn run() -> RunResult {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/minimal.toml");
        let set = ["behaviour.lazy=20 %", "verification.challenge_rate=40 %"];
        let overrides = Overrides {
            set: set.map(str::to_owned).to_vec(),
            seed: None,
        };
        let scenario = Scenario::load(Start::File(file.as_ref()), &overrides).unwrap();
        let mut go_on = |_, _| ControlFlow::Continue(());
        record(&scenario, Audit::End, None, &mut go_on).unwrap_or_else(|_| panic!("it runs"))
    }

    #[test]
    fn a_run_loses_nothing_between_the_columns_and_its_pools_hold_what_they_kept() {
        let run = run();
        let verdicts = Verdicts {
            name: String::new(),
            confidence: 0.95,
            points: Vec::new(),
            rulings: Vec::new(),
            allows_undecided: false,
        };
        let review = Review::new(&run, &verdicts);
        let closing = |accounts: &[&str]| -> u128 {
            let rows = run.balances.iter();
            let rows = rows.filter(|row| accounts.contains(&row.account));
            rows.map(|row| u128::from(row.closing_base_units)).sum()
        };
        let (mut paid, mut held) = (paid::flow(&review), held::flow(&review));
        let pools = closing(&["reward_pool", "job_escrow", "slash_escrow"]);
        assert_eq!(paid.carried(2, "Still in pools"), pools);
        assert!(paid.carried(0, "Slashed, forfeited") > 0);
        for flow in [&mut paid, &mut held] {
            for _ in 0..2 {
                let sums = flow.sums();
                assert!(sums[0] > 0 && sums == [sums[0]; 3], "{sums:?}");
                assert!(flow.leaks().is_empty(), "{:?}", flow.leaks());
                flow.merge_small(SMALL);
            }
        }
        let burned = paid.carried(2, "Burned");
        assert_eq!(
            held.sums()[0] - burned,
            review
                .run
                .epochs
                .last()
                .map_or(0, |row| u128::from(row.supply_base_units))
        );
    }
}
