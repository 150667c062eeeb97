//! What an era pays: by the curve's pieces with the rest of its maximum to the treasury, by the curve's own height, or Polkadot's
//! fixed issuance.

use num_bigint::BigInt;

use super::curve::PiecewiseLinear;
use super::falloff::{QUINTILLION, adjustment};
use super::{BILLION, MILLISECONDS_PER_YEAR, perbill_of};
use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div, div, mul_div};

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
    let portion = perbill(era_milliseconds)?;
    let payout = perbill_of(portion, &curve.yearly(staked, issuance)?)?;
    let maximum = perbill_of(portion, &perbill_of(curve.maximum(), issuance)?)?;
    Ok((payout, maximum))
}

/// An era's part of a year in billionths, at most one. The network first divides both by what brings a year below a billion, so that it
/// counts in steps of 32 ms.
fn perbill(era_milliseconds: u64) -> Result<u32, RuleError> {
    const STEP: u64 = MILLISECONDS_PER_YEAR.div_ceil(BILLION as u64);
    // no published number notices: their eras are whole seconds, times four
    let steps = div(era_milliseconds.into(), STEP.into(), Rounding::Floor)?;
    let year = u128::from(MILLISECONDS_PER_YEAR / STEP);
    let portion = mul_div(steps, BILLION.into(), year, Rounding::Floor)?;
    Ok(u32::try_from(portion).unwrap_or(BILLION).min(BILLION))
}

/// An era by the height of the curve, as the relay chains' runtimes count it; ratios in parts of a quintillion, all but the share of
/// the issuance cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdjustedPayout {
    /// A year's inflation without stake.
    pub min_inflation: u64,
    /// A year's inflation at the ideal stake.
    pub max_inflation: u64,
    /// The staked part at which inflation is highest; above nought.
    pub ideal_stake: u64,
    /// Beyond the ideal, what halves the inflation above the minimum; 1 % at least.
    pub falloff: u64,
}

impl AdjustedPayout {
    /// What stakers get of an era of which a year has so many, in plancks: the era's part of a year's inflation, of the issuance to
    /// the nearest, ties down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without issuance or eras, [`RuleError::Refused`] for a falloff below 1 % where stake is beyond the
    /// ideal.
    pub fn era(&self, staked: u128, issuance: u128, eras: u32) -> Result<u128, RuleError> {
        let one = u128::from(QUINTILLION);
        let stake = mul_div(staked.min(issuance), one, issuance, Rounding::Floor)?;
        let stake = u64::try_from(stake).map_err(|_| RuleError::Overflow)?;
        let height = adjustment(stake, self.ideal_stake, self.falloff)?;
        let above = self.max_inflation.saturating_sub(self.min_inflation);
        let above = mul_div(above.into(), height.into(), one, Rounding::Floor)?;
        let portion = div(one, eras.into(), Rounding::Floor)?;
        let yearly = u128::from(self.min_inflation) + above;
        let era = mul_div(portion, yearly, one, Rounding::Floor)?;
        // ceil(x - 1/2) is the nearest, and the lower one of a tie.
        let twice = BigInt::from(era) * issuance * 2u32 - one;
        let payout = big_div(&twice, &BigInt::from(2 * one), Rounding::Ceil)?;
        u128::try_from(payout).map_err(|_| RuleError::Overflow)
    }
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
        // 8,099,835,103 ms are 253,119,846|.97 steps of 32, of 986,175,000 in a year: 256,668,285|.99 billionths, not 256,668,286|.02.
        assert_eq!(perbill(8_099_835_103), Ok(256_668_285));
        // A second year of one era is lost: the part is at most one.
        let long = by_curve(&curve, &quarter, &issuance, 2 * MILLISECONDS_PER_YEAR).unwrap();
        assert_eq!(long.1, BigInt::from(100_000_000_000i64));
    }

    #[test]
    fn an_era_pays_along_the_height_of_the_curve() {
        let percent = |percent: u64| QUINTILLION / 100 * percent;
        let rule = AdjustedPayout {
            min_inflation: percent(2),
            max_inflation: percent(10),
            ideal_stake: percent(50),
            falloff: percent(5),
        };
        // Half of the ideal: 2 + 8/2 = 6 % a year, 2 % of a third year less a quintillionth: 1.99 of 100 is nearest to 2.
        assert_eq!(rule.era(25, 100, 3), Ok(2));
        // At the ideal 10 %: 2.5 of 25, the lower one of a tie; 3 of 30.
        assert_eq!(rule.era(50, 100, 4), Ok(2));
        assert_eq!(rule.era(60, 120, 4), Ok(3));
        // One falloff beyond, 2 + 8/2 = 6 % again, but for cut-off terms.
        assert_eq!(rule.era(55_000, 100_000, 1), Ok(6_000));
        assert_eq!(rule.era(1, 0, 1), Err(RuleError::ZeroDivisor));
        assert_eq!(rule.era(1, 1, 0), Err(RuleError::ZeroDivisor));
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
