//! Integers as the rules write them: floors, ceilings, and ratios of 10^-12. It shares no arithmetic with the crates under test.

use num_bigint::BigUint;
use units::Ratio;

/// The whole, in parts.
pub const ONE: u128 = 1_000_000_000_000;

pub fn parts(ratio: Ratio) -> u128 {
    u128::from(ratio.parts())
}

/// The number, or the largest that 128 bits hold.
pub fn held(number: &BigUint) -> u128 {
    u128::try_from(number).unwrap_or(u128::MAX)
}

/// `⌊a·b/d⌋`, held at the largest number.
pub fn floor(a: u128, b: u128, d: u128) -> u128 {
    match a.checked_mul(b) {
        Some(product) => product / d,
        None => held(&(BigUint::from(a) * b / d)),
    }
}

/// `⌈a·b/d⌉`, held at the largest number.
pub fn ceil(a: u128, b: u128, d: u128) -> u128 {
    match a.checked_mul(b) {
        Some(product) => product.div_ceil(d),
        None => held(&((BigUint::from(a) * b + (d - 1)) / d)),
    }
}

/// `⌊ratio · amount⌋`.
pub fn part(ratio: u128, amount: u128) -> u128 {
    floor(ratio, amount, ONE)
}

/// A measured share in parts, held at 64 bits.
pub fn of(num: u128, den: u128) -> u128 {
    floor(num, ONE, den).min(u128::from(u64::MAX))
}

/// `num / den` to the nearest integer, ties to the even one.
pub fn half_even(num: u128, den: u128) -> u128 {
    let (quotient, rest) = (num / den, num % den);
    let is_up = 2 * rest > den || (2 * rest == den && quotient % 2 == 1);
    quotient + u128::from(is_up)
}

/// The integer square root, by halving.
pub fn root(square: u128) -> u128 {
    let (mut low, mut high) = (0u128, 1u128 << 64);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle.checked_mul(middle).is_some_and(|m| m <= square) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Whole units of a sum kept in parts of 2^-64.
pub fn whole(sum: &BigUint) -> u128 {
    held(&(sum >> 64u32))
}
