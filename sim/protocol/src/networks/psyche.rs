//! Psyche (Nous Research): a training run's pot is split equally among those who finished the epoch, and a token grant vests
//! linearly. Restated from PsycheFoundation/psyche @0bdb13d (Apache-2.0): `solana-coordinator`, `solana-distributor`.
//!
//! Points are `u64` there; what equal shares leave over is not issued. There is no stake: an ejected client only loses its share.

use super::RuleError;
use super::round::{Rounding, div, mul_div};

/// Points of each client that finished an epoch in good health, of a pot `earning_rate_total_shared` for all `finished` ones,
/// healthy or not. The remainder, and the shares of the unhealthy, are never issued.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] when nobody finished.
pub fn earned_each(earning_rate_total_shared: u64, finished: u64) -> Result<u64, RuleError> {
    let each = div(
        earning_rate_total_shared.into(),
        finished.into(),
        Rounding::Floor,
    )?;
    u64::try_from(each).map_err(|_| RuleError::Overflow)
}

/// What has vested of `total` base units, `elapsed` seconds after the start of `duration` seconds: nothing before the start, all at
/// once without a duration.
///
/// # Errors
/// None in practice: the quotient never passes `total`.
pub fn vested(total: u64, elapsed: i64, duration: u64) -> Result<u64, RuleError> {
    let Ok(elapsed) = u64::try_from(elapsed) else {
        return Ok(0);
    };
    if elapsed >= duration {
        return Ok(total);
    }
    let vested = mul_div(
        total.into(),
        elapsed.into(),
        duration.into(),
        Rounding::Floor,
    )?;
    u64::try_from(vested).map_err(|_| RuleError::Overflow)
}

/// What a depositor of `deposited` of `total_deposited` may claim in all of a mining pool that paid `total_claimed` so far and
/// holds `pool_balance`, in base units.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for an empty pool.
pub fn mining_pool_claimable(
    total_claimed: u64,
    pool_balance: u64,
    deposited: u64,
    total_deposited: u64,
) -> Result<u64, RuleError> {
    let rewards = u128::from(total_claimed) + u128::from(pool_balance);
    let share = mul_div(
        rewards,
        deposited.into(),
        total_deposited.into(),
        Rounding::Floor,
    )?;
    u64::try_from(share).map_err(|_| RuleError::Overflow)
}
