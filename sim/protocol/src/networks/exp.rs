//! `e^x` of a fraction to as many binary places as a rule asks for. For rules whose network takes an exponential in floats or in
//! fixed point of its own: this one is nearer to the exponential than either.

use num_bigint::{BigInt, Sign};

use super::RuleError;
use super::round::{Rounding, big_div, big_shift};

/// `x` is taken this many times by half, so that the series is short.
const HALVINGS: u32 = 32;
/// Places beyond the ones asked for: each of the squarings costs one, each shift a part of one.
const GUARD: u32 = 3 * HALVINGS;
/// The largest |x|.
const RANGE: u32 = 1024;

/// `e^(a/d) × 2^places`, less than one unit away.
///
/// # Errors
/// [`RuleError::ZeroDivisor`]; [`RuleError::Refused`] when `|a/d|` is above 1 024.
pub fn exp(a: &BigInt, d: &BigInt, places: u32) -> Result<BigInt, RuleError> {
    if d.sign() == Sign::NoSign {
        return Err(RuleError::ZeroDivisor);
    }
    if *a.magnitude() > d.magnitude() * RANGE {
        return Err(RuleError::Refused("exponent out of range"));
    }
    // A positive exponent has up to RANGE × log2(e) bits before the point, and their error grows with them.
    let is_large = (a.sign() == Sign::Minus) != (d.sign() == Sign::Minus);
    let work = places + GUARD + if is_large { 0 } else { 2 * RANGE };
    // no published number notices: more than sixty places stand behind the last one
    let x = big_div(&(a << (work - HALVINGS)), d, Rounding::Floor)?;
    let mut term = BigInt::from(1) << work;
    let mut sum = term.clone();
    // Each term is at least twenty places shorter than the one before: |x| is below 2^-21.
    for index in 1..=work / 20 {
        // no published number notices: more than sixty places stand behind the last one
        term = big_div(
            &(term * &x),
            &(BigInt::from(index) << work),
            Rounding::TowardZero,
        )?;
        sum += &term;
    }
    for _ in 0..HALVINGS {
        // no published number notices: more than sixty places stand behind the last one
        sum = big_shift(&(&sum * &sum), work, Rounding::Floor);
    }
    // no published number notices: the callers round coarser than this
    Ok(big_shift(&sum, work - places, Rounding::Floor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_and_its_inverse_to_thirty_digits() {
        let at = |a: i64, d: i64| exp(&BigInt::from(a), &BigInt::from(d), 128).unwrap();
        let digits = |x: BigInt| {
            let scaled: BigInt = (x * BigInt::from(10).pow(30)) >> 128u32;
            alloc::format!("{scaled}")
        };
        assert_eq!(digits(at(1, 1)), "2718281828459045235360287471352");
        assert_eq!(digits(at(-1, 1)), "367879441171442321595523770161");
        assert_eq!(digits(at(0, 5)), "1000000000000000000000000000000");
        assert_eq!(digits(at(1, 2)), "1648721270700128146848650787814");
        assert!(exp(&BigInt::from(1025), &BigInt::from(1), 8).is_err());
        assert!(exp(&BigInt::from(1), &BigInt::from(0), 8).is_err());
    }

    #[test]
    fn products_of_large_and_small_exponentials_are_one() {
        let [large, small] = [700, -700].map(|x| exp(&BigInt::from(x), &BigInt::from(1), 1200));
        let product: BigInt = (large.unwrap() * small.unwrap()) >> 1200u32;
        let distance = product - (BigInt::from(1) << 1200u32);
        assert!(distance.bits() < 1020, "{}", distance.bits());
    }
}
