//! The schedule of Gonka's rule. The exponential is a series of whole numbers; reading and writing the shortest decimal is the standard
//! library's, which the crate under test does not use.

use num_bigint::BigUint;
use stakesim_protocol::EmissionParams;

use super::number::{held, parts};

/// Binary places of the series.
const PLACES: u32 = 512;

/// `⌊per_epoch · d⌋`.
pub fn scheduled(emission: &EmissionParams, epoch: u64) -> u128 {
    let first = emission.per_epoch.base_units();
    if u64::try_from(first).is_err() {
        return 0;
    }
    if epoch == 0 {
        return first;
    }
    let exponent = parts(emission.decay_per_epoch) * u128::from(epoch);
    let x: f64 = format!("{exponent}e-12").parse().unwrap();
    if x > 60.0 {
        // e^-60 of 2^64 is less than one.
        return 0;
    }
    let inverse = BigUint::from(1u32) << (2 * PLACES);
    let y = nearest(&(inverse / exponential(x)));
    let shortest = format!("{y:e}");
    let (digits, power) = shortest.split_once('e').unwrap();
    let places =
        digits.split('.').nth(1).map_or(0, str::len) as i32 - power.parse::<i32>().unwrap();
    let digits: u64 = digits.replace('.', "").parse().unwrap();
    let unit = BigUint::from(10u32).pow(places as u32);
    held(&(BigUint::from(first) * digits / unit))
}

/// `e^x` of a number of at least zero, in parts of `2^-PLACES`.
fn exponential(x: f64) -> BigUint {
    // A number as it is held: a whole number of 52 places times a power of two, which lies below the binary point here.
    let bits = x.to_bits();
    let power = (bits >> 52) as i64;
    let mantissa = (bits & ((1 << 52) - 1)) | (u64::from(power > 0) << 52);
    let shift = i64::from(PLACES) + power.max(1) - 1075;
    let x = if shift >= 0 {
        BigUint::from(mantissa) << shift as u64
    } else {
        BigUint::from(mantissa) >> (-shift) as u64
    };
    let mut term = BigUint::from(1u32) << PLACES;
    let mut sum = term.clone();
    let mut n = 0u32;
    while term > BigUint::ZERO {
        n += 1;
        term = ((term * &x) >> PLACES) / n;
        sum += &term;
    }
    sum
}

/// The binary64 nearest to a number in parts of `2^-PLACES`: all its digits, read.
fn nearest(number: &BigUint) -> f64 {
    let digits = (number * BigUint::from(10u32).pow(PLACES)) >> PLACES;
    format!("{digits}e-{PLACES}").parse().unwrap()
}
