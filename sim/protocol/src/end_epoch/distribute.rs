//! Step 5, Distribute: mints the treasury's part, and puts the performance budget on the kinds' indices.
//!
//! What is allocated is minted; what is not allocated is never minted. A kind's budget is its share of
//! weight × scarcity, rounded down; its index step rounds down again, and what the step pays is what is minted.

use units::{Amount, wide};

use super::{Close, contributions};
use crate::account::Account;
use crate::reason::Reason;
use crate::rewards::{funded, index_step};
use crate::state::Protocol;
use crate::summary::Category;

pub(super) fn distribute(protocol: &mut Protocol, close: &mut Close) {
    let treasury = close.split[Category::Treasury as usize];
    protocol.post(
        Account::Issuance,
        Account::Treasury,
        treasury,
        Reason::EmissionTreasury,
        close.cause,
    );
    let performance = apply_performance(protocol, close.split[Category::Performance as usize]);
    protocol.post(
        Account::Issuance,
        Account::RewardPool,
        performance,
        Reason::Emission,
        close.cause,
    );

    let contributed = contributions::distribute(protocol, close);

    let summary = &mut close.summary;
    summary.by_category[Category::Treasury as usize] = treasury;
    summary.by_category[Category::Performance as usize] = performance;
    summary.minted = treasury + performance + contributed;
    assert!(
        summary.minted <= summary.budget,
        "minted past the budget: a bug"
    );
}

/// Steps every kind's index and returns what the steps pay.
fn apply_performance(protocol: &mut Protocol, budget: Amount) -> Amount {
    let scarce = |weight: u128, parts: u64| {
        weight
            .checked_mul(u128::from(parts))
            .expect("weights below 2^80: a bug")
    };
    let sum: u128 = protocol
        .kinds
        .iter()
        .map(|kind| scarce(kind.total_weight, kind.scarcity.parts()))
        .sum();
    let mut paid = Amount::ZERO;
    for kind in &mut protocol.kinds {
        kind.index_step = 0;
        if kind.total_weight == 0 {
            continue;
        }
        let weight = scarce(kind.total_weight, kind.scarcity.parts());
        let part = Amount::new(wide::mul_div_floor(budget.base_units(), weight, sum));
        kind.index_step = index_step(part, kind.total_weight);
        kind.index += kind.index_step;
        paid += funded(kind.total_weight, kind.index_step);
    }
    paid
}
