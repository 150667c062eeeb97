//! Prime Intellect's suites: lists of operations, replayed from second 1 on, where the publisher's test machine begins.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use protocol::networks::prime_intellect::distributor::{Basis, Distributor};
use protocol::networks::prime_intellect::stake::Stake;
use protocol::networks::prime_intellect::work::Ring;
use protocol::networks::uint256::Uint256;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;
use crate::vectors::operations::operations;

pub const NETWORK: Network = Network {
    id: "primeintellect",
    units: &[],
    suites: &[
        Suite {
            name: "rewards_distributor_compute",
            evaluate: |case, _| distributor(case, Basis::Shared),
        },
        Suite {
            name: "rewards_distributor_fixed",
            evaluate: |case, _| distributor(case, Basis::EachUnit),
        },
        Suite {
            name: "work_submission_ring_buffer",
            evaluate: work,
        },
        Suite {
            name: "stake_manager",
            evaluate: stake,
        },
        Suite {
            name: "derived_extra",
            evaluate: either,
        },
    ],
};

/// Where the clock stands at the beginning, in seconds.
const START: u64 = 1;

/// Seconds that stake unbonds, where a row does not say.
const UNBONDING_S: u64 = 604_800;

fn either(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let is_fixed = case.bool("fixed")?;
    distributor(
        case,
        if is_fixed {
            Basis::EachUnit
        } else {
            Basis::Shared
        },
    )
}

fn distributor(case: &Case<'_>, basis: Basis) -> Result<Answer, Problem> {
    let mut now = START;
    let mut pool = Distributor::new(basis, now);
    let mut paid: BTreeMap<&str, BigInt> = BTreeMap::new();
    for operation in operations(case)? {
        match operation.word {
            "rate" => pool.set_rate(now, operation.integer(0)?)?,
            "join" => {
                let name = operation.text(0)?;
                pool.join(now, name, operation.integer(1)?)?;
                paid.entry(name).or_default();
            }
            "leave" => pool.leave(now, operation.text(0)?)?,
            "skip" => now = now.saturating_add(operation.integer(0)?),
            "end" => pool.end(now)?,
            "claim" => {
                let name = operation.text(0)?;
                *paid.entry(name).or_default() += BigInt::from(pool.claim(now, name)?);
            }
            _ => return Err(operation.unknown()),
        }
    }
    let results = paid.into_iter().flat_map(|(name, paid)| {
        let unclaimed = pool.unclaimed(name).into();
        [
            (name.to_owned(), paid.into()),
            (format!("unclaimed_{name}"), unclaimed),
        ]
    });
    Ok(Json::Map(results.collect()).into())
}

fn work(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let mut now = START;
    let mut rate = case.integer_or("rate_per_unit", Uint256::ZERO)?;
    let mut rings: BTreeMap<&str, Ring> = BTreeMap::new();
    let mut checks = Vec::new();
    for operation in operations(case)? {
        match operation.word {
            "skip" => {
                now = now.saturating_add(operation.integer(0)?);
                continue;
            }
            "rate" => {
                rate = operation.integer(0)?;
                continue;
            }
            _ => {}
        }
        let name = operation.text(0)?;
        let ring = rings.entry(name).or_default();
        // What is asked for stands behind the node's name; an operation may also ask for nothing.
        let results: Vec<Uint256> = match operation.word {
            "join" => {
                ring.join(now);
                Vec::new()
            }
            "leave" => {
                ring.leave(now)?;
                Vec::new()
            }
            "submit" => {
                ring.submit(now, operation.integer(1)?)?;
                Vec::new()
            }
            "remove" => {
                ring.remove(now, operation.integer(1)?)?;
                Vec::new()
            }
            "slash" => vec![ring.slash(now)?],
            "claim" => vec![ring.claim(now, rate)?],
            "claimable" => vec![ring.claimable(now, rate)?],
            "info" => vec![ring.locked(), ring.total()],
            _ => return Err(operation.unknown()),
        };
        for (index, got) in results.into_iter().enumerate() {
            if operation.has(index + 1) {
                let expected: BigInt = operation.integer(index + 1)?;
                let what = format!("{} {name} at {now} s", operation.word);
                checks.push((what, expected.into(), got.into()));
            }
        }
    }
    Ok(Answer::Checks(checks))
}

fn stake(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let period = case.integer_or("unbonding_period_s", UNBONDING_S)?;
    let period = case.integer_or("unbonding_period", period)?;
    let mut now = START;
    let mut stake = Stake::default();
    let mut returned = Uint256::ZERO;
    for operation in operations(case)? {
        match operation.word {
            "stake" => stake.stake(operation.integer(0)?)?,
            "unstake" => stake.unstake(now, period, operation.integer(0)?)?,
            "rebond" => stake.rebond(operation.integer(0)?)?,
            "skip" => now = now.saturating_add(operation.integer(0)?),
            "withdraw" => returned = stake.withdraw(now)?,
            "slash" => returned = stake.slash(now, operation.integer(0)?)?,
            _ => return Err(operation.unknown()),
        }
    }
    let pending = stake.pending().iter().map(|entry| entry.amount);
    Ok(Json::map([
        ("stake", stake.staked().into()),
        ("unbonding", stake.unbonding().into()),
        ("pending", Json::list(pending)),
        ("returned", returned.into()),
    ])
    .into())
}
