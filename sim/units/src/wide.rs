//! `a × b ÷ d` with every digit kept. The product takes 256 bits only when it passes 128.
//!
//! This is the only arithmetic on wide integers; it is not a big-integer library.

use core::cmp::Ordering;

/// `⌊a·b/d⌋`. Panics when `d` is zero or the result passes `u128`.
#[must_use]
#[track_caller]
pub const fn mul_div_floor(a: u128, b: u128, d: u128) -> u128 {
    match mul_div_rem(a, b, d) {
        Some((quotient, _)) => quotient,
        None => panic!("a·b/d passes 128 bits: a bug"),
    }
}

/// `⌈a·b/d⌉`. Panics when `d` is zero or the result passes `u128`.
#[must_use]
#[track_caller]
pub const fn mul_div_ceil(a: u128, b: u128, d: u128) -> u128 {
    match mul_div_rem(a, b, d) {
        Some((quotient, 0)) => quotient,
        Some((quotient, _)) => quotient
            .checked_add(1)
            .expect("a·b/d passes 128 bits: a bug"),
        None => panic!("a·b/d passes 128 bits: a bug"),
    }
}

/// `a·b/d` rounded to the nearest integer, ties to the even one. Panics when `d` is zero or the result passes `u128`.
#[must_use]
#[track_caller]
pub fn mul_div_half_even(a: u128, b: u128, d: u128) -> u128 {
    let (quotient, remainder) = mul_div_rem(a, b, d).expect("a·b/d passes 128 bits: a bug");
    // remainder < d, so comparing with d − remainder avoids doubling past 128 bits.
    match remainder.cmp(&(d - remainder)) {
        Ordering::Less => quotient,
        Ordering::Equal if quotient % 2 == 0 => quotient,
        _ => quotient
            .checked_add(1)
            .expect("a·b/d passes 128 bits: a bug"),
    }
}

/// Quotient and remainder of `a·b/d`, or `None` when the quotient passes `u128`. Panics when `d` is zero.
#[must_use]
#[track_caller]
pub const fn mul_div_rem(a: u128, b: u128, d: u128) -> Option<(u128, u128)> {
    assert!(d != 0, "division by zero: a bug");
    if let Some(product) = a.checked_mul(b) {
        // Indices are divided by 2^64 all the time, and a division of 128 bits is a call.
        if d.is_power_of_two() {
            return Some((product >> d.trailing_zeros(), product & (d - 1)));
        }
        return Some((product / d, product % d));
    }
    let (high, low) = full_mul(a, b);
    if high >= d {
        return None;
    }
    Some(div_wide(high, low, d))
}

/// `⌊x/D⌋`, for a divisor known when compiling that is below 2^32 but for factors of two.
///
/// A division of 128 bits is a call even where the divisor is constant; two of 64 bits by a constant are a few multiplications.
#[inline(always)]
#[must_use]
pub const fn div_by<const D: u64>(x: u128) -> u128 {
    let twos = const { D.trailing_zeros() };
    let odd = const {
        assert!(D != 0 && D >> D.trailing_zeros() <= u32::MAX as u64);
        D >> D.trailing_zeros()
    };
    let x = x >> twos;
    if x >> 96 != 0 {
        return x / odd as u128;
    }
    let high = (x >> 32) as u64;
    let low = (high % odd) << 32 | (x as u64 & u32::MAX as u64);
    ((high / odd) as u128) << 32 | (low / odd) as u128
}

/// [`mul_div_floor`] by a constant that [`div_by`] takes. Panics when the result passes `u128`.
#[inline]
#[must_use]
#[track_caller]
pub const fn mul_div_floor_by<const D: u64>(a: u128, b: u128) -> u128 {
    match a.checked_mul(b) {
        Some(product) => div_by::<D>(product),
        None => mul_div_floor(a, b, D as u128),
    }
}

/// [`mul_div_ceil`] by a constant that [`div_by`] takes. Panics when the result passes `u128`.
#[inline]
#[must_use]
#[track_caller]
pub const fn mul_div_ceil_by<const D: u64>(a: u128, b: u128) -> u128 {
    match a.checked_mul(b) {
        Some(product) => {
            let floor = div_by::<D>(product);
            floor + (floor * D as u128 != product) as u128
        }
        None => mul_div_ceil(a, b, D as u128),
    }
}

const LOW_HALF: u128 = u64::MAX as u128;

/// The 256-bit product as (high, low) halves, by four 64-bit products.
const fn full_mul(a: u128, b: u128) -> (u128, u128) {
    let (a1, a0) = (a >> 64, a & LOW_HALF);
    let (b1, b0) = (b >> 64, b & LOW_HALF);
    let low = a0 * b0;
    let middle_left = a1 * b0;
    let middle_right = a0 * b1;
    // Three terms below 2^64 and two carries: no overflow.
    let middle = (low >> 64) + (middle_left & LOW_HALF) + (middle_right & LOW_HALF);
    let high = a1 * b1 + (middle_left >> 64) + (middle_right >> 64) + (middle >> 64);
    (high, (middle << 64) | (low & LOW_HALF))
}

/// Schoolbook division of (high, low) by `d` in base 2^64 (Knuth, TAOCP 2, algorithm D); needs `high < d`.
const fn div_wide(high: u128, low: u128, d: u128) -> (u128, u128) {
    let shift = d.leading_zeros();
    let divisor = d << shift;
    let high = if shift == 0 {
        high
    } else {
        (high << shift) | (low >> (128 - shift))
    };
    let low = low << shift;
    let (digit_1, rest) = div_digit(high, low >> 64, divisor);
    let (digit_0, rest) = div_digit(rest, low & LOW_HALF, divisor);
    ((digit_1 << 64) | digit_0, rest >> shift)
}

/// One base-2^64 quotient digit: `(rest·2^64 + next) / divisor` with the divisor's top bit set and `rest < divisor`.
const fn div_digit(rest: u128, next: u128, divisor: u128) -> (u128, u128) {
    let (top, bottom) = (divisor >> 64, divisor & LOW_HALF);
    let mut digit = rest / top;
    let mut guess_rest = rest % top;
    // The guess from the top half is at most two too large.
    while digit > LOW_HALF || digit * bottom > ((guess_rest << 64) | next) {
        digit -= 1;
        guess_rest += top;
        if guess_rest > LOW_HALF {
            break;
        }
    }
    // The true remainder fits 128 bits, so arithmetic modulo 2^128 yields it.
    let remainder = ((rest << 64) | next).wrapping_sub(digit.wrapping_mul(divisor));
    (digit, remainder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Shift-and-subtract over all 256 bits of a product made by shift-and-add: slow, and shares nothing with the code under test.
    fn naive(a: u128, b: u128, d: u128) -> Option<(u128, u128)> {
        let (mut high, mut low) = (0u128, 0u128);
        for bit in (0..128).rev() {
            high = (high << 1) | (low >> 127);
            low <<= 1;
            if (b >> bit) & 1 == 1 {
                let (sum, carry) = low.overflowing_add(a);
                low = sum;
                high += u128::from(carry);
            }
        }
        let (mut rest, mut quotient_high, mut quotient) = (0u128, 0u128, 0u128);
        for bit in (0..256).rev() {
            let next = if bit >= 128 {
                high >> (bit - 128)
            } else {
                low >> bit
            } & 1;
            let carried = rest >> 127 == 1;
            rest = (rest << 1) | next;
            quotient_high = (quotient_high << 1) | (quotient >> 127);
            quotient <<= 1;
            if carried || rest >= d {
                rest = rest.wrapping_sub(d);
                quotient |= 1;
            }
        }
        (quotient_high == 0).then_some((quotient, rest))
    }

    /// Operands of every size, so that each path (narrow, wide, passing) is met.
    fn any_size() -> impl Strategy<Value = u128> {
        (any::<u128>(), 0u32..128).prop_map(|(value, shift)| value >> shift)
    }

    proptest! {
        #[test]
        fn agrees_with_long_division(a in any_size(), b in any_size(), d in any_size()) {
            let d = d.max(1);
            prop_assert_eq!(mul_div_rem(a, b, d), naive(a, b, d));
        }

        #[test]
        fn roundings_enclose_the_exact_value(a in any_size(), b in any_size(), extra in any_size()) {
            // A divisor not below b keeps the quotient within a.
            let d = b.saturating_add(extra).max(1);
            let (_, remainder) = naive(a, b, d).unwrap();
            let (floor, ceil, near) = (mul_div_floor(a, b, d), mul_div_ceil(a, b, d), mul_div_half_even(a, b, d));
            prop_assert_eq!(ceil - floor, u128::from(remainder != 0));
            prop_assert!(near == floor || near == ceil);
        }
    }

    proptest! {
        #[test]
        fn a_power_of_two_divides_alike(a in any_size(), b in any_size(), shift in 0u32..128) {
            prop_assert_eq!(mul_div_rem(a, b, 1 << shift), naive(a, b, 1 << shift));
        }

        #[test]
        fn a_constant_divisor_divides_alike(x in any_size(), a in any_size(), b in any_size()) {
            const ODD: u64 = u32::MAX as u64;
            prop_assert_eq!(div_by::<1_000_000_000_000>(x), x / 1_000_000_000_000);
            prop_assert_eq!(div_by::<3_600_000_000_000>(x), x / 3_600_000_000_000);
            prop_assert_eq!((div_by::<1>(x), div_by::<ODD>(x)), (x, x / u128::from(ODD)));
            let b = b >> 64;
            if let Some((floor, rest)) = naive(a >> 64, b, 1_000_000) {
                prop_assert_eq!(mul_div_floor_by::<1_000_000>(a >> 64, b), floor);
                prop_assert_eq!(mul_div_ceil_by::<1_000_000>(a >> 64, b), floor + u128::from(rest != 0));
            }
        }
    }

    #[test]
    fn extremes_are_exact() {
        assert_eq!(div_by::<{ 1 << 63 }>(u128::MAX), u128::MAX >> 63);
        assert_eq!(div_by::<3>((1 << 96) - 1), ((1 << 96) - 1) / 3);
        assert_eq!(div_by::<3>(1 << 96), (1 << 96) / 3);
        let m = u128::MAX;
        assert_eq!(mul_div_rem(m, m, m), Some((m, 0)));
        assert_eq!(mul_div_rem(m, m, m - 1), None);
        assert_eq!(mul_div_rem(m, m - 1, m), Some((m - 1, 0)));
        assert_eq!(
            mul_div_rem(m, 1 << 127, (1 << 127) + 1),
            naive(m, 1 << 127, (1 << 127) + 1)
        );
    }

    #[test]
    fn ties_go_to_the_even_neighbour() {
        assert_eq!(
            [1, 3, 5, 7].map(|a| mul_div_half_even(a, 1, 2)),
            [0, 2, 2, 4]
        );
        assert_eq!(mul_div_half_even(2, 1, 3), 1);
    }

    #[test]
    #[should_panic(expected = "division by zero")]
    fn a_zero_divisor_panics() {
        let _ = mul_div_floor(1, 1, 0);
    }

    #[test]
    #[should_panic(expected = "passes 128 bits")]
    fn a_result_above_128_bits_panics() {
        let _ = mul_div_floor(u128::MAX, 3, 2);
    }
}
