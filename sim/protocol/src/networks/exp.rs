//! `e^x` and the natural logarithm to as many binary places as a rule asks for. For rules whose network takes them in floats or in fixed
//! point of its own: these are nearer to the true ones than either.

use num_bigint::{BigInt, Sign};

use super::RuleError;
use super::round::{Rounding, big_div, big_shift};

/// `e^x`, `x` in units of `2^-places`, as a number of such units from one to two and a power of two that multiplies it. For `|x|` below
/// 1 024 and at most 256 places the number errs by less than `2^20` units.
///
/// # Errors
/// None: no divisor is zero.
pub fn exp(x: &BigInt, places: u32) -> Result<(BigInt, BigInt), RuleError> {
    let ln_2 = ln_2(places)?;
    // no published number notices: one power of two more leaves a rest that is one ln 2 less
    let twos = big_div(x, &ln_2, Rounding::Floor)?;
    let rest = x - &twos * &ln_2;
    let one = BigInt::from(1) << places;
    let (mut sum, mut term) = (one.clone(), one.clone());
    for k in 1u32.. {
        // no published number notices: the callers round far coarser than this
        term = big_div(&(&term * &rest), &(&one * k), Rounding::TowardZero)?;
        // Every term is shorter than the one before: the rest is below one.
        if term.sign() == Sign::NoSign || k > places {
            break;
        }
        sum += &term;
    }
    Ok((sum, twos))
}

/// The natural logarithm of `mantissa × 2^twos`, a positive number, in units of `2^-places`.
///
/// # Errors
/// [`RuleError::Refused`] for a mantissa that is not positive.
pub fn ln(mantissa: &BigInt, twos: i64, places: u32) -> Result<BigInt, RuleError> {
    if mantissa.sign() != Sign::Plus {
        return Err(RuleError::Refused("the logarithm of no positive number"));
    }
    let bits = mantissa.bits();
    let one = BigInt::from(1) << bits;
    let whole = BigInt::from(twos) + bits;
    // What is left of the number lies in [1/2, 1): (x − 1)/(x + 1) is at least −1/3.
    let ln = inverse_tanh(&(mantissa - &one), &(mantissa + &one), places)? * 2;
    Ok(ln + ln_2(places)? * whole)
}

fn ln_2(places: u32) -> Result<BigInt, RuleError> {
    Ok(inverse_tanh(&1.into(), &3.into(), places)? * 2)
}

/// `artanh(numerator / denominator)` of at most a third by its series, in units of `2^-places`.
fn inverse_tanh(
    numerator: &BigInt,
    denominator: &BigInt,
    places: u32,
) -> Result<BigInt, RuleError> {
    // no published number notices: the callers round far coarser than this
    let z = big_div(&(numerator << places), denominator, Rounding::TowardZero)?;
    // no published number notices: the callers round far coarser than this
    let square = big_shift(&(&z * &z), places, Rounding::TowardZero);
    let (mut sum, mut power) = (z.clone(), z);
    for k in (3u32..).step_by(2) {
        // no published number notices: the callers round far coarser than this
        power = big_shift(&(&power * &square), places, Rounding::TowardZero);
        // The square is at most a ninth: each term is three places shorter than the one before.
        if power.sign() == Sign::NoSign || k > places {
            break;
        }
        // no published number notices: the callers round far coarser than this
        sum += big_div(&power, &k.into(), Rounding::TowardZero)?;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: u32 = 160;

    /// `10^30` times a number of so many units, cut off.
    fn digits(units: &BigInt, places: u32) -> BigInt {
        (units * BigInt::from(10).pow(30)) >> places
    }

    /// `10^30 e^(a/d)`, cut off.
    fn exp_digits(a: i64, d: i64) -> BigInt {
        let (mantissa, twos) = exp(&((BigInt::from(a) << PLACES) / d), PLACES).unwrap();
        digits(&mantissa, PLACES - u32::try_from(twos + 64).unwrap() + 64)
    }

    fn number(text: &str) -> BigInt {
        text.parse().unwrap()
    }

    #[test]
    fn e_and_its_inverse_to_thirty_digits() {
        assert_eq!(exp_digits(1, 1), number("2718281828459045235360287471352"));
        assert_eq!(exp_digits(-1, 1), number("367879441171442321595523770161"));
        assert_eq!(exp_digits(0, 5), number("1000000000000000000000000000000"));
        assert_eq!(exp_digits(1, 2), number("1648721270700128146848650787814"));
    }

    #[test]
    fn logarithms_to_thirty_digits() {
        let ln = |mantissa: i64, twos| digits(&ln(&mantissa.into(), twos, PLACES).unwrap(), PLACES);
        assert_eq!(ln(1, 1), number("693147180559945309417232121458"));
        assert_eq!(ln(5, 1), number("2302585092994045684017991454684"));
        assert_eq!(ln(5, 0), number("1609437912434100374600759333226"));
        assert!(super::ln(&0.into(), 0, PLACES).is_err());
        assert!(super::ln(&(-1).into(), 0, PLACES).is_err());
    }

    #[test]
    fn products_of_large_and_small_exponentials_are_one() {
        let [large, small] = [700, -700].map(|x| exp(&(BigInt::from(x) << 256u32), 256).unwrap());
        // Between 2^1009 and 2^1010, and its inverse.
        assert_eq!((large.1, small.1), (1009.into(), (-1010).into()));
        let product: BigInt = (large.0 * small.0) >> 257u32;
        let distance = product - (BigInt::from(1) << 256u32);
        assert!(distance.bits() < 22, "{}", distance.bits());
    }
}
