//! Burn and mint between AKT and ACT, and how often it is done.

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::cosmos::dec::Dec;
use crate::networks::round::{Rounding, div};

/// Parameters of the collateral's circuit breaker. Ratios are basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochParams {
    /// Blocks of an epoch while the collateral is ample.
    pub min_epoch_blocks: u64,
    /// Percent by which each step of ten basis points below the warning prolongs an epoch; compounding.
    pub backoff_percent: u32,
    /// The collateral ratio under which that begins.
    pub warn_threshold: u64,
    /// The longest epoch.
    pub max_epoch_blocks: u64,
}

/// The longest epoch of the network: a day of blocks of six seconds.
pub const MAX_EPOCH_BLOCKS: u64 = 14_400;

impl EpochParams {
    /// Blocks to the next epoch at a collateral ratio of so many basis points.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] where the network's decimals would panic.
    pub fn epoch_blocks(&self, collateral_ratio: i64) -> Result<u64, RuleError> {
        let below = i128::from(self.warn_threshold) - i128::from(collateral_ratio);
        let below = u64::try_from(below.max(0)).map_err(|_| RuleError::Overflow)?;
        let steps = steps_of(below)?;
        if self.backoff_percent == 0 || steps == 0 {
            return Ok(self.min_epoch_blocks);
        }
        let percent = Dec::from_int(100 + u64::from(self.backoff_percent));
        // no published number notices: a unit of the 18th place is far below a block
        let factor = percent.quo(&Dec::from_int(100))?.power(steps)?;
        let blocks = Dec::from_int(self.min_epoch_blocks).mul(&factor)?;
        let blocks = blocks.min(Dec::from_int(self.max_epoch_blocks)).truncate();
        let blocks = u64::try_from(blocks).map_err(|_| RuleError::Overflow)?;
        Ok(blocks.max(self.min_epoch_blocks))
    }
}

/// Whole steps of ten basis points.
fn steps_of(basis_points: u64) -> Result<u64, RuleError> {
    let steps = div(basis_points.into(), 10, Rounding::Floor)?;
    u64::try_from(steps).map_err(|_| RuleError::Overflow)
}

/// A burn that was done, or was not and is refunded in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BurnMint {
    /// Minted in all, and what of it the burner has. The spread between them stays in the vault.
    Minted {
        /// In all, micro-coins.
        minted: u128,
        /// The burner's part.
        user: u128,
    },
    /// One of the coins has no price.
    ZeroPrice,
    /// The burn would mint less than one micro-coin.
    Epsilon,
    /// The burn would mint less than the least.
    MinimumMint,
}

/// Burns `amount` of a coin priced `price_from` for one priced `price_to`, both decimals of 18 places. The rate is rounded half to even,
/// what is minted and the spread are cut off.
///
/// # Errors
/// [`RuleError::Overflow`], [`RuleError::Refused`] for a spread above 100 %.
pub fn burn_mint(
    amount: u128,
    price_from: u128,
    price_to: u128,
    spread_bps: u32,
    min_mint: Option<u128>,
) -> Result<BurnMint, RuleError> {
    if price_from == 0 || price_to == 0 {
        return Ok(BurnMint::ZeroPrice);
    }
    if spread_bps > 10_000 {
        return Err(RuleError::Refused("a spread above 100 %"));
    }
    let rate = Dec::from_units(price_from).quo(&Dec::from_units(price_to))?;
    let exact = rate.mul_int(&amount.into())?;
    let minted = exact.truncate();
    if minted == BigInt::ZERO {
        return Ok(BurnMint::Epsilon);
    }
    let minted = u128::try_from(minted).map_err(|_| RuleError::Overflow)?;
    if min_mint.is_some_and(|least| minted < least) {
        return Ok(BurnMint::MinimumMint);
    }
    // no published number notices: the published burns have no spread
    let share = exact
        .mul_int(&spread_bps.into())?
        .quo(&Dec::from_int(10_000))?;
    // no published number notices: the published burns have no spread
    let spread = u128::try_from(share.truncate()).map_err(|_| RuleError::Overflow)?;
    let user = minted.checked_sub(spread).ok_or(RuleError::Overflow)?;
    Ok(BurnMint::Minted { minted, user })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: u128 = 1_000_000_000_000_000_000;

    #[test]
    fn a_spread_is_cut_off_and_withheld_from_what_was_minted() {
        // 1,000 at 1.14 for 1.00: 877.192982456140350877 are minted as 877, and 2 % of it are 17.54 cut off to 17.
        let minted = |bps| burn_mint(1_000, ONE, ONE * 114 / 100, bps, None);
        let (full, least) = (877, 860);
        assert_eq!(
            minted(0),
            Ok(BurnMint::Minted {
                minted: full,
                user: full
            })
        );
        assert_eq!(
            minted(200),
            Ok(BurnMint::Minted {
                minted: full,
                user: least
            })
        );
        assert_eq!(
            minted(10_000),
            Ok(BurnMint::Minted {
                minted: full,
                user: 0
            })
        );
        assert!(minted(10_001).is_err());
        assert_eq!(burn_mint(1, ONE, 0, 0, None), Ok(BurnMint::ZeroPrice));
        assert_eq!(
            burn_mint(5, ONE, ONE, 0, Some(6)),
            Ok(BurnMint::MinimumMint)
        );
        assert_eq!(
            burn_mint(6, ONE, ONE, 0, Some(6)),
            Ok(BurnMint::Minted { minted: 6, user: 6 })
        );
    }

    #[test]
    fn epochs_that_the_networks_decimals_cannot_hold_are_refused() {
        let params = EpochParams {
            min_epoch_blocks: 10,
            backoff_percent: 100,
            warn_threshold: 9_500,
            max_epoch_blocks: MAX_EPOCH_BLOCKS,
        };
        assert_eq!(params.epoch_blocks(9_400), Ok(10_240));
        assert_eq!(params.epoch_blocks(9_000), Ok(14_400));
        assert_eq!(params.epoch_blocks(9_501), Ok(10));
        assert_eq!(params.epoch_blocks(0), Err(RuleError::Overflow));
    }
}
