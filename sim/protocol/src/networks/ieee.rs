//! Binary floating point on integers: exact results rounded once to the nearest, ties to even, as IEEE 754 asks of
//! `+ − × ÷` and of reading a decimal. For rules that a network computes in `float32` or `float64`.
//!
//! Denormal numbers are here, infinities and NaN are not: the exponent has no upper bound, and no rule here comes near one.
//! Products are never fused with sums. Every rounding is one of [`super::round`], at the place that calls the operation.

use core::cmp::Ordering;

use num_bigint::{BigInt, Sign};

use super::RuleError;
use super::round::{Rounding, big_div};

/// `mantissa × 2^exponent`, with at most `P` bits of mantissa and an exponent of at least `E`.
#[derive(Clone, Copy, Debug)]
pub struct Float<const P: u32, const E: i32> {
    mantissa: i64,
    exponent: i32,
}

/// `float32`.
pub type F32 = Float<24, -149>;
/// `float64`.
pub type F64 = Float<53, -1074>;

impl<const P: u32, const E: i32> Float<P, E> {
    /// Zero.
    pub const ZERO: Self = Float {
        mantissa: 0,
        exponent: 0,
    };
    /// One.
    pub const ONE: Self = Float {
        mantissa: 1,
        exponent: 0,
    };

    /// The nearest to `a / d`.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`]; [`RuleError::Overflow`] past an exponent of 31 bits.
    #[track_caller]
    pub fn nearest(a: &BigInt, d: &BigInt) -> Result<Self, RuleError> {
        if d.sign() == Sign::NoSign {
            return Err(RuleError::ZeroDivisor);
        }
        let width = |x: &BigInt| i64::try_from(x.bits()).map_err(|_| RuleError::Overflow);
        // The quotient of `a · 2^shift` has P bits, or fewer at the least exponent.
        let mut shift = i64::from(P) - (width(a)? - width(d)?);
        let scaled = |shift: i64| {
            let bits = shift.unsigned_abs();
            if shift >= 0 {
                (a << bits, d.clone())
            } else {
                (a.clone(), d << bits)
            }
        };
        let (upper, lower) = scaled(shift);
        if *upper.magnitude() >= lower.magnitude() << P {
            shift -= 1;
        }
        shift = shift.min(-i64::from(E));
        let (upper, lower) = scaled(shift);
        let mantissa = big_div(&upper, &lower, Rounding::HalfEven)?;
        Ok(Float {
            mantissa: i64::try_from(mantissa).map_err(|_| RuleError::Overflow)?,
            exponent: i32::try_from(-shift).map_err(|_| RuleError::Overflow)?,
        })
    }

    /// The nearest to an integer.
    ///
    /// # Errors
    /// None below 2^31 bits.
    #[track_caller]
    pub fn of(whole: impl Into<BigInt>) -> Result<Self, RuleError> {
        Self::nearest(&whole.into(), &BigInt::from(1))
    }

    /// The nearest to `mantissa × 10^-places`: a decimal as it is read.
    ///
    /// # Errors
    /// None below 2^31 bits.
    #[track_caller]
    pub fn of_decimal(mantissa: &BigInt, places: u32) -> Result<Self, RuleError> {
        Self::nearest(mantissa, &BigInt::from(10).pow(places))
    }

    /// Numerator and denominator, exactly.
    #[must_use]
    pub fn ratio(self) -> (BigInt, BigInt) {
        let (mantissa, bits) = (BigInt::from(self.mantissa), self.exponent.unsigned_abs());
        if self.exponent >= 0 {
            (mantissa << bits, BigInt::from(1))
        } else {
            (mantissa, BigInt::from(1) << bits)
        }
    }

    /// `self + other`.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past an exponent of 31 bits; so of all operations.
    #[track_caller]
    pub fn plus(self, other: Self) -> Result<Self, RuleError> {
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        Self::nearest(&(a * &d + c * &b), &(b * d))
    }

    /// `self − other`.
    ///
    /// # Errors
    /// As [`Float::plus`].
    #[track_caller]
    pub fn minus(self, other: Self) -> Result<Self, RuleError> {
        let mantissa = -other.mantissa;
        self.plus(Float { mantissa, ..other })
    }

    /// `self × other`.
    ///
    /// # Errors
    /// As [`Float::plus`].
    #[track_caller]
    pub fn times(self, other: Self) -> Result<Self, RuleError> {
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        Self::nearest(&(a * c), &(b * d))
    }

    /// `self ÷ other`.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], for there is no infinity here; else as [`Float::plus`].
    #[track_caller]
    pub fn over(self, other: Self) -> Result<Self, RuleError> {
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        Self::nearest(&(a * d), &(b * c))
    }

    /// The whole number that it rounds to.
    ///
    /// # Errors
    /// None: the denominator is a power of two.
    #[track_caller]
    pub fn whole(self, rounding: Rounding) -> Result<BigInt, RuleError> {
        let (a, d) = self.ratio();
        big_div(&a, &d, rounding)
    }

    /// Which of two is the greater.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        (a * d).cmp(&(c * b))
    }

    /// The shortest decimal that reads back as this number, and of those the nearest: mantissa and places.
    ///
    /// # Errors
    /// None in practice: 17 digits always do.
    pub fn shortest(self) -> Result<(BigInt, u32), RuleError> {
        let (a, d) = self.ratio();
        let one = BigInt::from(1);
        for places in 0..1100u32 {
            let scaled = &a * BigInt::from(10).pow(places);
            // Both neighbours are tried, the nearer first, and each is read back: neither division decides alone.
            // no published number notices: a wrong neighbour does not read back as the same number
            let near = big_div(&scaled, &d, Rounding::HalfEven)?;
            let other = if &near * &d > scaled {
                &near - &one
            } else {
                &near + &one
            };
            for candidate in [near, other] {
                let back = Self::of_decimal(&candidate, places)?;
                if back.compare(self) == Ordering::Equal {
                    return Ok((candidate, places));
                }
            }
        }
        Err(RuleError::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bits of a number that the compiler read, against ours.
    fn reads(text: &str) -> (F64, u64) {
        let places = u32::try_from(text.split('.').nth(1).map_or(0, str::len)).unwrap();
        let mantissa: BigInt = text.replace('.', "").parse().unwrap();
        let mut machine = 0.0_f64;
        machine.clone_from(&text.parse().unwrap());
        let bits = machine.to_bits();
        (F64::of_decimal(&mantissa, places).unwrap(), bits)
    }

    fn bits(x: F64) -> u64 {
        let top = x.mantissa.unsigned_abs();
        if top == 0 {
            return 0;
        }
        let up = top.leading_zeros() - 11;
        let exponent = u64::try_from(x.exponent - i32::try_from(up).unwrap() + 1075).unwrap();
        u64::from(x.mantissa < 0) << 63 | exponent << 52 | (top << up) & ((1 << 52) - 1)
    }

    #[test]
    fn decimals_are_read_as_the_compiler_reads_them() {
        for text in [
            "0.1",
            "0.4",
            "0.000475",
            "1",
            "285000000000000",
            "9007199254740993",
            "123456789.987654321",
            "0.30000000000000004",
            "-0.7",
        ] {
            let (ours, theirs) = reads(text);
            assert_eq!(bits(ours), theirs, "{text}");
        }
    }

    #[test]
    fn results_are_the_ones_that_ieee_asks_for() {
        let read = |text: &str| reads(text).0;
        let is = |x: F64, text: &str| assert_eq!(bits(x), reads(text).1, "{text}");
        is(
            read("0.1").plus(read("0.2")).unwrap(),
            "0.30000000000000004",
        );
        is(
            read("0.8").minus(read("0.6")).unwrap(),
            "0.20000000000000007",
        );
        is(read("0.1").times(read("3")).unwrap(), "0.30000000000000004");
        is(read("1").over(read("3")).unwrap(), "0.3333333333333333");
        is(read("0.4").minus(read("0.4")).unwrap(), "0");
        assert!(read("1").over(F64::ZERO).is_err());
    }

    #[test]
    fn the_shortest_decimal_reads_back() {
        for text in ["0.1", "0.30000000000000004", "0.71999997", "3", "0.5"] {
            let (mantissa, places) = reads(text).0.shortest().unwrap();
            let expected: BigInt = text.replace('.', "").parse().unwrap();
            let expected_places = text.split('.').nth(1).map_or(0, str::len);
            assert_eq!((mantissa, places as usize), (expected, expected_places));
        }
        let tenth = F32::of_decimal(&BigInt::from(9), 1).unwrap();
        assert_eq!(tenth.shortest().unwrap(), (BigInt::from(9), 1));
    }

    #[test]
    fn the_least_number_has_one_bit() {
        let tiny = F64::nearest(&BigInt::from(1), &(BigInt::from(1) << 1074u32)).unwrap();
        assert_eq!((tiny.mantissa, tiny.exponent), (1, -1074));
        let half = F64::nearest(&BigInt::from(1), &(BigInt::from(1) << 1075u32)).unwrap();
        assert_eq!(half.mantissa, 0);
    }
}
