//! Livepeer's suite of the bonding manager. Its rows come in shapes: a reward, rounds of rewards, fees after them, fees once more under
//! another condition, a slash. Some build on the row before.

use protocol::networks::RuleError;
use protocol::networks::livepeer::bonding::{Commission, Transcoder};
use protocol::networks::livepeer::earnings_pool::Factors;
use protocol::networks::livepeer::slashing::slash;
use protocol::networks::uint256::Uint256;

use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;
use crate::vectors::operations::steps;

/// The reward a round that the publisher's minter gives in these tests, where a row does not say.
const REWARD: Uint256 = Uint256::new(1000);

/// What a row leaves for those that build on it.
#[derive(Clone, Copy)]
enum Before {
    /// A transcoder that is about to get fees, and the fees.
    Fees(Transcoder, Uint256),
    /// A transcoder after its rounds, and the stake of the delegator that is looked at.
    Rounds(Transcoder, Uint256),
}

pub fn bonding_manager(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    let before = carried.as_ref().and_then(|last| last.downcast_ref());
    let before: Option<Before> = before.copied();
    let mut leave = |what: Before| *carried = Some(Box::new(what));
    let results = if case.has("slash") {
        slashed(case)?
    } else if case.has("reward") {
        reward(case)?
    } else if case.has("rounds") {
        let (results, transcoder, stake) = rounds(case)?;
        leave(Before::Rounds(transcoder, stake));
        results
    } else if case.has("extra_round_fees") {
        let Some(Before::Rounds(transcoder, stake)) = before else {
            return Err(builds_on("rounds"));
        };
        further_rounds(case, transcoder, stake)?
    } else if case.has("same") {
        let Some(Before::Fees(mut transcoder, fees)) = before else {
            return Err(builds_on("fees"));
        };
        if case.has("claimed") && case.bool("claimed")? {
            transcoder.claim();
        }
        paid(transcoder, fees)?
    } else {
        let transcoder = before_fees(case)?;
        let fees = case.integer("fees")?;
        leave(Before::Fees(transcoder, fees));
        paid(transcoder, fees)?
    };
    Ok(results.into())
}

fn builds_on(what: &str) -> Problem {
    Problem::NotApplicable(format!("builds on a row of {what} before it"))
}

fn slashed(case: &Case<'_>) -> Result<Json, Problem> {
    let bonded: Uint256 = case.integer("bonded")?;
    let bonded = bonded
        .minus(case.integer_or("unbond", Uint256::ZERO)?)
        .map_err(|_| RuleError::Refused("amount is greater than bonded amount"))?;
    // A slash that nobody has found pays no finder, whatever the fee.
    let is_unfound = case.inputs.at("finder") == Some(&Json::Null);
    let finder_fee = case.integer_or("finder_fee", Uint256::ZERO)?;
    let finder_fee = Some(finder_fee).filter(|_| !is_unfound);
    let slash = slash(
        bonded,
        case.integer("slash")?,
        finder_fee.unwrap_or_default(),
    )?;
    Ok(Json::map([
        ("penalty", slash.penalty.into()),
        ("bonded", slash.bonded.into()),
        ("finder", slash.finder.into()),
        ("burned", slash.burned.into()),
        ("burned_derived", slash.burned.into()),
    ]))
}

fn reward(case: &Case<'_>) -> Result<Json, Problem> {
    let commission = Commission {
        reward_cut: case.integer("reward_cut")?,
        fee_share: Uint256::ZERO,
    };
    let mut transcoder = Transcoder::new(commission, case.integer("stake")?);
    transcoder.reward(case.integer("reward")?)?;
    Ok(Json::map([
        ("crf", transcoder.factors.reward.into()),
        ("delegated_delta", transcoder.incoming().into()),
        ("cumulative_rewards", transcoder.cumulative_rewards.into()),
    ]))
}

/// Rounds of rewards, with fees after each where the row has them.
fn rounds(case: &Case<'_>) -> Result<(Json, Transcoder, Uint256), Problem> {
    let stakes: Vec<Uint256> = if case.has("stakes") {
        case.integers("stakes")?
    } else {
        vec![case.integer("transcoder")?, case.integer("delegator")?]
    };
    let add = |sum: Uint256, stake: &Uint256| sum.plus(*stake);
    let total = stakes.iter().try_fold(Uint256::ZERO, add)?;
    let delegator = stakes.last().copied().unwrap_or_default();
    let commission = Commission {
        reward_cut: case.integer("cut")?,
        fee_share: case.integer_or("fee_share", Uint256::ZERO)?,
    };
    let mut transcoder = Transcoder::new(commission, total);
    for _ in 0..steps(case, "rounds")? {
        transcoder.reward(case.integer_or("reward_each", REWARD)?)?;
        if case.has("fees") {
            transcoder.fees(case.integer("fees")?)?;
        }
        transcoder.next_round();
    }
    let (stake, fees) = transcoder.delegator(delegator, &Factors::default())?;
    let results = [
        ("delegator_stake", stake.into()),
        ("delegator_fees", fees.into()),
    ];
    Ok((Json::map(results), transcoder, delegator))
}

/// Rounds with fees and without a reward, after those of the row before.
fn further_rounds(
    case: &Case<'_>,
    mut transcoder: Transcoder,
    delegator: Uint256,
) -> Result<Json, Problem> {
    let mut results = Vec::new();
    for (index, fees) in case.integers("extra_round_fees")?.into_iter().enumerate() {
        transcoder.fees(fees)?;
        let (_, fees) = transcoder.delegator(delegator, &Factors::default())?;
        results.push((format!("after{}", index + 1), fees.into()));
        transcoder.next_round();
    }
    Ok(Json::Map(results))
}

/// A transcoder in its first round, or in the round after its first reward.
fn before_fees(case: &Case<'_>) -> Result<Transcoder, Problem> {
    let commission = Commission {
        reward_cut: Uint256::ZERO,
        fee_share: case.integer("fee_share")?,
    };
    let stake = case.integer("stake")?;
    if !case.has("cum_rewards") {
        return Ok(Transcoder::new(commission, stake));
    }
    let (total, own) = (case.integer("total_stake")?, case.integer("cum_rewards")?);
    Ok(Transcoder::after_reward(commission, stake, total, own)?)
}

fn paid(mut transcoder: Transcoder, fees: Uint256) -> Result<Json, Problem> {
    transcoder.fees(fees)?;
    Ok(Json::map([
        ("cff", transcoder.factors.fee.into()),
        ("cumulative_fees", transcoder.cumulative_fees.into()),
    ]))
}
