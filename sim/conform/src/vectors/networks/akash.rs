//! Akash's suites.

use protocol::networks::akash::bme::{BurnMint, EpochParams, MAX_EPOCH_BLOCKS, burn_mint};
use protocol::networks::akash::escrow::settle_full_blocks;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "akash",
    units: &[],
    suites: &[
        Suite {
            name: "bme_blocks_diff",
            evaluate: bme_blocks_diff,
        },
        Suite {
            name: "escrow_settle_full_blocks",
            evaluate: escrow_settle_full_blocks,
        },
        Suite {
            name: "burn_mint",
            evaluate: burn_mint_row,
        },
    ],
};

/// Decimal places of the network's prices and rates.
const PLACES: u32 = 18;

fn bme_blocks_diff(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let longest = case.find("bme").and_then(|bme| bme.at("cap_blocks"));
    let params = EpochParams {
        min_epoch_blocks: case.integer("min_epoch_blocks")?,
        backoff_percent: case.integer("backoff_pct")?,
        warn_threshold: case.integer("warn")?,
        max_epoch_blocks: longest.and_then(Json::integer).unwrap_or(MAX_EPOCH_BLOCKS),
    };
    Ok(Json::from(params.epoch_blocks(case.integer("cr_bps")?)?).into())
}

fn escrow_settle_full_blocks(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let settled = settle_full_blocks(
        case.integer("balance")?,
        &case.scaled_list("rates", PLACES)?,
        case.integer("blocks")?,
    )?;
    let overdrawn = settled.is_overdrawn();
    Ok(Json::map([
        ("balance_end", settled.balance.into()),
        ("transferred", Json::list(settled.transferred)),
        ("overdrawn", overdrawn.into()),
    ])
    .into())
}

/// ACT, whose price is one dollar, is burned for AKT.
fn burn_mint_row(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let burned: u128 = case.integer("burn_uact")?;
    let least = match case.find("min_mint") {
        Some(_) => Some(case.integer("min_mint")?),
        None => None,
    };
    let dollar = 10u128.pow(PLACES);
    let price = case.scaled("akt_price", PLACES)?;
    let spread = case.integer_or("spread_bps", 0)?;
    let refused = |error: &str| Json::map([("error", error.into()), ("refund", burned.into())]);
    let answer = match burn_mint(burned, dollar, price, spread, least)? {
        BurnMint::Minted { minted, user } => {
            Json::map([("minted", minted.into()), ("user", user.into())])
        }
        BurnMint::ZeroPrice => refused("ZeroPrice"),
        BurnMint::Epsilon => refused("Epsilon"),
        BurnMint::MinimumMint => refused("MinimumMint"),
    };
    Ok(answer.into())
}
