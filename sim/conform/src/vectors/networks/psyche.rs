//! Psyche's suites.

use protocol::networks::{RuleError, psyche};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "psyche",
    units: &[],
    suites: &[
        Suite {
            name: "epoch_rewards",
            evaluate: epoch_rewards,
        },
        Suite {
            name: "mining_pool",
            evaluate: mining_pool,
        },
        Suite {
            name: "vesting",
            evaluate: vesting,
        },
    ],
};

/// The grant that the publisher's rows are about, where a row and its suite do not say: base units, and seconds.
const GRANT: (u64, u64) = (1_000_000_000_000, 1_000_000);

fn epoch_rewards(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let each = psyche::earned_each(
        case.integer("earning_rate_total_shared")?,
        case.integer("clients")?,
    )?;
    Ok(Json::map([("earned_each", each.into())]).into())
}

/// The whole redeemable amount counts alike, whether it was claimed before or is still there.
fn mining_pool(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let redeemable = case.integer("pool_redeemable")?;
    let deposits: Vec<u64> = case.integers("deposits")?;
    let add = |sum: u64, deposit: &u64| sum.checked_add(*deposit);
    let total = deposits.iter().try_fold(0, add);
    let total = total.ok_or(RuleError::Overflow)?;
    let claimable = |deposit: u64| psyche::mining_pool_claimable(0, redeemable, deposit, total);
    let claimable: Result<Vec<u64>, RuleError> = deposits.into_iter().map(claimable).collect();
    Ok(Json::map([("claimable", Json::list(claimable?))]).into())
}

fn vesting(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let vested = psyche::vested(
        case.integer_or("end", GRANT.0)?,
        case.integer("elapsed")?,
        case.integer_or("duration", GRANT.1)?,
    )?;
    Ok(Json::map([("vested", vested.into())]).into())
}
