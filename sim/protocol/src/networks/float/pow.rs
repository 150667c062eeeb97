//! Powers of doubles. Whole exponents of at most [`WHOLE_MAX`] are computed exactly and rounded once; others through a logarithm and an
//! exponential of [`FRACTION`] binary places, and rounded once: the double nearest to the true power, but for a true power that lies
//! within 2^-190 of itself of the middle between two doubles.
//!
//! The platforms' `pow` errs by less than one unit in the last place; where it does not return the nearest double, the two differ by that.

use num_bigint::{BigInt, Sign};

use super::{Double, of_scaled, scaled};
use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div, big_shift};

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
    /// whole or passes 4096, [`RuleError::Overflow`] past the largest double.
    #[track_caller]
    pub fn power(self, exponent: Double) -> Result<Double, RuleError> {
        if exponent == Double::ZERO || self == Double::ONE {
            return Ok(Double::ONE);
        }
        let (base, twos) = self.parts();
        if let Some(whole) = exponent.whole() {
            let factor = base.pow(whole.unsigned_abs());
            let twos = twos * i64::from(whole);
            return if whole < 0 {
                of_scaled(&1.into(), &factor, twos)
            } else {
                of_scaled(&factor, &1.into(), twos)
            };
        }
        match (base.sign(), exponent > Double::ZERO) {
            (Sign::NoSign, true) => return Ok(Double::ZERO),
            (Sign::NoSign, false) => return Err(RuleError::ZeroDivisor),
            (Sign::Minus, _) => {
                return Err(RuleError::Refused("a power of a negative number"));
            }
            (Sign::Plus, _) => {}
        }
        match exponential(&product(&logarithm(&base, twos)?, exponent)?)? {
            Some((sum, twos)) => of_scaled(&sum, &(BigInt::from(1) << FRACTION), twos),
            None => Ok(Double::ZERO),
        }
    }

    /// The small integer that this is, if it is one.
    fn whole(self) -> Option<i32> {
        let (mantissa, twos) = self.parts();
        let (over, under) = scaled(&mantissa, &1.into(), -twos);
        let is_whole = (&over % &under).sign() == Sign::NoSign;
        let whole = i32::try_from(over / under).ok()?;
        (is_whole && whole.unsigned_abs() <= WHOLE_MAX).then_some(whole)
    }
}

/// A logarithm times a double, in units of `2^-FRACTION`.
fn product(logarithm: &BigInt, double: Double) -> Result<BigInt, RuleError> {
    let (mantissa, twos) = double.parts();
    let (over, under) = scaled(&(logarithm * mantissa), &1.into(), -twos);
    // no published number notices: a unit of 2^-256 in a logarithm is far below a mantissa's last bit
    big_div(&over, &under, Rounding::HalfEven)
}

/// The natural logarithm of `mantissa × 2^twos`, a positive number, in units of `2^-FRACTION`.
fn logarithm(mantissa: &BigInt, twos: i64) -> Result<BigInt, RuleError> {
    let bits = mantissa.bits();
    let one = BigInt::from(1) << bits;
    let whole = twos + i64::try_from(bits).map_err(|_| RuleError::Overflow)?;
    // What is left of the number lies in [1/2, 1): (x − 1)/(x + 1) is at least −1/3.
    let ln = inverse_tanh(&(mantissa - &one), &(mantissa + &one))? * 2;
    Ok(ln + ln_2()? * whole)
}

fn ln_2() -> Result<BigInt, RuleError> {
    Ok(inverse_tanh(&1.into(), &3.into())? * 2)
}

/// `artanh(numerator / denominator)` by its series, in units of `2^-FRACTION`.
fn inverse_tanh(numerator: &BigInt, denominator: &BigInt) -> Result<BigInt, RuleError> {
    // no published number notices: a unit of 2^-256 in a logarithm is far below a mantissa's last bit
    let z = big_div(&(numerator << FRACTION), denominator, Rounding::TowardZero)?;
    // no published number notices: a unit of 2^-256 in a logarithm is far below a mantissa's last bit
    let square = big_shift(&(&z * &z), FRACTION, Rounding::TowardZero);
    let (mut sum, mut power) = (z.clone(), z);
    for k in (3u32..).step_by(2) {
        // no published number notices: a unit of 2^-256 in a logarithm is far below a mantissa's last bit
        power = big_shift(&(&power * &square), FRACTION, Rounding::TowardZero);
        // The square is at most a ninth: two hundred terms are more than the places hold.
        if power.sign() == Sign::NoSign || k > 400 {
            break;
        }
        // no published number notices: a unit of 2^-256 in a logarithm is far below a mantissa's last bit
        sum += big_div(&power, &k.into(), Rounding::TowardZero)?;
    }
    Ok(sum)
}

/// `e^power`, `power` in units of `2^-FRACTION`: a number of such units and a power of two that multiplies it. Nothing where no
/// double is so small.
fn exponential(power: &BigInt) -> Result<Option<(BigInt, i64)>, RuleError> {
    let ln_2 = ln_2()?;
    // no published number notices: one power of two more leaves a rest that is one ln 2 less
    let twos = big_div(power, &ln_2, Rounding::Floor)?;
    let rest = power - &twos * &ln_2;
    let is_small = twos.sign() == Sign::Minus;
    let Some(twos) = i64::try_from(twos)
        .ok()
        .filter(|twos| twos.abs() <= TWOS_MAX)
    else {
        return if is_small {
            Ok(None)
        } else {
            Err(RuleError::Overflow)
        };
    };
    let one = BigInt::from(1) << FRACTION;
    let (mut sum, mut term) = (&one + &rest, rest.clone());
    // The rest is below one: its seventieth power over the factorial is below the places.
    for k in 2u32..80 {
        // no published number notices: a unit of 2^-256 in an exponential is far below a mantissa's last bit
        term = big_div(&(&term * &rest), &(&one * k), Rounding::TowardZero)?;
        sum += &term;
    }
    Ok(Some((sum, twos)))
}
