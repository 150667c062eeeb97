//! Unsigned fixed-point numbers with 64 integer and 64 fraction bits: products and quotients round down, decimals are read to the
//! nearest, printed decimals are the fewest digits that tell a number from its neighbours.

use num_bigint::BigInt;

use super::super::RuleError;
use super::super::round::{Rounding, big_div, mul_div, sqrt};

/// A number of 2^-64 parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct U64F64(u128);

const FRACTION_BITS: u32 = 64;
const ONE: u128 = 1 << FRACTION_BITS;

/// Base units of a token.
const UNITS: u128 = 1_000_000_000_000;

/// Fraction bits of the type through which base units pass.
const UNIT_BITS: u32 = 48;

/// Enough decimals for every fraction: 10^20 passes 2^64.
const PLACES_MAX: u32 = 20;

impl U64F64 {
    /// Zero.
    pub const ZERO: U64F64 = U64F64(0);

    /// One.
    pub const ONE: U64F64 = U64F64(ONE);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: u64) -> U64F64 {
        U64F64((number as u128) << FRACTION_BITS)
    }

    /// Of its bits.
    #[must_use]
    pub const fn from_bits(bits: u128) -> U64F64 {
        U64F64(bits)
    }

    /// Its bits.
    #[must_use]
    pub const fn to_bits(self) -> u128 {
        self.0
    }

    /// `mantissa × 10^-places`, to the nearest, ties to even.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] for negative numbers and from 2^64 on.
    #[track_caller]
    pub fn from_decimal(mantissa: &BigInt, places: u32) -> Result<U64F64, RuleError> {
        let divisor = BigInt::from(10).pow(places);
        let bits = big_div(&(mantissa * ONE), &divisor, Rounding::HalfEven)?;
        let bits = u128::try_from(bits).map_err(|_| RuleError::Overflow)?;
        Ok(U64F64(bits))
    }

    /// As it is printed: a mantissa and its decimals, the fewest that lie nearer to this number than to any other.
    #[must_use]
    pub fn to_decimal(self) -> (BigInt, u32) {
        let bits = BigInt::from(self.0);
        for places in 0..PLACES_MAX {
            let unit = BigInt::from(10).pow(places);
            let scaled = &bits * &unit;
            let digits = big_div(&scaled, &BigInt::from(ONE), Rounding::HalfUp);
            let Ok(digits) = digits else { continue };
            let off: BigInt = (&digits * ONE - scaled) * 2;
            if *off.magnitude() < *unit.magnitude() {
                return (digits, places);
            }
        }
        let scaled = bits * BigInt::from(10).pow(PLACES_MAX);
        let digits = big_div(&scaled, &BigInt::from(ONE), Rounding::HalfUp);
        (digits.unwrap_or_default(), PLACES_MAX)
    }

    /// Of base units of 10^-12, through a type with 48 fraction bits, rounded down.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] from 2^64 tokens on.
    pub fn from_base_units(units: u128) -> Result<U64F64, RuleError> {
        let bits = mul_div(units, 1 << UNIT_BITS, UNITS, Rounding::Floor)?;
        let bits = bits.checked_mul(1 << (FRACTION_BITS - UNIT_BITS));
        bits.map(U64F64).ok_or(RuleError::Overflow)
    }

    /// In base units of 10^-12, through a type with 48 fraction bits, rounded down.
    ///
    /// # Errors
    /// None in practice: the result is smaller than the bits.
    pub fn to_base_units(self) -> Result<u128, RuleError> {
        // no published number notices: what 48 bits cut off is less than a base unit.
        let bits = mul_div(self.0, 1, 1 << (FRACTION_BITS - UNIT_BITS), Rounding::Floor)?;
        mul_div(bits, UNITS, 1 << UNIT_BITS, Rounding::Floor)
    }

    /// The sum.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the operations below.
    pub fn plus(self, other: U64F64) -> Result<U64F64, RuleError> {
        let bits = self.0.checked_add(other.0);
        bits.map(U64F64).ok_or(RuleError::Overflow)
    }

    /// The difference, which is not negative.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn minus(self, other: U64F64) -> Result<U64F64, RuleError> {
        let bits = self.0.checked_sub(other.0);
        bits.map(U64F64).ok_or(RuleError::Overflow)
    }

    /// The product, rounded down.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    #[track_caller]
    pub fn times(self, other: U64F64) -> Result<U64F64, RuleError> {
        mul_div(self.0, other.0, ONE, Rounding::Floor).map(U64F64)
    }

    /// The product with a whole number.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn mul_whole(self, number: u64) -> Result<U64F64, RuleError> {
        let bits = self.0.checked_mul(number.into());
        bits.map(U64F64).ok_or(RuleError::Overflow)
    }

    /// The quotient, rounded down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    #[track_caller]
    pub fn over(self, other: U64F64) -> Result<U64F64, RuleError> {
        mul_div(self.0, ONE, other.0, Rounding::Floor).map(U64F64)
    }

    /// The quotient by a whole number, rounded down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    #[track_caller]
    pub fn div_whole(self, number: u64) -> Result<U64F64, RuleError> {
        mul_div(self.0, 1, number.into(), Rounding::Floor).map(U64F64)
    }

    /// The square root: of the bits, rounded down, so that the lower half of the fraction is empty.
    #[track_caller]
    #[must_use]
    pub fn sqrt(self) -> U64F64 {
        U64F64(sqrt(self.0) << (FRACTION_BITS / 2))
    }

    /// The power by repeated squaring, the lowest bit of the exponent first.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn pow(self, exponent: u32) -> Result<U64F64, RuleError> {
        let (mut power, mut square, mut left) = (U64F64::ONE, self, exponent);
        while left > 0 {
            if left & 1 == 1 {
                power = power.times(square)?;
            }
            left >>= 1;
            if left > 0 {
                square = square.times(square)?;
            }
        }
        Ok(power)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;

    fn number(mantissa: i64, places: u32) -> U64F64 {
        U64F64::from_decimal(&mantissa.into(), places).unwrap()
    }

    fn printed(number: U64F64) -> String {
        let (mantissa, places) = number.to_decimal();
        alloc::format!("{mantissa}e-{places}")
    }

    #[test]
    fn printed_numbers_are_short_and_read_back_to_the_same_bits() {
        assert_eq!(printed(number(1, 1)), "1e-1");
        assert_eq!(printed(U64F64::from_bits(1)), "5e-20");
        assert_eq!(
            printed(U64F64::from_bits(u128::MAX))
                .split_once('e')
                .unwrap()
                .1,
            "-20"
        );
        assert_eq!(printed(U64F64::whole(30_000)), "30000e-0");
        let mut bits: u128 = 0x9e37_79b9_7f4a_7c15;
        for _ in 0..200 {
            bits = bits.wrapping_mul(0x2545_f491_4f6c_dd1d_9e37_79b9_7f4a_7c15) ^ (bits >> 71);
            let (mantissa, places) = U64F64::from_bits(bits).to_decimal();
            let back = U64F64::from_decimal(&mantissa, places).unwrap();
            assert_eq!(back.to_bits(), bits, "{mantissa}e-{places}");
        }
    }

    #[test]
    fn operations_round_down_and_refuse_what_does_not_fit() {
        let third = U64F64::ONE.div_whole(3).unwrap();
        assert_eq!(third.mul_whole(3).unwrap().to_bits(), u128::from(u64::MAX));
        assert_eq!(third.times(third).unwrap().to_bits(), 0x1c71_c71c_71c7_1c71);
        assert_eq!(
            U64F64::ONE.over(third).unwrap(),
            number(3, 0).plus(U64F64::from_bits(3)).unwrap()
        );
        assert_eq!(U64F64::whole(2).sqrt().to_bits(), 0x1_6a09_e667_0000_0000);
        assert_eq!(U64F64::whole(3).pow(5), Ok(U64F64::whole(243)));
        assert_eq!(U64F64::whole(3).pow(0), Ok(U64F64::ONE));
        let overflow = Err(RuleError::Overflow);
        assert_eq!(U64F64::whole(u64::MAX).times(U64F64::whole(2)), overflow);
        assert_eq!(U64F64::whole(u64::MAX).plus(U64F64::ONE), overflow);
        assert_eq!(U64F64::ZERO.minus(U64F64::from_bits(1)), overflow);
        assert_eq!(U64F64::from_decimal(&(-1).into(), 0), overflow);
        assert_eq!(U64F64::ONE.over(U64F64::ZERO), Err(RuleError::ZeroDivisor));
    }

    #[test]
    fn base_units_pass_through_forty_eight_bits() {
        assert_eq!(
            U64F64::from_base_units(1_500_000_000_000),
            Ok(number(15, 1))
        );
        assert_eq!(number(15, 1).to_base_units(), Ok(1_500_000_000_000));
        // A third is cut to 48 bits first, which loses nothing that a base unit shows.
        assert_eq!(
            U64F64::ONE.div_whole(3).unwrap().to_base_units(),
            Ok(333_333_333_333)
        );
        assert_eq!(U64F64::from_base_units(1).unwrap().to_bits(), 281 << 16);
        assert_eq!(u128::MAX.to_string().len(), 39);
        assert_eq!(U64F64::from_base_units(u128::MAX), Err(RuleError::Overflow));
    }
}
