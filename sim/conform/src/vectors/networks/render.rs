//! Render's suites.

use protocol::networks::render;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "render",
    units: &[],
    suites: &[
        Suite {
            name: "splits",
            evaluate: splits,
        },
        Suite {
            name: "upgrade_points",
            evaluate: upgrade_points,
        },
    ],
};

/// Decimals of the token.
const DECIMALS: u32 = 8;

/// What a row gives says which split it asks for.
fn splits(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    Ok(if case.has("year1") {
        let monthly = render::monthly_emission(case.integer("year1")?)?;
        Json::map([("monthly", monthly.into())])
    } else if case.has("monthly") {
        let (network, foundation) = render::split_emission(case.integer("monthly")?)?;
        Json::map([
            ("network", network.into()),
            ("foundation", foundation.into()),
        ])
    } else if case.has("network") {
        let nodes = render::node_emission(case.integer("network")?)?;
        Json::map([("nodes", nodes.into())])
    } else if case.has("payment") {
        let (fee, burn) = render::payment(case.scaled("payment", DECIMALS)?)?;
        let tokens = |amount: u128| Decimal::new(amount, DECIMALS).into();
        Json::map([("fee", tokens(fee)), ("burn", tokens(burn))])
    } else {
        let paid = render::upgrade_reward(
            case.scaled("pool", DECIMALS)?,
            case.integer("tokens")?,
            case.integer("points_per")?,
            case.integer("total_points")?,
        )?;
        Json::map([("paid", Decimal::new(paid, DECIMALS).into())])
    }
    .into())
}

fn upgrade_points(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let points = render::upgrade_points(case.integer("token_index")?);
    Ok(Json::from(points).into())
}
