//! Livepeer's suites of one step each; those that follow a transcoder through its rounds are in `bonding`.

mod bonding;

use num_bigint::BigInt;
use protocol::networks::RuleError;
use protocol::networks::livepeer::earnings_pool::{Factors, fees_at, stake_at};
use protocol::networks::livepeer::minter::{Inflation, Round, global_supply};
use protocol::networks::livepeer::percent::{MINTER, Scale};
use protocol::networks::uint256::Uint256;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "livepeer",
    units: &[],
    suites: &[
        Suite {
            name: "minter_inflation",
            evaluate: minter_inflation,
        },
        Suite {
            name: "create_reward",
            evaluate: create_reward,
        },
        Suite {
            name: "math_utils",
            evaluate: math_utils,
        },
        Suite {
            name: "earnings_pool_lip36",
            evaluate: earnings_pool,
        },
        Suite {
            name: "bonding_manager",
            evaluate: bonding::bonding_manager,
        },
    ],
};

/// What the publisher's tests deploy its minter with, where a row and those before it do not say.
const DEPLOYED: Inflation = Inflation {
    rate: Uint256::new(260_000_000),
    change: Uint256::new(200_000),
    target: Uint256::new(500_000_000),
    scale: MINTER,
};

fn minter_inflation(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    let before = carried.as_ref().and_then(|last| last.downcast_ref());
    let before: &Inflation = before.unwrap_or(&DEPLOYED);
    let inflation = Inflation {
        rate: case.integer("inflation")?,
        change: case.integer_or("inflation_change", before.change)?,
        target: case.integer_or("target", before.target)?,
        scale: Scale(case.integer_or("perc_divisor_minter", MINTER.0)?),
    };
    *carried = Some(Box::new(inflation));
    let supply = global_supply(
        case.integer("total_supply")?,
        case.integer_or("l1_supply", Uint256::ZERO)?,
    )?;
    let rate = inflation.next(case.integer("total_bonded")?, supply)?;
    let mintable = Inflation { rate, ..inflation }.mintable(supply)?;
    Ok(Json::map([
        ("inflation", rate.into()),
        ("mintable", mintable.into()),
        ("mintable_derived", mintable.into()),
    ])
    .into())
}

/// Mintable tokens are a number, or `floor(supply*inflation)` at the inflation that the minter was deployed with.
fn create_reward(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let value = case.value("mintable")?;
    let mintable: Uint256 = match (value.integer(), value.text().and_then(supply_of)) {
        (Some(mintable), _) => mintable,
        (None, Some(supply)) => {
            let rate = case.integer_or("inflation", DEPLOYED.rate)?;
            Inflation { rate, ..DEPLOYED }.mintable(supply)?
        }
        (None, None) => {
            let why = format!("mintable = {value} is neither a number nor floor(supply*inflation)");
            return Err(Problem::Malformed(why));
        }
    };
    let mut round = Round::new(mintable);
    for fraction in case.items("fracs")? {
        let (num, den) = pair(fraction, "fracs")?;
        match round.reward(num, den) {
            Err(RuleError::Refused(why)) => {
                let revert = format!("revert: {why}");
                return Ok(Json::map([("minted", revert.as_str().into())]).into());
            }
            other => other?,
        };
    }
    Ok(Json::map([("minted", round.minted().into())]).into())
}

fn supply_of(text: &str) -> Option<Uint256> {
    let product = text.strip_prefix("floor(")?.strip_suffix(')')?;
    let supply: BigInt = product.strip_suffix("*inflation")?.trim().parse().ok()?;
    supply.try_into().ok()
}

fn math_utils(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let scale = Scale(case.integer("D")?);
    let num = case.integer("num")?;
    let result = match case.text("fn")? {
        "percOf" => scale.fraction_of(case.integer("a")?, num, case.integer("den")?),
        "percOf2" => scale.of(case.integer("a")?, num),
        "percPoints" => scale.points(num, case.integer("den")?),
        other => {
            return Err(Problem::NotApplicable(format!(
                "no function {other} is here"
            )));
        }
    };
    Ok(Json::from(result?).into())
}

/// A pool as the rows write it: its fee factor, then its reward factor.
fn factors(case: &Case<'_>, key: &str) -> Result<Factors, Problem> {
    let Some(value) = case.find(key) else {
        return Ok(Factors::default());
    };
    let (fee, reward) = pair(value, key)?;
    Ok(Factors { reward, fee })
}

fn pair(value: &Json, key: &str) -> Result<(Uint256, Uint256), Problem> {
    let read = |value: &Json| match value.items()? {
        [first, second] => Some((first.integer()?, second.integer()?)),
        _ => None,
    };
    read(value)
        .ok_or_else(|| Problem::Malformed(format!("{key}: {value} is not a pair of integers")))
}

fn earnings_pool(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    if case.has("stake") {
        return delegator(case);
    }
    let total_stake = case.integer("total_stake")?;
    let mut previous = factors(case, "prev")?;
    previous.reward = case.integer_or("prev_crf", previous.reward)?;
    previous.fee = case.integer_or("prev_cff", previous.fee)?;
    let mut pool = Factors::default();
    if case.has("fees") {
        for fees in case.integers("fees")? {
            pool = pool.with_fees(&previous, fees, total_stake)?;
        }
    }
    if case.has("rewards") {
        for rewards in case.integers("rewards")? {
            pool = pool.with_rewards(&previous, rewards, total_stake)?;
        }
    }
    Ok(Json::map([("cff", pool.fee.into()), ("crf", pool.reward.into())]).into())
}

fn delegator(case: &Case<'_>) -> Result<Answer, Problem> {
    let stake = case.integer("stake")?;
    let [mut start, mut end] = [factors(case, "start")?, factors(case, "end")?];
    start.reward = case.integer_or("start_crf", start.reward)?;
    end.reward = case.integer_or("end_crf", end.reward)?;
    start.fee = case.integer_or("start_cff", start.fee)?;
    end.fee = case.integer_or("end_cff", end.fee)?;
    let mut results = Vec::new();
    // Only what is asked for: beside factors made up for fees, a stake may pass all bounds.
    if case.asks("stake") {
        let stake = stake_at(stake, &start, &end)?;
        results.push(("stake".to_owned(), stake.into()));
    }
    if case.asks("fees") {
        let before = case.integer_or("fees", Uint256::ZERO)?;
        let fees = fees_at(stake, &start, &end)?.plus(before)?;
        results.push(("fees".to_owned(), fees.into()));
    }
    Ok(Json::Map(results).into())
}
