//! Binary floating point on integers, as IEEE 754 has it: for rules that a network computes in floats, with the same digits on every
//! machine. Not a float library: the four operations, powers and exponentials, an order, decimals read and printed. There are no
//! infinities and no NaN, which are errors here, and one zero.
//!
//! Every operation is exact and then rounded once, to the nearest, ties to even, as the format demands; products are never fused with
//! sums. Each is a rounding of its caller's, see [`super::round`].

mod power;

use core::cmp::Ordering;

use num_bigint::{BigInt, Sign};

use super::RuleError;
use super::round::{Rounding, big_div};

/// A finite number of so many bits of mantissa, below `2^(EXPONENT_MAX + 1)`.
///
/// It is `mantissa × 2^exponent`, in one way only: the mantissa has all its bits unless the exponent is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Float<const BITS: u32, const EXPONENT_MAX: i32> {
    mantissa: i64,
    exponent: i32,
}

/// Single precision: 24 bits of mantissa.
pub type Single = Float<24, 127>;
/// Double precision: 53 bits of mantissa.
pub type Double = Float<53, 1023>;

impl<const BITS: u32, const EXPONENT_MAX: i32> Float<BITS, EXPONENT_MAX> {
    /// The exponent of the least number's one bit.
    const LEAST: i32 = 2 - EXPONENT_MAX - BITS as i32;
    /// The exponent of the greatest numbers' last bit.
    const GREATEST: i32 = EXPONENT_MAX + 1 - BITS as i32;

    /// Zero.
    pub const ZERO: Self = Float {
        mantissa: 0,
        exponent: Self::LEAST,
    };
    /// One.
    pub const ONE: Self = Float {
        mantissa: 1 << (BITS - 1),
        exponent: 1 - BITS as i32,
    };

    /// The nearest to `a / d`.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], [`RuleError::Overflow`] past the greatest number. So do all operations below.
    #[track_caller]
    pub fn nearest(a: &BigInt, d: &BigInt) -> Result<Self, RuleError> {
        if d.sign() == Sign::NoSign {
            return Err(RuleError::ZeroDivisor);
        }
        if a.sign() == Sign::NoSign {
            return Ok(Self::ZERO);
        }
        let width = |x: &BigInt| i64::try_from(x.bits()).map_err(|_| RuleError::Overflow);
        // The quotient over 2^exponent has all bits of a mantissa, one more, or fewer at the least exponent.
        let mut exponent = width(a)? - width(d)? - i64::from(BITS);
        let (over, under) = shifted(a, d, -exponent);
        if *over.magnitude() >= under.magnitude() << BITS {
            exponent += 1;
        }
        exponent = exponent.max(Self::LEAST.into());
        let (over, under) = shifted(a, d, -exponent);
        let mantissa = big_div(&over, &under, Rounding::HalfEven)?;
        let mut mantissa = i64::try_from(mantissa).map_err(|_| RuleError::Overflow)?;
        if mantissa.unsigned_abs() == 1 << BITS {
            (mantissa, exponent) = (mantissa / 2, exponent + 1);
        }
        match i32::try_from(exponent) {
            Ok(exponent) if exponent <= Self::GREATEST => Ok(Float { mantissa, exponent }),
            _ => Err(RuleError::Overflow),
        }
    }

    /// The nearest to an integer.
    ///
    /// # Errors
    /// As [`Float::nearest`].
    #[track_caller]
    pub fn of(whole: impl Into<BigInt>) -> Result<Self, RuleError> {
        Self::nearest(&whole.into(), &1.into())
    }

    /// The nearest to `mantissa × 10^-places`: a decimal as it is read.
    ///
    /// # Errors
    /// As [`Float::nearest`].
    #[track_caller]
    pub fn of_decimal(mantissa: &BigInt, places: u32) -> Result<Self, RuleError> {
        Self::nearest(mantissa, &BigInt::from(10).pow(places))
    }

    /// Numerator and denominator, exactly; the denominator is a power of two.
    #[must_use]
    pub fn ratio(self) -> (BigInt, BigInt) {
        shifted(&self.mantissa.into(), &1.into(), self.exponent.into())
    }

    /// `self + other`.
    ///
    /// # Errors
    /// As [`Float::nearest`].
    #[track_caller]
    pub fn plus(self, other: Self) -> Result<Self, RuleError> {
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        Self::nearest(&(a * &d + c * &b), &(b * d))
    }

    /// `self − other`.
    ///
    /// # Errors
    /// As [`Float::nearest`].
    #[track_caller]
    pub fn minus(self, other: Self) -> Result<Self, RuleError> {
        let mantissa = -other.mantissa;
        self.plus(Float { mantissa, ..other })
    }

    /// `self × other`.
    ///
    /// # Errors
    /// As [`Float::nearest`].
    #[track_caller]
    pub fn times(self, other: Self) -> Result<Self, RuleError> {
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        Self::nearest(&(a * c), &(b * d))
    }

    /// `self ÷ other`.
    ///
    /// # Errors
    /// As [`Float::nearest`].
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

    /// The shortest decimal that reads back as this number, of those the nearest, and of two such the even one: mantissa and places.
    ///
    /// # Errors
    /// None: as many places as the least number has halvings always read back.
    pub fn shortest(self) -> Result<(BigInt, u32), RuleError> {
        let (a, d) = self.ratio();
        let one = BigInt::from(1);
        for places in 0..=Self::LEAST.unsigned_abs() {
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
                if Self::of_decimal(&candidate, places) == Ok(self) {
                    return Ok((candidate, places));
                }
            }
        }
        Err(RuleError::Overflow)
    }
}

impl<const BITS: u32, const EXPONENT_MAX: i32> Ord for Float<BITS, EXPONENT_MAX> {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = self.mantissa.signum();
        let size = |float: &Self| (float.exponent, float.mantissa.abs());
        let by_size = match sign {
            1 => size(self).cmp(&size(other)),
            _ => size(other).cmp(&size(self)),
        };
        sign.cmp(&other.mantissa.signum()).then(by_size)
    }
}

impl<const BITS: u32, const EXPONENT_MAX: i32> PartialOrd for Float<BITS, EXPONENT_MAX> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numerator and denominator of `a / d × 2^twos`.
fn shifted(a: &BigInt, d: &BigInt, twos: i64) -> (BigInt, BigInt) {
    let left = u64::try_from(twos).unwrap_or_default();
    let right = u64::try_from(-twos).unwrap_or_default();
    (a << left, d << right)
}
