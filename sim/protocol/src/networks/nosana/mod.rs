//! Nosana: stake weighs more the longer it is locked, fees are shared by reflection, unstaked tokens come out linearly.
//! Restated from nosana-ci/nosana-programs @10a64e4 (MIT): `nosana-staking`, `nosana-rewards`.
//!
//! Amounts are base units (10^6 a NOS), durations seconds. There is no rule for when to slash: an authority takes an amount, and the
//! weight follows from what is left.

pub mod reflection;

use super::RuleError;
use super::round::{Rounding, div, mul_div};

/// Shortest lock, in seconds.
pub const DURATION_MIN_S: u64 = 14 * 86_400;

/// Longest lock, in seconds.
pub const DURATION_MAX_S: u64 = 365 * 86_400;

/// How locks turn into weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighting {
    /// What one stands for in the multiplier.
    pub precision: u128,
    /// Seconds of lock that add one to the multiplier.
    pub seconds_per_one: u128,
}

impl Weighting {
    /// The program's constants: a quarter for each month.
    pub const PUBLISHED: Weighting = Weighting {
        precision: 1_000_000_000_000_000,
        seconds_per_one: 10_512_000,
    };

    /// Weight (xNOS, in base units) of `amount` locked for `duration` seconds: the amount times one and the lock's addition, each step
    /// rounded down. Unstaked tokens have none.
    ///
    /// # Errors
    /// [`RuleError::Overflow`], and [`RuleError::ZeroDivisor`] for a weighting of zeros.
    pub fn xnos(&self, amount: u64, duration: u64) -> Result<u128, RuleError> {
        // no published number notices: a part of 10^15 is worth less than a unit of the amounts in the files.
        let lock = mul_div(
            duration.into(),
            self.precision,
            self.seconds_per_one,
            Rounding::Floor,
        )?;
        let multiplier = lock
            .checked_add(self.precision)
            .ok_or(RuleError::Overflow)?;
        mul_div(multiplier, amount.into(), self.precision, Rounding::Floor)
    }
}

/// What can be withdrawn of `amount` unstaked `elapsed` seconds ago with a lock of `duration` seconds, when `balance` is still there.
///
/// Linear, with the share of time rounded down at the largest precision that 64 bits hold for this amount and time.
///
/// # Errors
/// [`RuleError::Refused`] when more is there than was staked, or for a lock of no time.
pub fn withdrawable(
    amount: u64,
    balance: u64,
    elapsed: u64,
    duration: u64,
) -> Result<u64, RuleError> {
    let withdrawn = amount.checked_sub(balance);
    let withdrawn = withdrawn.ok_or(RuleError::Refused("balance exceeds the stake"))?;
    if duration == 0 {
        return Err(RuleError::Refused("a lock of no time"));
    }
    if elapsed >= duration {
        return Ok(balance);
    }
    let largest = u128::from(amount.max(elapsed).max(1));
    let precision = div(u64::MAX.into(), largest, Rounding::Floor)?.saturating_sub(1);
    if precision == 0 {
        return Ok(0);
    }
    let share = mul_div(elapsed.into(), precision, duration.into(), Rounding::Floor)?;
    let emitted = mul_div(share, amount.into(), precision, Rounding::Floor)?;
    let emitted = u64::try_from(emitted).map_err(|_| RuleError::Overflow)?;
    Ok(emitted.saturating_sub(withdrawn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_weighs_four_times_and_the_divisions_round_down() {
        let weigh = |amount, duration| Weighting::PUBLISHED.xnos(amount, duration).unwrap();
        assert_eq!(weigh(1_000_000, DURATION_MAX_S), 4_000_000);
        assert_eq!(weigh(1_000_000, 0), 1_000_000);
        // 1 + 1/3 of a thing is 1.333333333333333 at fifteen digits, of three 3.999999999999999.
        assert_eq!(weigh(3, 3_504_000), 3);
        let broken = Weighting {
            precision: 0,
            ..Weighting::PUBLISHED
        };
        assert_eq!(broken.xnos(1, 1), Err(RuleError::ZeroDivisor));
        let overflowing = Weighting {
            precision: u128::MAX,
            seconds_per_one: 1,
        };
        assert_eq!(overflowing.xnos(1, 1), Err(RuleError::Overflow));
    }

    #[test]
    fn unstaked_tokens_come_out_with_time() {
        let out = |balance, elapsed| withdrawable(3_000_000, balance, elapsed, 300).unwrap();
        assert_eq!(out(3_000_000, 0), 0);
        // A third, less what the share of time loses when it is rounded down.
        assert_eq!(out(3_000_000, 100), 999_999);
        assert_eq!(out(2_900_000, 100), 899_999);
        assert_eq!(out(1_000_000, 100), 0);
        assert_eq!(out(1_000_000, 300), 1_000_000);
        assert!(withdrawable(1, 2, 1, 1).is_err());
        assert!(withdrawable(1, 1, 1, 0).is_err());
        assert_eq!(withdrawable(u64::MAX, u64::MAX, 1, 2), Ok(0));
    }
}
