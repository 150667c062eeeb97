//! Doubles: what a network computes in them is computed in the machine's here, but for a power. It is taken by squaring roots, with many
//! places, and is the double nearest to the true one.

use num_bigint::BigUint;
use units::Ratio;

use super::number::parts;

/// Binary places of a power.
const PLACES: u32 = 320;
/// Binary places of Q.128.
const Q128: i32 = 128;
const MANTISSA_BITS: i32 = 53;

/// A ratio as the nearest double.
pub fn double(ratio: Ratio) -> f64 {
    parts(ratio) as f64 / 1e12
}

/// `base^exponent`, neither of them negative.
pub fn power(base: f64, exponent: f64) -> f64 {
    let one = BigUint::from(1u8) << PLACES;
    let mut root = fixed(base, PLACES as i32);
    let mut power = one;
    for _ in 0..exponent as u64 {
        power = (power * &root) >> PLACES;
    }
    let mut left = exponent - exponent.trunc();
    while left > 0.0 {
        root = (root << PLACES).sqrt();
        left *= 2.0;
        if left >= 1.0 {
            power = (power * &root) >> PLACES;
            left -= 1.0;
        }
    }
    nearest(&power)
}

/// Units of 2^-128 in a double of at least one.
pub fn q128(double: f64) -> BigUint {
    fixed(double, Q128)
}

/// Units of 2^-places in a double that is not negative, cut off.
fn fixed(double: f64, places: i32) -> BigUint {
    let bits = double.to_bits();
    let fraction = bits & ((1 << (MANTISSA_BITS - 1)) - 1);
    let (mantissa, exponent) = match (bits >> (MANTISSA_BITS - 1)) as i32 {
        0 => (fraction, -1074),
        field => (fraction | 1 << (MANTISSA_BITS - 1), field - 1075),
    };
    let shift = exponent + places;
    if shift < 0 {
        BigUint::from(mantissa) >> shift.unsigned_abs()
    } else {
        BigUint::from(mantissa) << shift.unsigned_abs()
    }
}

/// The double nearest to a number of units of 2^-PLACES, ties to the even one.
fn nearest(units: &BigUint) -> f64 {
    let spare = (units.bits() as i32 - MANTISSA_BITS).max(0);
    let half = (BigUint::from(1u8) << spare.unsigned_abs()) >> 1;
    let down = units >> spare.unsigned_abs();
    let rest = units - (&down << spare.unsigned_abs());
    let is_odd = down.bit(0);
    let is_up = spare > 0 && (rest > half || (rest == half && is_odd));
    let mantissa = u64::try_from(down).expect("53 bits") + u64::from(is_up);
    let scale = f64::from_bits(((1023 + spare - PLACES as i32) as u64) << (MANTISSA_BITS - 1));
    mantissa as f64 * scale
}

#[test]
fn powers_that_are_known_come_out() {
    assert_eq!(power(0.25, 1.5), 0.125);
    assert_eq!(power(2.0, 0.5), 2f64.sqrt());
    assert_eq!(power(0.0, 0.25), 0.0);
    assert_eq!(power(0.0, 0.0), 1.0);
    assert_eq!(power(9.0, 1.0), 9.0);
    assert_eq!(power(0.75, 3.0), 0.421_875);
}
