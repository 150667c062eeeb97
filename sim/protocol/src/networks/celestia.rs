//! Celestia: inflation falls by a fixed part each year after genesis until it reaches a floor, and each block mints its part of the
//! year by the clock. Restated from celestiaorg/celestia-app (Apache-2.0), `x/mint` of v1 and its ADR-019.
//!
//! Years are means of the Gregorian calendar. Numbers are Cosmos' [`Dec`].

use num_bigint::BigInt;

use super::RuleError;
use super::cosmos::Dec;
use super::round::{Rounding, div};

/// Nanoseconds of 365.2425 days.
pub const NANOSECONDS_PER_YEAR: u64 = 31_556_952_000_000_000;

/// How inflation falls; all ratios are a year's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disinflation {
    /// Inflation of the first year.
    pub initial: Dec,
    /// The part that each anniversary takes from it.
    pub disinflation: Dec,
    /// Where it stops falling.
    pub target: Dec,
}

impl Disinflation {
    /// 8 % that fall by a tenth each year to 1.5 %.
    #[must_use]
    pub fn mainnet() -> Disinflation {
        let per_mille = |parts: i64| Dec::from_units(parts * 1_000_000_000_000_000);
        Disinflation {
            initial: per_mille(80),
            disinflation: per_mille(100),
            target: per_mille(15),
        }
    }

    /// Inflation `years` whole years after genesis.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] for ratios far out of range.
    pub fn inflation(&self, years: u64) -> Result<Dec, RuleError> {
        let kept = Dec::one().sub(&self.disinflation)?.power(years)?;
        Ok(self.initial.mul(&kept)?.max(self.target.clone()))
    }
}

/// Whole years from genesis to a moment, of nanoseconds between; none before genesis.
#[must_use]
pub fn years_since_genesis(elapsed_nanoseconds: i128) -> u128 {
    let elapsed = u128::try_from(elapsed_nanoseconds).unwrap_or(0);
    div(elapsed, NANOSECONDS_PER_YEAR.into(), Rounding::Floor).unwrap_or(0)
}

/// What a block mints, in whole utia: its part of a year's provisions, by nanoseconds since the block before. What is cut off is
/// never minted.
///
/// # Errors
/// [`RuleError::Refused`] for time that runs backwards.
pub fn block_provision(
    annual_provisions: &Dec,
    elapsed_nanoseconds: i128,
) -> Result<BigInt, RuleError> {
    if elapsed_nanoseconds < 0 {
        return Err(RuleError::Refused(
            "the current time cannot be before the previous time",
        ));
    }
    let year = Dec::from_int(NANOSECONDS_PER_YEAR);
    let part_of_year = Dec::from_int(elapsed_nanoseconds).quo(&year)?;
    Ok(annual_provisions.mul(&part_of_year)?.truncate())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i128 = 1_000_000_000;

    #[test]
    fn a_tenth_less_each_year_down_to_the_floor() {
        let rule = Disinflation::mainnet();
        let units = |years| rule.inflation(years).unwrap().units().clone();
        assert_eq!(units(0), BigInt::from(80_000_000_000_000_000i64));
        assert_eq!(units(2), BigInt::from(64_800_000_000_000_000i64));
        // 0.08 × 0.9^15 in full; a year later 0.0148 would be below the floor.
        assert_eq!(units(15), BigInt::from(16_471_290_567_571_920i64));
        assert_eq!(units(16), BigInt::from(15_000_000_000_000_000i64));
        assert_eq!(units(u64::MAX), BigInt::from(15_000_000_000_000_000i64));
    }

    #[test]
    fn inflation_rounds_to_the_nearest_unit() {
        // A third (cut) kept of nothing less than 0.000000000000000005: 1.67 units.
        let rule = Disinflation {
            initial: Dec::from_units(5),
            disinflation: Dec::from_units(666_666_666_666_666_667i64),
            target: Dec::default(),
        };
        assert_eq!(rule.inflation(1), Ok(Dec::from_units(2)));
    }

    #[test]
    fn a_year_is_over_with_its_last_nanosecond() {
        let year = i128::from(NANOSECONDS_PER_YEAR);
        assert_eq!(years_since_genesis(-year), 0);
        assert_eq!(years_since_genesis(year - 1), 0);
        assert_eq!(years_since_genesis(year), 1);
        assert_eq!(years_since_genesis(10 * year + 30 * 86_400 * SECOND), 10);
    }

    #[test]
    fn a_block_mints_by_the_clock_and_cuts_the_rest() {
        // 15 s of 31,556,952 are 0.000000475331077602|..., of a billion 475.33.
        let billion = Dec::from_int(1_000_000_000);
        assert_eq!(
            block_provision(&billion, 15 * SECOND),
            Ok(BigInt::from(475))
        );
        // A third of a year is 0.333333333333333333, cut by rounding: of 3 coins one unit short of one coin.
        let third = i128::from(NANOSECONDS_PER_YEAR) / 3;
        assert_eq!(
            block_provision(&Dec::from_int(3), third),
            Ok(BigInt::from(0))
        );
        // Two thirds are rounded up: two coins and a unit of dust.
        let two = Dec::from_int(3);
        assert_eq!(block_provision(&two, 2 * third), Ok(BigInt::from(2)));
        assert!(block_provision(&billion, -1).is_err());
    }
}
