//! Nosana's suites.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use protocol::networks::RuleError;
use protocol::networks::nosana::Weighting;
use protocol::networks::nosana::reflection::{Account, Pool};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;
use crate::vectors::operations::operations;

pub const NETWORK: Network = Network {
    id: "nosana",
    units: &[("NOS", "1e6")],
    suites: &[
        Suite {
            name: "xnos_weight",
            evaluate: xnos_weight,
        },
        Suite {
            name: "rewards_scenario",
            evaluate: rewards_scenario,
        },
    ],
};

fn xnos_weight(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let weighting = Weighting {
        precision: case.integer_or("xnos_precision", Weighting::PUBLISHED.precision)?,
        seconds_per_one: case.integer_or("xnos_div", Weighting::PUBLISHED.seconds_per_one)?,
    };
    let xnos = weighting.xnos(case.integer("amount")?, case.integer("duration")?)?;
    Ok(Json::map([("xnos", xnos.into())]).into())
}

/// The publisher's scenario is told in words. As a list, `[["enter", "a", xnos], ["fee", amount], ["sync", "a", xnos], ["claim", "a"]]`
/// answers what each staker was paid.
fn rewards_scenario(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let mut pool = Pool::default();
    let mut accounts: BTreeMap<&str, (Account, u128, BigInt)> = BTreeMap::new();
    for operation in operations(case)? {
        if operation.word == "fee" {
            pool.add_fee(operation.integer(0)?)?;
            continue;
        }
        let name = operation.text(0)?;
        if operation.word == "enter" {
            let xnos = operation.integer(1)?;
            accounts.insert(name, (pool.enter(xnos)?, xnos, BigInt::default()));
            continue;
        }
        let account = accounts.get_mut(name);
        let (account, xnos, paid) = account.ok_or(RuleError::Refused("who has not entered"))?;
        if operation.has(1) {
            *xnos = operation.integer(1)?;
        }
        match operation.word {
            "claim" => *paid += pool.claim(account, *xnos)?,
            "sync" => pool.sync(account, *xnos)?,
            _ => return Err(operation.unknown()),
        }
    }
    let results = accounts
        .into_iter()
        .map(|(name, (_, _, paid))| (name.to_owned(), paid.into()));
    Ok(Json::Map(results.collect()).into())
}
