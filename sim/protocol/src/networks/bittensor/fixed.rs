//! Fixed-point numbers as the runtime has them. Sums saturate, products are floored, quotients are cut towards zero, and a division by
//! zero is zero, as its saturating and safe operations do.

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div, div, mul_div};

/// A signed number with 32 binary places, held in 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct I32F32(i64);

const PLACES: u32 = 32;

impl I32F32 {
    /// Zero.
    pub const ZERO: I32F32 = I32F32(0);
    /// One half.
    pub const HALF: I32F32 = I32F32(1 << (PLACES - 1));
    /// One.
    pub const ONE: I32F32 = I32F32(1 << PLACES);

    /// The number of this many units of `2^-32`.
    #[must_use]
    pub const fn from_bits(bits: i64) -> I32F32 {
        I32F32(bits)
    }

    /// In units of `2^-32`.
    #[must_use]
    pub const fn bits(self) -> i64 {
        self.0
    }

    /// A whole number.
    #[must_use]
    pub const fn of(whole: i32) -> I32F32 {
        I32F32((whole as i64) << PLACES)
    }

    /// The nearest to `a / d`, ties to even, as the runtime reads floats.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`]; [`RuleError::Overflow`] past 31 bits before the point.
    #[track_caller]
    pub fn nearest(a: &BigInt, d: &BigInt) -> Result<I32F32, RuleError> {
        let bits = big_div(&(a << PLACES), d, Rounding::HalfEven)?;
        i64::try_from(bits)
            .map(I32F32)
            .map_err(|_| RuleError::Overflow)
    }

    fn saturated(bits: i128) -> I32F32 {
        I32F32(bits.clamp(i64::MIN.into(), i64::MAX.into()) as i64)
    }

    /// `self + other`.
    #[must_use]
    pub const fn plus(self, other: I32F32) -> I32F32 {
        I32F32(self.0.saturating_add(other.0))
    }

    /// `self − other`.
    #[must_use]
    pub const fn minus(self, other: I32F32) -> I32F32 {
        I32F32(self.0.saturating_sub(other.0))
    }

    #[track_caller]
    fn product(self, other: I32F32) -> i128 {
        let is_negative = (self.0 < 0) != (other.0 < 0);
        // The floor of a negative product is the ceiling of its size.
        let rounding = if is_negative {
            Rounding::Ceil
        } else {
            Rounding::Floor
        };
        let [a, b] = [self, other].map(|factor| u128::from(factor.0.unsigned_abs()));
        signed(mul_div(a, b, 1 << PLACES, rounding), is_negative)
    }

    #[track_caller]
    fn quotient(self, other: I32F32) -> i128 {
        let is_negative = (self.0 < 0) != (other.0 < 0);
        let [a, b] = [self, other].map(|part| u128::from(part.0.unsigned_abs()));
        signed(mul_div(a, 1 << PLACES, b, Rounding::Floor), is_negative)
    }

    /// `self × other`.
    #[must_use]
    #[track_caller]
    pub fn times(self, other: I32F32) -> I32F32 {
        I32F32::saturated(self.product(other))
    }

    /// `self ÷ other`.
    #[must_use]
    #[track_caller]
    pub fn over(self, other: I32F32) -> I32F32 {
        I32F32::saturated(self.quotient(other))
    }

    /// `self × other`, unless it does not fit.
    #[must_use]
    #[track_caller]
    pub fn checked_times(self, other: I32F32) -> Option<I32F32> {
        i64::try_from(self.product(other)).ok().map(I32F32)
    }

    /// `self ÷ other`, unless it does not fit or `other` is zero.
    #[must_use]
    #[track_caller]
    pub fn checked_over(self, other: I32F32) -> Option<I32F32> {
        if other == I32F32::ZERO {
            return None;
        }
        i64::try_from(self.quotient(other)).ok().map(I32F32)
    }

    /// As a share of 65 535, floored, and never beyond.
    #[must_use]
    #[track_caller]
    pub fn to_u16_proportion(self) -> u16 {
        let scaled = mul_div(
            u128::from(self.0.max(0).unsigned_abs()),
            u16::MAX.into(),
            1 << PLACES,
            Rounding::Floor,
        );
        scaled.map_or(u16::MAX, |share| u16::try_from(share).unwrap_or(u16::MAX))
    }

    /// `amount × self`, floored; nothing for a negative share.
    #[must_use]
    #[track_caller]
    pub fn of_amount(self, amount: u64) -> u64 {
        let share = u128::from(self.0.max(0).unsigned_abs());
        let part = mul_div(share, amount.into(), 1 << PLACES, Rounding::Floor);
        part.map_or(u64::MAX, |part| u64::try_from(part).unwrap_or(u64::MAX))
    }

    /// Saturating sum of many.
    pub fn sum(numbers: impl IntoIterator<Item = I32F32>) -> I32F32 {
        numbers.into_iter().fold(I32F32::ZERO, I32F32::plus)
    }
}

/// A size with its sign; none, which is a division by zero, is zero.
fn signed(size: Result<u128, RuleError>, is_negative: bool) -> i128 {
    let size = size.map_or(0, |size| i128::try_from(size).unwrap_or(i128::MAX));
    if is_negative { -size } else { size }
}

/// An unsigned number with `PLACES` binary places, held in 128 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsigned<const PLACES: u32>(u128);

/// 96 bits before the point, 32 behind.
pub type U96F32 = Unsigned<32>;
/// 64 bits before the point, 64 behind.
pub type U64F64 = Unsigned<64>;

impl<const PLACES: u32> Unsigned<PLACES> {
    /// Zero.
    pub const ZERO: Self = Unsigned(0);
    /// One.
    pub const ONE: Self = Unsigned(1 << PLACES);

    /// A whole number.
    #[must_use]
    pub const fn of(whole: u64) -> Self {
        Unsigned((whole as u128) << PLACES)
    }

    /// The number of this many units of `2^-PLACES`.
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Unsigned(bits)
    }

    /// In units of `2^-PLACES`.
    #[must_use]
    pub const fn bits(self) -> u128 {
        self.0
    }

    /// The nearest to `a / d`, ties to even, as the runtime reads floats.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`]; [`RuleError::Overflow`] for a negative number or one of too many bits.
    #[track_caller]
    pub fn nearest(a: &BigInt, d: &BigInt) -> Result<Self, RuleError> {
        let bits = big_div(&(a << PLACES), d, Rounding::HalfEven)?;
        u128::try_from(bits)
            .map(Unsigned)
            .map_err(|_| RuleError::Overflow)
    }

    /// `self + other`.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Unsigned(self.0.saturating_add(other.0))
    }

    /// `self − other`, never below zero.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Unsigned(self.0.saturating_sub(other.0))
    }

    /// `self × other`.
    #[must_use]
    #[track_caller]
    pub fn times(self, other: Self) -> Self {
        let product = mul_div(self.0, other.0, 1 << PLACES, Rounding::Floor);
        Unsigned(product.unwrap_or(u128::MAX))
    }

    /// `self ÷ other`.
    #[must_use]
    #[track_caller]
    pub fn over(self, other: Self) -> Self {
        if other.0 == 0 {
            return Self::ZERO;
        }
        let quotient = mul_div(self.0, 1 << PLACES, other.0, Rounding::Floor);
        Unsigned(quotient.unwrap_or(u128::MAX))
    }

    /// The whole part.
    #[must_use]
    #[track_caller]
    pub fn whole(self) -> u64 {
        let whole = div(self.0, 1 << PLACES, Rounding::Floor);
        whole.map_or(u64::MAX, |whole| u64::try_from(whole).unwrap_or(u64::MAX))
    }
}

impl U64F64 {
    /// With 32 places.
    #[must_use]
    #[track_caller]
    pub fn narrow(self) -> U96F32 {
        Unsigned(div(self.0, 1 << 32, Rounding::Floor).unwrap_or(u128::MAX))
    }

    /// With 32 places and a sign; the greatest where it does not fit.
    #[must_use]
    #[track_caller]
    pub fn to_signed(self) -> I32F32 {
        let bits = div(self.0, 1 << 32, Rounding::Floor).unwrap_or(u128::MAX);
        I32F32(i64::try_from(bits).unwrap_or(i64::MAX))
    }
}

impl U96F32 {
    /// With 64 places; the greatest where it does not fit.
    #[must_use]
    pub fn widen(self) -> U64F64 {
        Unsigned(self.0.saturating_mul(1 << 32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_floored_and_quotients_cut() {
        let (tiny, half) = (I32F32::from_bits(3), I32F32::HALF);
        let minus = |x: I32F32| I32F32::ZERO.minus(x);
        assert_eq!(tiny.times(half).bits(), 1);
        assert_eq!(minus(tiny).times(half).bits(), -2);
        assert_eq!(tiny.over(I32F32::of(2)).bits(), 1);
        assert_eq!(minus(tiny).over(I32F32::of(2)).bits(), -1);
        assert_eq!(tiny.over(I32F32::ZERO), I32F32::ZERO);
    }

    #[test]
    fn what_does_not_fit_saturates() {
        let most = I32F32::from_bits(i64::MAX);
        assert_eq!(most.plus(most), most);
        assert_eq!(most.times(most), most);
        assert_eq!(most.checked_times(most), None);
        assert_eq!(I32F32::of(2).to_u16_proportion(), u16::MAX);
        assert_eq!(I32F32::HALF.to_u16_proportion(), 32_767);
        assert_eq!(I32F32::HALF.of_amount(7), 3);
        assert_eq!(
            U64F64::of(u64::MAX).to_signed(),
            I32F32::from_bits(i64::MAX)
        );
    }
}
