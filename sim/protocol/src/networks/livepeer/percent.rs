//! Percentages as numerators over a fixed divisor. A share given as a fraction is turned into such a numerator first, and that
//! rounds down a second time.

use super::super::RuleError;
use super::super::uint256::Uint256;

/// A scale of percentages: what stands for the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale(pub Uint256);

/// Commissions and slashes.
pub const BONDING: Scale = Scale(Uint256::new(1_000_000));

/// Inflation and the bonding rate.
pub const MINTER: Scale = Scale(Uint256::new(1_000_000_000));

/// Cumulative factors and the treasury's cut.
pub const PRECISE: Scale = Scale(Uint256::new(1_000_000_000_000_000_000_000_000_000));

impl Scale {
    /// `num / den` as a numerator of this scale, rounded down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`]; [`RuleError::Overflow`] when the product passes 256 bits. So do those below.
    #[track_caller]
    pub fn points(self, num: Uint256, den: Uint256) -> Result<Uint256, RuleError> {
        num.times(self.0)?.over(den)
    }

    /// `points` of `amount`, rounded down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for a scale of zero.
    #[track_caller]
    pub fn of(self, amount: Uint256, points: Uint256) -> Result<Uint256, RuleError> {
        amount.times(points)?.over(self.0)
    }

    /// `num / den` of `amount`, rounded down twice.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    pub fn fraction_of(
        self,
        amount: Uint256,
        num: Uint256,
        den: Uint256,
    ) -> Result<Uint256, RuleError> {
        // no published number notices: a point is worth less than a unit of the amounts in the files.
        let points = num.times(self.0)?.over(den)?;
        amount.times(points)?.over(self.0)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    fn fraction_of(scale: Scale, amount: u128, num: u128, den: u128) -> Result<Uint256, RuleError> {
        scale.fraction_of(amount.into(), num.into(), den.into())
    }

    #[test]
    fn a_fraction_is_rounded_down_twice() {
        // A third of 3 000 000 000 at nine digits loses one, at six a thousand.
        let third = |scale| fraction_of(scale, 3_000_000_000, 1, 3).unwrap();
        assert_eq!(third(MINTER), 999_999_999);
        assert_eq!(third(BONDING), 999_999_000);
        assert_eq!(fraction_of(PRECISE, 3, 1, 3).unwrap(), 0);
        let [zero, one] = [0, 1].map(Uint256::new);
        assert_eq!(BONDING.points(one, zero), Err(RuleError::ZeroDivisor));
        assert_eq!(Scale(zero).of(one, one), Err(RuleError::ZeroDivisor));
    }

    /// 10^27 is below 2^90: a number of 166 bits has a fraction of that scale, and one of 167 has none.
    #[test]
    fn only_products_past_256_bits_are_refused() {
        let two_to = |power: u32| Uint256::try_from(BigInt::from(1) << power).unwrap();
        let whole = PRECISE.fraction_of(1.into(), two_to(166), two_to(166));
        assert_eq!(whole, Ok(1.into()));
        let points = PRECISE.points(u128::MAX.into(), 1.into()).unwrap();
        assert_eq!(points.over(PRECISE.0), Ok(u128::MAX.into()));
        let beyond = PRECISE.points(two_to(167), two_to(167));
        assert_eq!(beyond, Err(RuleError::Overflow));
    }
}
