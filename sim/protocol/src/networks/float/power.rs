//! Powers and exponentials of doubles. Whole exponents of at most [`WHOLE_MAX`] are computed exactly and rounded once; others through a
//! logarithm and an exponential of [`FRACTION`] binary places, and rounded once: the double nearest to the true power, but for a true
//! power that lies within 2^-190 of itself of the middle between two doubles.
//!
//! The platforms' `pow` and `exp` err by less than one unit in the last place; where they do not return the nearest double, the two differ
//! by that.

use num_bigint::{BigInt, Sign};

use super::{Double, shifted};
use crate::networks::RuleError;
use crate::networks::exp::{exp, ln};
use crate::networks::round::{Rounding, big_div};

/// Binary places of logarithms: more than the 53 of a mantissa, the 11 of a whole part and the errors of the series take.
const FRACTION: u32 = 256;
/// The largest whole exponent whose power is computed with all its digits.
const WHOLE_MAX: u32 = 4096;
/// Exponents of two beyond which there is no double.
const TWOS_MAX: i64 = 1200;

impl Double {
    /// This number to the power of another.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for zero to a negative power, [`RuleError::Refused`] for a negative number to a power that is not
    /// whole or passes 4096, [`RuleError::Overflow`] past the greatest number.
    #[track_caller]
    pub fn power(self, exponent: Double) -> Result<Double, RuleError> {
        if exponent == Double::ZERO || self == Double::ONE {
            return Ok(Double::ONE);
        }
        let base = BigInt::from(self.mantissa);
        if let Some(whole) = exponent.small_integer() {
            let factor = base.pow(whole.unsigned_abs());
            let twos = i64::from(self.exponent) * i64::from(whole);
            let one = BigInt::from(1);
            let (a, d) = if whole < 0 {
                shifted(&one, &factor, twos)
            } else {
                shifted(&factor, &one, twos)
            };
            return Double::nearest(&a, &d);
        }
        match (base.sign(), exponent > Double::ZERO) {
            (Sign::NoSign, true) => Ok(Double::ZERO),
            (Sign::NoSign, false) => Err(RuleError::ZeroDivisor),
            (Sign::Minus, _) => Err(RuleError::Refused("a power of a negative number")),
            (Sign::Plus, _) => {
                let (a, d) = exponent.ratio();
                let ln = ln(&base, self.exponent.into(), FRACTION)?;
                // no published number notices: a unit of 2^-256 in a logarithm is far below a mantissa's last bit
                near_exp(&big_div(&(ln * a), &d, Rounding::HalfEven)?)
            }
        }
    }

    /// `e` to the power of this number.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past the greatest number.
    #[track_caller]
    pub fn exp(self) -> Result<Double, RuleError> {
        let (a, d) = self.ratio();
        // no published number notices: a unit of 2^-256 in an exponent is far below a mantissa's last bit
        near_exp(&big_div(&(a << FRACTION), &d, Rounding::HalfEven)?)
    }

    /// The small integer that this is, if it is one.
    fn small_integer(self) -> Option<i32> {
        let (a, d) = self.ratio();
        let is_whole = (&a % &d).sign() == Sign::NoSign;
        let whole = i32::try_from(a / d).ok()?;
        (is_whole && whole.unsigned_abs() <= WHOLE_MAX).then_some(whole)
    }
}

/// The double nearest to `e^x`, `x` in units of `2^-FRACTION`.
#[track_caller]
fn near_exp(x: &BigInt) -> Result<Double, RuleError> {
    let (mantissa, twos) = exp(x, FRACTION)?;
    match i64::try_from(&twos) {
        Ok(twos) if twos.abs() <= TWOS_MAX => {
            let (a, d) = shifted(&mantissa, &1.into(), twos - i64::from(FRACTION));
            Double::nearest(&a, &d)
        }
        _ if twos.sign() == Sign::Minus => Ok(Double::ZERO),
        _ => Err(RuleError::Overflow),
    }
}
