//! Step 2, Ceil: the emission rules of chains whose inflation answers to stake or to the years, as an epoch of this protocol stands
//! for one of their steps. The arithmetic is [`crate::networks`]'; here are the units.

use num_bigint::BigInt;
use units::Ratio;

use super::inflate::{Carried, Seen};
use crate::networks::RuleError;
use crate::networks::celestia::{self, NANOSECONDS_PER_YEAR};
use crate::networks::cosmos::Dec;
use crate::networks::cosmos::mint::Inflation;
use crate::networks::polkadot::payout::AdjustedPayout;
use crate::params::InflationParams;

/// What one part of a ratio is in the units of 1e-18 of the three networks.
const UNITS_PER_PART: u64 = 1_000_000;

/// Cosmos SDK: an epoch is one of its blocks, at whose beginning inflation moves and the block's provision is minted. Inflation is
/// carried in units of 1e-18.
pub(super) fn bonding_controller(
    params: &InflationParams,
    seen: &Seen,
    carried: &mut Carried,
) -> Result<u128, RuleError> {
    let rule = Inflation {
        rate_change: decimal(params.change),
        max: decimal(params.max),
        min: decimal(params.min),
        goal_bonded: decimal(params.target),
        blocks_per_year: params.epochs_per_year.into(),
    };
    let supply = BigInt::from(seen.supply);
    let bonded_ratio = match seen.supply {
        0 => Dec::default(),
        _ => Dec::from_int(seen.staked).quo_int(&supply)?,
    };
    let before = carried
        .inflation
        .map_or_else(|| decimal(params.start), Dec::from_units);
    let inflation = rule.next(&bonded_ratio, &before)?;
    carried.inflation = Some(whole(inflation.units())?);
    let year = rule.annual_provisions(&inflation, &supply)?;
    whole(&rule.block_provision(&year)?)
}

/// Celestia: an epoch is one of its blocks, as long as an even part of its year. A year's provisions are counted once, of the supply
/// in its first epoch, and stay when inflation does.
pub(super) fn disinflation(
    params: &InflationParams,
    seen: &Seen,
    carried: &mut Carried,
) -> Result<u128, RuleError> {
    let rule = celestia::Disinflation {
        initial: decimal(params.start),
        disinflation: decimal(params.change),
        target: decimal(params.min),
    };
    let inflation = rule.inflation((seen.epoch / params.epochs_per_year).into())?;
    let units = whole(inflation.units())?;
    let kept = carried
        .year_supply
        .filter(|supply| carried.inflation == Some(units) && units > 0 && *supply > 0);
    let supply = kept.unwrap_or(seen.supply);
    (carried.inflation, carried.year_supply) = (Some(units), Some(supply));
    let year = inflation.mul_int(&supply.into())?;
    let elapsed = NANOSECONDS_PER_YEAR / u64::from(params.epochs_per_year);
    whole(&celestia::block_provision(&year, elapsed.into())?)
}

/// Polkadot's curve: an epoch is an era. What the payout falls short of the most, which a relay chain gives its treasury, is not
/// minted here.
pub(super) fn ideal_stake(params: &InflationParams, seen: &Seen) -> Result<u128, RuleError> {
    let rule = AdjustedPayout {
        min_inflation: quintillionths(params.min),
        max_inflation: quintillionths(params.max),
        ideal_stake: quintillionths(params.target),
        falloff: quintillionths(params.falloff),
    };
    rule.era(seen.staked, seen.supply, params.epochs_per_year)
}

fn decimal(ratio: Ratio) -> Dec {
    Dec::from_units(BigInt::from(ratio.parts()) * UNITS_PER_PART)
}

/// Of ratios that are at most one, as those of inflation are.
fn quintillionths(ratio: Ratio) -> u64 {
    ratio.parts().saturating_mul(UNITS_PER_PART)
}

fn whole(units: &BigInt) -> Result<u128, RuleError> {
    u128::try_from(units).map_err(|_| RuleError::Overflow)
}
