//! What an era pays: by the curve with the rest of its maximum to the treasury, or Polkadot's fixed issuance.

use num_bigint::BigInt;

use super::curve::PiecewiseLinear;
use super::{BILLION, MILLISECONDS_PER_YEAR, perbill_of};
use crate::networks::RuleError;
use crate::networks::round::{Rounding, mul_div};

/// One, in the units of 1e-18 of a `FixedU128`.
const FIXED: u128 = 1_000_000_000_000_000_000;

/// An era's payout by the curve, and the most it could have been, in plancks: the era's part of a year (cut to billionths, at most
/// one) of the year's. The treasury gets what the payout falls short of the most.
///
/// # Errors
/// None in practice.
pub fn by_curve(
    curve: &PiecewiseLinear,
    staked: &BigInt,
    issuance: &BigInt,
    era_milliseconds: u64,
) -> Result<(BigInt, BigInt), RuleError> {
    let portion = mul_div(
        era_milliseconds.into(),
        BILLION.into(),
        MILLISECONDS_PER_YEAR.into(),
        Rounding::Floor,
    )?;
    let portion = u32::try_from(portion).unwrap_or(BILLION).min(BILLION);
    let payout = perbill_of(portion, &curve.yearly(staked, issuance)?)?;
    let maximum = perbill_of(portion, &perbill_of(curve.maximum(), issuance)?)?;
    Ok((payout, maximum))
}

/// A fixed issuance a year, whatever is staked and whatever exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedIssuance {
    /// The total that inflation is a part of, in plancks.
    pub total_issuance: u128,
    /// A year's part of it, in units of 1e-18.
    pub inflation: u128,
    /// The treasury's part of an era, in units of 1e-18.
    pub treasury: u128,
}

/// An era of a fixed issuance, in plancks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Era {
    /// To stakers, with all remainders.
    pub stakers: u128,
    /// To the treasury, cut off.
    pub treasury: u128,
}

impl FixedIssuance {
    /// Polkadot since Referendum 1139: 8 % of the tokens of its day, 15 % of that to the treasury.
    #[must_use]
    pub const fn polkadot() -> FixedIssuance {
        FixedIssuance {
            total_issuance: 15_011_657_390_566_252_333,
            inflation: FIXED / 100 * 8,
            treasury: FIXED / 100 * 15,
        }
    }

    /// An era's payout: its part of a year (cut to 18 places, any length) of the year's emission, everything cut off to plancks.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] for parts above one that pass 128 bits.
    pub fn era(&self, era_milliseconds: u64) -> Result<Era, RuleError> {
        let length = mul_div(
            era_milliseconds.into(),
            FIXED,
            MILLISECONDS_PER_YEAR.into(),
            Rounding::Floor,
        )?;
        let yearly = mul_div(self.inflation, self.total_issuance, FIXED, Rounding::Floor)?;
        let era = mul_div(length, yearly, FIXED, Rounding::Floor)?;
        let treasury = mul_div(self.treasury, era, FIXED, Rounding::Floor)?;
        let stakers = era.checked_sub(treasury).ok_or(RuleError::Overflow)?;
        Ok(Era { stakers, treasury })
    }
}

#[cfg(test)]
mod tests {
    use super::super::curve::CurveParameters;
    use super::*;

    const DAY: u64 = 86_400_000;

    #[test]
    fn a_day_pays_its_billionths_of_the_year() {
        let curve = PiecewiseLinear::new(&CurveParameters::default()).unwrap();
        let issuance = BigInt::from(1_000_000_000_000i64);
        // 1/365.25 is 0.002737850|78..., cut; of 62.5 and 100 billion plancks.
        let quarter = BigInt::from(250_000_000_000i64);
        assert_eq!(
            by_curve(&curve, &quarter, &issuance, DAY),
            Ok((BigInt::from(171_115_625), BigInt::from(273_785_000)))
        );
        // A second year of one era is lost: the part is at most one.
        let long = by_curve(&curve, &quarter, &issuance, 2 * MILLISECONDS_PER_YEAR).unwrap();
        assert_eq!(long.1, BigInt::from(100_000_000_000i64));
    }

    #[test]
    fn the_fixed_issuance_cuts_off_and_leaves_remainders_to_stakers() {
        // 8 % of 1,000,003 are 80,000|.24; half a year of it 40,000; 15 % of 40,000 are 6,000.
        let mut rule = FixedIssuance {
            total_issuance: 1_000_003,
            ..FixedIssuance::polkadot()
        };
        let half = MILLISECONDS_PER_YEAR / 2;
        let (stakers, treasury) = (34_000, 6_000);
        assert_eq!(rule.era(half), Ok(Era { stakers, treasury }));
        // 8 % of 1,000,050 are 80,004; half a year 40,002; 15 % 6,000|.3.
        rule.total_issuance = 1_000_050;
        let (stakers, treasury) = (34_002, 6_000);
        assert_eq!(rule.era(half), Ok(Era { stakers, treasury }));
    }

    #[test]
    fn polkadot_pays_twelve_hundred_million_dot_in_ten_years() {
        // 0.08 × 1,501,165,739.0566252333 DOT = 120,093,259.1245300186|64 DOT a year.
        let year = FixedIssuance::polkadot()
            .era(MILLISECONDS_PER_YEAR)
            .unwrap();
        assert_eq!(year.stakers + year.treasury, 1_200_932_591_245_300_186);
        assert_eq!(year.treasury, 180_139_888_686_795_027);
        // A day, cut to 0.002737850787132101 of it, is 328,797.4...: a tenth year is not lost.
        let ten = FixedIssuance::polkadot()
            .era(10 * MILLISECONDS_PER_YEAR)
            .unwrap();
        assert_eq!(ten.stakers + ten.treasury, 12_009_325_912_453_001_860);
    }
}
