//! Cosmos SDK's suites: inflation here, decimals and the rest in files of their own.

mod dec;
mod f1;
mod staking;

use num_bigint::BigInt;
use protocol::networks::cosmos::Dec;
use protocol::networks::cosmos::dec::PLACES;
use protocol::networks::cosmos::mint::Inflation;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "cosmos",
    units: &[],
    suites: &[
        Suite {
            name: "mint_next_inflation",
            evaluate: mint_next_inflation,
        },
        Suite {
            name: "mint_block_provision",
            evaluate: mint_block_provision,
        },
        Suite {
            name: "dec_arithmetic",
            evaluate: dec::arithmetic,
        },
        Suite {
            name: "dec_round",
            evaluate: dec::round,
        },
        Suite {
            name: "dec_truncate",
            evaluate: dec::truncate,
        },
        Suite {
            name: "dec_power",
            evaluate: dec::power,
        },
        Suite {
            name: "dec_root",
            evaluate: dec::root,
        },
        Suite {
            name: "dec_edge",
            evaluate: dec::edge,
        },
        Suite {
            name: "f1_distribution",
            evaluate: f1::distribution,
        },
        Suite {
            name: "staking_slash",
            evaluate: staking::slash,
        },
        Suite {
            name: "liveness",
            evaluate: staking::liveness,
        },
    ],
};

/// A number of at most 18 decimals.
pub(super) fn read(case: &Case<'_>, key: &str) -> Result<Dec, Problem> {
    let units: BigInt = case.scaled(key, PLACES)?;
    Ok(Dec::from_units(units))
}

/// A number, or this many units of 1e-18.
fn read_or(case: &Case<'_>, key: &str, units: i64) -> Result<Dec, Problem> {
    match case.find(key) {
        Some(_) => read(case, key),
        None => Ok(Dec::from_units(units)),
    }
}

/// A result with its 18 decimals.
pub(super) fn write(dec: &Dec) -> Json {
    Decimal::new(dec.units().clone(), PLACES).into()
}

/// The SDK's defaults where a file says nothing.
fn inflation(case: &Case<'_>) -> Result<Inflation, Problem> {
    Ok(Inflation {
        rate_change: read_or(case, "inflation_rate_change", 130_000_000_000_000_000)?,
        max: read_or(case, "max", 200_000_000_000_000_000)?,
        min: read_or(case, "min", 70_000_000_000_000_000)?,
        goal_bonded: read_or(case, "goal_bonded", 670_000_000_000_000_000)?,
        blocks_per_year: case.integer_or("blocks_per_year", 6_311_520)?,
    })
}

fn mint_next_inflation(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let before = Dec::from_units(case.integer::<BigInt>("inflation_e18")?);
    let bonded = Dec::from_units(case.integer::<BigInt>("bonded_ratio_e18")?);
    let next = inflation(case)?.next(&bonded, &before)?;
    let delta = next.sub(&before)?.units().clone();
    Ok(Json::map([
        ("delta_e18", delta.into()),
        ("inflation_e18", next.units().clone().into()),
    ])
    .into())
}

fn mint_block_provision(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let provision = inflation(case)?.block_provision(&read(case, "annual_provisions")?)?;
    Ok(Json::map([("block_provision", provision.into())]).into())
}
