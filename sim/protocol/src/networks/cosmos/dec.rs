//! Decimals of 18 places in a big integer, as the SDK's `LegacyDec` counts: no other rule of Cosmos, or of a chain built with the SDK, has a number of its own.

use core::ops::Neg;

use num_bigint::{BigInt, Sign};

use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div};

/// Decimal places.
pub const PLACES: u32 = 18;

/// Newton steps after which a root is given as it stands.
const ROOT_STEPS_MAX: u32 = 300;

/// Bits of the whole part; a result beyond them is an overflow.
const WHOLE_BITS: u32 = 256;

/// A count of 1e-18.
///
/// Products and quotients of negative numbers round like their magnitudes, except `round_up`, which is towards plus infinity.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dec(BigInt);

impl Dec {
    /// This many units of 1e-18.
    #[must_use]
    pub fn from_units(units: impl Into<BigInt>) -> Dec {
        Dec(units.into())
    }

    /// A whole number.
    #[must_use]
    pub fn from_int(whole: impl Into<BigInt>) -> Dec {
        Dec(whole.into() * precision())
    }

    /// One.
    #[must_use]
    pub fn one() -> Dec {
        Dec::from_int(1)
    }

    /// How many units of 1e-18 this is.
    #[must_use]
    pub fn units(&self) -> &BigInt {
        &self.0
    }

    /// Whether this is nought.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.sign() == Sign::NoSign
    }

    /// Whether this is below nought.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.sign() == Sign::Minus
    }

    /// The sum.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past 256 bits before the point; so for all that follow.
    pub fn add(&self, other: &Dec) -> Result<Dec, RuleError> {
        in_range(&self.0 + &other.0)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn sub(&self, other: &Dec) -> Result<Dec, RuleError> {
        in_range(&self.0 - &other.0)
    }

    /// The product, to the nearest, ties to the even unit.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    #[track_caller]
    pub fn mul(&self, other: &Dec) -> Result<Dec, RuleError> {
        in_range(big_div(
            &(&self.0 * &other.0),
            &precision(),
            Rounding::HalfEven,
        )?)
    }

    /// The product, towards nought.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    #[track_caller]
    pub fn mul_truncate(&self, other: &Dec) -> Result<Dec, RuleError> {
        in_range(big_div(
            &(&self.0 * &other.0),
            &precision(),
            Rounding::TowardZero,
        )?)
    }

    /// The product, up.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    #[track_caller]
    pub fn mul_round_up(&self, other: &Dec) -> Result<Dec, RuleError> {
        in_range(big_div(
            &(&self.0 * &other.0),
            &precision(),
            Rounding::Ceil,
        )?)
    }

    /// The product with a whole number; nothing is lost.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn mul_int(&self, whole: &BigInt) -> Result<Dec, RuleError> {
        in_range(&self.0 * whole)
    }

    /// The quotient: cut off at 36 places, then to the nearest at 18, ties to the even unit.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], [`RuleError::Overflow`].
    #[track_caller]
    pub fn quo(&self, other: &Dec) -> Result<Dec, RuleError> {
        let precision = precision();
        let long = &self.0 * &precision * &precision;
        let long = big_div(&long, &other.0, Rounding::TowardZero)?;
        in_range(big_div(&long, &precision, Rounding::HalfEven)?)
    }

    /// The quotient, towards nought.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], [`RuleError::Overflow`].
    #[track_caller]
    pub fn quo_truncate(&self, other: &Dec) -> Result<Dec, RuleError> {
        in_range(big_div(
            &(&self.0 * precision()),
            &other.0,
            Rounding::TowardZero,
        )?)
    }

    /// The quotient, up. The SDK @0ed2fd9 lands one unit above that where a quotient is negative and not whole; nothing in its
    /// modules divides so.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], [`RuleError::Overflow`].
    #[track_caller]
    pub fn quo_round_up(&self, other: &Dec) -> Result<Dec, RuleError> {
        in_range(big_div(&(&self.0 * precision()), &other.0, Rounding::Ceil)?)
    }

    /// The quotient by a whole number, towards nought.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    #[track_caller]
    pub fn quo_int(&self, whole: &BigInt) -> Result<Dec, RuleError> {
        in_range(big_div(&self.0, whole, Rounding::TowardZero)?)
    }

    /// The nearest whole number, ties to the even one.
    #[track_caller]
    #[must_use]
    pub fn round(&self) -> BigInt {
        big_div(&self.0, &precision(), Rounding::HalfEven).expect("ten is not nought")
    }

    /// The whole part, towards nought.
    #[track_caller]
    #[must_use]
    pub fn truncate(&self) -> BigInt {
        big_div(&self.0, &precision(), Rounding::TowardZero).expect("ten is not nought")
    }

    /// The power of a whole exponent by squaring; each product rounds like [`Dec::mul`].
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    #[track_caller]
    pub fn power(&self, exponent: u64) -> Result<Dec, RuleError> {
        if exponent == 0 {
            return Ok(Dec::one());
        }
        let (mut square, mut odd) = (self.clone(), Dec::one());
        let mut left = exponent;
        while left > 1 {
            if !left.is_multiple_of(2) {
                odd = odd.mul(&square)?;
            }
            left >>= 1;
            square = square.mul(&square)?;
        }
        square.mul(&odd)
    }

    /// The root by Newton's steps from one, until a step is at most a unit: near the true root, not always the nearest unit.
    /// The root of a negative number is that of its magnitude, negative; the noughth root is one.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] where a guess passes the range on its way.
    #[track_caller]
    pub fn approx_root(&self, root: u64) -> Result<Dec, RuleError> {
        if root == 0 {
            return Ok(Dec::one());
        }
        if self.is_negative() {
            return Ok(-(-self.clone()).approx_root(root)?);
        }
        if root == 1 || self.is_zero() || *self == Dec::one() {
            return Ok(self.clone());
        }
        let unit = Dec::from_units(1);
        let mut guess = Dec::one();
        for _ in 0..ROOT_STEPS_MAX {
            let mut previous = guess.power(root - 1)?;
            if previous.is_zero() {
                previous = unit.clone();
            }
            let step = self
                .quo(&previous)?
                .sub(&guess)?
                .quo_int(&BigInt::from(root))?;
            guess = guess.add(&step)?;
            if step.0.magnitude() <= unit.0.magnitude() {
                break;
            }
        }
        Ok(guess)
    }
}

impl Neg for Dec {
    type Output = Dec;

    fn neg(self) -> Dec {
        Dec(-self.0)
    }
}

fn precision() -> BigInt {
    BigInt::from(10).pow(PLACES)
}

fn in_range(units: BigInt) -> Result<Dec, RuleError> {
    let limit = (BigInt::from(1) << WHOLE_BITS) * precision();
    if units.magnitude() < limit.magnitude() {
        Ok(Dec(units))
    } else {
        Err(RuleError::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(units: i64) -> Dec {
        Dec::from_units(units)
    }

    #[test]
    fn products_of_negative_numbers_round_like_their_magnitudes() {
        // 1.5 and -1.5 units: ties go to two; 2.5 to two.
        let half = Dec::from_units(500_000_000_000_000_000i64);
        assert_eq!(units(3).mul(&half), Ok(units(2)));
        assert_eq!(units(-3).mul(&half), Ok(units(-2)));
        assert_eq!(units(5).mul(&half), Ok(units(2)));
        assert_eq!(units(-5).mul_truncate(&half), Ok(units(-2)));
        assert_eq!(units(-5).mul_round_up(&half), Ok(units(-2)));
        assert_eq!(units(5).mul_round_up(&half), Ok(units(3)));
    }

    #[test]
    fn a_quotient_is_cut_before_it_is_rounded() {
        // Half a unit and a little, the little beyond 36 places: seen as a tie.
        let dividend = Dec::from_units(BigInt::from(5) * BigInt::from(10).pow(20) + 1);
        let divisor = Dec::from_units(BigInt::from(10).pow(39));
        assert_eq!(dividend.quo(&divisor), Ok(units(0)));
        assert_eq!(dividend.quo_round_up(&divisor), Ok(units(1)));
        assert_eq!(Dec::one().quo(&units(0)), Err(RuleError::ZeroDivisor));
    }

    #[test]
    fn roots_and_powers_come_near_each_other() {
        // The square root of two has 1.414213562373095048|80 before it is rounded.
        let root = Dec::from_int(2).approx_root(2).unwrap();
        assert_eq!(root, units(1_414_213_562_373_095_049));
        assert_eq!(Dec::from_int(-27).approx_root(3), Ok(Dec::from_int(-3)));
        assert_eq!(Dec::from_int(7).approx_root(0), Ok(Dec::one()));
        assert_eq!(Dec::from_int(3).power(5), Ok(Dec::from_int(243)));
        assert_eq!(Dec::from_int(10).power(78), Err(RuleError::Overflow));
    }

    #[test]
    fn powers_round_each_product() {
        const UNIT: i64 = 1_000_000_000_000_000_000;
        // 1.000000001³ has 27 places; squared first it has 18.
        let power = |last: i64, exponent| units(UNIT + last).power(exponent);
        assert_eq!(power(1_000_000_000, 1), Ok(units(UNIT + 1_000_000_000)));
        assert_eq!(power(1_000_000_000, 2), Ok(units(UNIT + 2_000_000_001)));
        assert_eq!(power(1_000_000_000, 3), Ok(units(UNIT + 3_000_000_003)));
        // 1.0000000015² is 1.00000000300000000225, and 1.0000000009² is 1.00000000180000000081.
        assert_eq!(power(1_500_000_000, 2), Ok(units(UNIT + 3_000_000_002)));
        assert_eq!(power(900_000_000, 2), Ok(units(UNIT + 1_800_000_001)));
    }
}
