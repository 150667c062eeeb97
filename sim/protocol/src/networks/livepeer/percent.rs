//! Percentages as numerators over a fixed divisor. A share given as a fraction is turned into such a numerator first, and that
//! rounds down a second time.

use super::super::RuleError;
use super::super::round::{Rounding, mul_div};

/// A scale of percentages: what stands for the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale(pub u128);

/// Commissions and slashes.
pub const BONDING: Scale = Scale(1_000_000);

/// Inflation and the bonding rate.
pub const MINTER: Scale = Scale(1_000_000_000);

/// Cumulative factors and the treasury's cut.
pub const PRECISE: Scale = Scale(1_000_000_000_000_000_000_000_000_000);

impl Scale {
    /// `num / den` as a numerator of this scale, rounded down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`]; [`RuleError::Overflow`], as below.
    #[track_caller]
    pub fn points(self, num: u128, den: u128) -> Result<u128, RuleError> {
        mul_div(num, self.0, den, Rounding::Floor)
    }

    /// `points` of `amount`, rounded down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for a scale of zero.
    #[track_caller]
    pub fn of(self, amount: u128, points: u128) -> Result<u128, RuleError> {
        mul_div(amount, points, self.0, Rounding::Floor)
    }

    /// `num / den` of `amount`, rounded down twice.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    pub fn fraction_of(self, amount: u128, num: u128, den: u128) -> Result<u128, RuleError> {
        // no published number notices: a point is worth less than a unit of the amounts in the files.
        let points = mul_div(num, self.0, den, Rounding::Floor)?;
        mul_div(amount, points, self.0, Rounding::Floor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_is_rounded_down_twice() {
        // A third of 3 000 000 000 at nine digits loses one, at six a thousand.
        assert_eq!(MINTER.fraction_of(3_000_000_000, 1, 3), Ok(999_999_999));
        assert_eq!(BONDING.fraction_of(3_000_000_000, 1, 3), Ok(999_999_000));
        assert_eq!(PRECISE.fraction_of(3, 1, 3), Ok(0));
        assert_eq!(BONDING.points(1, 0), Err(RuleError::ZeroDivisor));
        assert_eq!(Scale(0).of(1, 1), Err(RuleError::ZeroDivisor));
        assert_eq!(PRECISE.points(u128::MAX, 1), Err(RuleError::Overflow));
    }
}
