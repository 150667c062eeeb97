//! The Graph's suites. Amounts in files are GRT, here base units of 18 decimals.

use protocol::networks::thegraph::rebates::{Fraction, exponential_rebate};
use protocol::networks::thegraph::{rewards, slash};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "thegraph",
    units: &[],
    suites: &[
        Suite {
            name: "exponential_rebates",
            evaluate: exponential_rebates,
        },
        Suite {
            name: "rewards",
            evaluate: indexing_rewards,
        },
        Suite {
            name: "horizon_slash",
            evaluate: horizon_slash,
        },
        Suite {
            name: "thawing_round_down",
            evaluate: thawing,
        },
    ],
};

/// Decimals of GRT.
const DECIMALS: u32 = 18;

fn grt(amount: u128) -> Json {
    Decimal::new(amount, DECIMALS).into()
}

fn exponential_rebates(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let fraction = |key: &str| -> Result<Fraction, Problem> {
        match case.integers(key)?.as_slice() {
            [numerator, denominator] => Ok(Fraction {
                numerator: *numerator,
                denominator: *denominator,
            }),
            _ => Err(Problem::Malformed(format!(
                "{key} is no numerator and denominator"
            ))),
        }
    };
    let rebate = exponential_rebate(
        case.scaled("fees", DECIMALS)?,
        case.scaled("stake", DECIMALS)?,
        fraction("alpha")?,
        fraction("lam")?,
    )?;
    Ok(Json::map([("rebate", grt(rebate))]).into())
}

/// A subgraph's part of the issuance. Rows that give a share of the signal have it of one GRT of signal; rows that give signal alone ask
/// what one block is worth to it at the file's issuance.
fn indexing_rewards(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let issuance = if case.has("issuance_per_block") {
        case.scaled("issuance_per_block", DECIMALS)?
    } else {
        let text = case
            .find("issuance_per_block_test")
            .and_then(Json::text)
            .unwrap_or_default();
        let number = text.split_whitespace().next().and_then(Decimal::parse);
        let scaled = number.and_then(|number| u128::try_from(number.scaled(DECIMALS)?).ok());
        scaled.unwrap_or(0)
    };
    let has_share = case.has("signal_share");
    let signal: u128 = case.scaled(if has_share { "signal_share" } else { "signal" }, DECIMALS)?;
    let all = if has_share { rewards::ONE } else { signal };
    let least = if case.has("min_signal") {
        case.scaled("min_signal", DECIMALS)?
    } else {
        0
    };
    let per_signal = rewards::accrued_per_signal(issuance, case.integer_or("blocks", 1)?, all)?;
    let subgraph = rewards::subgraph_rewards(per_signal, signal, least)?;
    if !has_share {
        return Ok(grt(subgraph).into());
    }
    let allocated = case.scaled("allocated", DECIMALS)?;
    let per_token = rewards::accrued_per_allocated_token(subgraph, allocated)?;
    Ok(Json::map([
        ("subgraph_rewards", grt(subgraph)),
        ("per_allocated_token", grt(per_token)),
    ])
    .into())
}

fn horizon_slash(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let slashed = slash::slash(
        case.integer("provision")?,
        case.integer("delegation")?,
        case.bool("delegation_slashing")?,
        case.integer("slash")?,
    );
    Ok(Json::map([
        ("provider_slashed", slashed.provider.into()),
        ("delegation_slashed", slashed.delegation.into()),
    ])
    .into())
}

fn thawing(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let [tokens, thawing, slashed]: [u128; 3] = [
        case.integer("tokens")?,
        case.integer("thawing")?,
        case.integer("slash")?,
    ];
    let thawing = slash::thawing_after(tokens, thawing, slashed)?;
    Ok(Json::map([
        ("tokens", tokens.saturating_sub(slashed).into()),
        ("thawing", thawing.into()),
    ])
    .into())
}
