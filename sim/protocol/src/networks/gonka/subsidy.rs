//! The subsidy before epochs had a reward of their own: work is paid `1/(1 − rate)` times over, and the rate falls each time that a
//! stage of the supply has been paid.

use alloc::vec::Vec;

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::float::{Double, Single};
use crate::networks::round::{Rounding, big_div};

/// Decimal places of a quotient in the chain's decimals.
const QUOTIENT_PLACES: u32 = 16;
/// Decimal places of a rate after a reduction.
const RATE_PLACES: u32 = 4;

/// The subsidy's parameters.
#[derive(Clone, Copy, Debug)]
pub struct Subsidy {
    /// Share of the pay that is subsidy, 0 to 1.
    pub rate: Single,
    /// Share of the supply that is one stage.
    pub stage_cutoff: Double,
    /// What a stage takes of the rate.
    pub stage_decrease: Single,
    /// All that will ever be paid, base units.
    pub supply: i64,
}

/// What work is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Base units.
    pub amount: i64,
    /// Whether a stage ended, and the rate is to be reduced.
    pub has_crossed: bool,
}

impl Subsidy {
    /// The subsidy for `work`, base units, after `paid` of the supply. What crosses into the next stage is paid at the next rate;
    /// a payment crosses one stage at most.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] when a stage or what the rate leaves is nothing; [`RuleError::Overflow`] past 64 bits.
    pub fn pay(&self, paid: i64, work: i64) -> Result<Paid, RuleError> {
        if paid >= self.supply {
            return Ok(Paid {
                amount: 0,
                has_crossed: false,
            });
        }
        let whole = |amount: BigInt| i64::try_from(amount).map_err(|_| RuleError::Overflow);
        // no published number notices: published subsidies are whole numbers before they are truncated
        let stage = self.stage_cutoff.times(Double::of(self.supply)?)?;
        // no published number notices: published subsidies are whole numbers before they are truncated
        let stage = whole(stage.whole(Rounding::HalfUp)?)?;
        if stage == 0 {
            return Err(RuleError::ZeroDivisor);
        }
        let next_cutoff = (paid - paid % stage)
            .checked_add(stage)
            .ok_or(RuleError::Overflow)?;
        let amount = whole(subsidy(work, self.rate)?)?;
        if paid.checked_add(amount).ok_or(RuleError::Overflow)? <= next_cutoff {
            return Ok(Paid {
                amount,
                has_crossed: false,
            });
        }
        let until_cutoff = next_cutoff - paid;
        let mut amount = until_cutoff;
        if next_cutoff < self.supply {
            let work_until_cutoff = whole(work_for(until_cutoff, self.rate)?)?;
            let next_rate = self.rate.times(Single::ONE.minus(self.stage_decrease)?)?;
            let rest = whole(subsidy(work - work_until_cutoff, next_rate)?)?;
            amount = amount.checked_add(rest).ok_or(RuleError::Overflow)?;
        }
        Ok(Paid {
            amount,
            has_crossed: true,
        })
    }
}

/// Numerator and denominator of what a rate leaves of one, as the chain's decimals have it: the rate's shortest digits.
fn left(rate: Single) -> Result<(BigInt, BigInt), RuleError> {
    let (mantissa, places) = rate.shortest()?;
    let one = BigInt::from(10).pow(places);
    Ok((&one - mantissa, one))
}

/// `work / (1 − rate)`: sixteen decimals, then truncated.
fn subsidy(work: i64, rate: Single) -> Result<BigInt, RuleError> {
    let (left, one) = left(rate)?;
    let unit = BigInt::from(10).pow(QUOTIENT_PLACES);
    // no published number notices: published subsidies are whole numbers before they are truncated
    let quotient = away_from_zero(&(BigInt::from(work) * one * &unit), &left)?;
    // no published number notices: published subsidies are whole numbers before they are truncated
    big_div(&quotient, &unit, Rounding::TowardZero)
}

/// `subsidy × (1 − rate)`, truncated.
fn work_for(subsidy: i64, rate: Single) -> Result<BigInt, RuleError> {
    let (left, one) = left(rate)?;
    big_div(&(left * subsidy), &one, Rounding::TowardZero)
}

/// To the nearest, ties away from zero.
#[track_caller]
fn away_from_zero(a: &BigInt, d: &BigInt) -> Result<BigInt, RuleError> {
    big_div(a, d, Rounding::HalfUp)
}

/// All the work that is paid: what is below zero does not count.
///
/// # Errors
/// [`RuleError::Overflow`] past 64 bits.
pub fn total_work(work: &[i64]) -> Result<i64, RuleError> {
    let total = work
        .iter()
        .map(|part| i128::from((*part).max(0)))
        .sum::<i128>();
    i64::try_from(total).map_err(|_| RuleError::Overflow)
}

/// Each participant's reward of `amount` for its part of [`total_work`]: the part is a decimal of sixteen places, the product is
/// truncated, the remainder is not paid. Work below zero is an error of that participant, who gets nothing.
///
/// # Errors
/// [`RuleError::Overflow`] past 64 bits.
pub fn rewards(amount: i64, work: &[i64]) -> Result<Vec<i64>, RuleError> {
    let total = total_work(work)?;
    let unit = BigInt::from(10).pow(QUOTIENT_PLACES);
    let reward = |part: &i64| {
        if *part <= 0 {
            return Ok(0);
        }
        let share = away_from_zero(&(&unit * part), &BigInt::from(total))?;
        // no published number notices: published subsidies are whole numbers before they are truncated
        let reward = big_div(&(share * amount), &unit, Rounding::TowardZero)?;
        i64::try_from(reward).map_err(|_| RuleError::Overflow)
    };
    work.iter().map(reward).collect()
}

/// The rate after a stage, `rate × (1 − reduction)` to four decimals, in ten-thousandths. Both are decimals, mantissa and places.
///
/// # Errors
/// None in practice.
pub fn reduced_rate(rate: (&BigInt, u32), reduction: (&BigInt, u32)) -> Result<BigInt, RuleError> {
    let unit = BigInt::from(10);
    let product = rate.0 * (unit.pow(reduction.1) - reduction.0) * unit.pow(RATE_PLACES);
    away_from_zero(&product, &unit.pow(rate.1 + reduction.1))
}

/// The rates after each of `stages` stages, in ten-thousandths, the first after one reduction.
///
/// # Errors
/// As [`reduced_rate`].
pub fn rates(
    start: (&BigInt, u32),
    reduction: (&BigInt, u32),
    stages: u16,
) -> Result<Vec<BigInt>, RuleError> {
    let mut series: Vec<BigInt> = Vec::new();
    for _ in 0..stages {
        let rate = series.last().map_or(start, |last| (last, RATE_PLACES));
        series.push(reduced_rate(rate, reduction)?);
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subsidy_of(supply: i64) -> Subsidy {
        let rate = |tenths: i64| Single::of_decimal(&BigInt::from(tenths), 1).unwrap();
        Subsidy {
            rate: rate(9),
            stage_cutoff: Double::of_decimal(&BigInt::from(5), 2).unwrap(),
            stage_decrease: rate(2),
            supply,
        }
    }

    /// The stage ends after 5 000 of subsidy, for which 500 of work pay. The other 500 are paid at `0.9 × 0.8`, which in single precision is
    /// 0.71999997 (0.9 is 0.899999976, 0.8 is 1 − 0.200000003): 500 / 0.28000003 = 1785.7140….
    #[test]
    fn work_that_crosses_a_stage_is_paid_at_two_rates() {
        let paid = subsidy_of(200_000).pay(5_000, 1_000).unwrap();
        assert_eq!((paid.amount, paid.has_crossed), (5_000 + 1_785, true));
    }

    #[test]
    fn the_last_stage_pays_what_is_left() {
        let paid = subsidy_of(200_000).pay(199_999, 1_000).unwrap();
        assert_eq!((paid.amount, paid.has_crossed), (1, true));
        assert_eq!(subsidy_of(9).pay(3, 1), Err(RuleError::ZeroDivisor));
    }

    /// A third has sixteen digits here, so that three thirds of 30 · 10^15 lack three units in all.
    #[test]
    fn shares_of_work_have_sixteen_digits() {
        let rewards = rewards(30_000_000_000_000_000, &[1, 1, 1]).unwrap();
        assert_eq!(rewards, [9_999_999_999_999_999; 3]);
    }

    /// Twelve of work are paid 120: a third and two thirds of it, and nothing is taken from those who did it for the one below zero.
    #[test]
    fn work_below_zero_counts_for_nothing() {
        let work = [4, -40, 8, 0];
        assert_eq!(total_work(&work), Ok(12));
        assert_eq!(rewards(120, &work).unwrap(), [39, 0, 80, 0]);
        assert_eq!(total_work(&[i64::MAX, 1]), Err(RuleError::Overflow));
    }

    #[test]
    fn rates_fall_by_a_fifth_to_four_digits() {
        let [start, reduction] = [5, 2].map(BigInt::from);
        let rates = rates((&start, 1), (&reduction, 1), 6).unwrap();
        // 0.5, 0.4, 0.32, 0.256, 0.2048, 0.16384, 0.131072 (of 0.1638)
        assert_eq!(
            rates,
            [4000, 3200, 2560, 2048, 1638, 1310].map(BigInt::from)
        );
    }
}
