//! Psyche's suites.

use protocol::networks::psyche;

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
            name: "vesting",
            evaluate: vesting,
        },
    ],
};

fn epoch_rewards(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let each = psyche::earned_each(
        case.integer("earning_rate_total_shared")?,
        case.integer("clients")?,
    )?;
    Ok(Json::map([("earned_each", each.into())]).into())
}

fn vesting(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let vested = psyche::vested(
        case.integer("end")?,
        case.integer("elapsed")?,
        case.integer("duration")?,
    )?;
    Ok(Json::map([("vested", vested.into())]).into())
}
