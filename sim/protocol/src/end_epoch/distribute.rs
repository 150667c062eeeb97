//! Step 5, Distribute: mints the treasury's part, and puts the budget of every other category on the indices of its kinds
//! and of its bonus pool.
//!
//! What is allocated is minted; what is not allocated is never minted. A kind's budget is its share of
//! weight × scarcity, rounded down; its index step rounds down again, and what the step pays is what is minted.

use units::{Amount, wide};

use super::Close;
use super::split::compute_category_sides;
use crate::account::Account;
use crate::canary::Plant;
use crate::pools::BonusPool;
use crate::reason::Reason;
use crate::rewards::{funded, index_step};
use crate::state::{KindState, Protocol};
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
    close.summary.by_category[Category::Treasury as usize] = treasury;
    close.summary.minted = treasury;
    for kind in &mut protocol.kinds {
        kind.index_step = 0;
    }
    for pool in &mut protocol.pools {
        pool.index_step = 0;
    }
    let paying = Category::ALL.into_iter();
    for category in paying.filter(|category| *category != Category::Treasury) {
        let budget = close.split[category as usize];
        let sides = compute_category_sides(protocol, category, budget);
        let paid = apply_bonded(protocol, category, sides.bonded)
            + BonusPool::of(category)
                .map_or(Amount::ZERO, |pool| apply_pool(protocol, pool, budget));
        protocol.post(
            Account::Issuance,
            Account::RewardPool,
            Plant::Distribute.short(paid),
            Reason::Emission,
            close.cause,
        );
        let contributed =
            protocol.distribute_contributions(close.cause, category, sides.contributed);
        close.summary.by_category[category as usize] = paid + contributed;
        close.summary.minted += paid + contributed;
    }
    assert!(
        close.summary.minted <= close.summary.budget,
        "minted past the budget: a bug"
    );
}

/// Weights are compared at 84 bits, so that times a scarcity of at most 10 (in parts below 2^44) their sum fits in 128. No
/// realistic network has as many.
const COMPARED_BITS: u32 = 84;

/// Steps the indices of a category's kinds and returns what the steps pay.
fn apply_bonded(protocol: &mut Protocol, category: Category, budget: Amount) -> Amount {
    let earns = |kind: &&KindState| kind.role.category() == category && kind.total_weight > 0;
    let kinds = || protocol.kinds.iter().filter(earns);
    let total: u128 = kinds().map(|kind| kind.total_weight).sum();
    if total == 0 {
        return Amount::ZERO;
    }
    let bits = u128::BITS - total.leading_zeros();
    let shift = bits.saturating_sub(COMPARED_BITS);
    let scarce =
        |kind: &KindState| (kind.total_weight >> shift) * u128::from(kind.scarcity.parts());
    let sum: u128 = kinds().map(scarce).sum();
    let mut paid = Amount::ZERO;
    for kind in &mut protocol.kinds {
        if !earns(&&*kind) {
            continue;
        }
        let part = wide::mul_div_floor(budget.base_units(), scarce(kind), sum);
        kind.index_step = index_step(Amount::new(part), kind.total_weight, kind.index);
        kind.index += kind.index_step;
        paid += funded(kind.total_weight, kind.index_step);
    }
    paid
}

/// Steps a bonus pool's index and returns what the step pays.
fn apply_pool(protocol: &mut Protocol, pool: BonusPool, budget: Amount) -> Amount {
    let pool = &mut protocol.pools[pool as usize];
    if pool.total_weight == 0 {
        return Amount::ZERO;
    }
    pool.index_step = index_step(budget, pool.total_weight, pool.index);
    pool.index += pool.index_step;
    funded(pool.total_weight, pool.index_step)
}
