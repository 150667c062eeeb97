//! Numbers of the IEEE 754 double format, computed on integers: for rules that a network computes in floats, with the same digits on
//! every machine. Not a float library: the four operations, a power and an order, no infinities, no NaN, one zero.
//!
//! Every operation is exact and then rounded once, to the nearest, ties to even, as the format demands. Each is a rounding of its
//! caller's, see [`super::round`].

mod pow;

use core::cmp::Ordering;

use num_bigint::{BigInt, Sign};

use super::RuleError;
use super::round::{Rounding, big_div};

/// A finite double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Double {
    bits: u64,
}

/// Bits of a mantissa, with the one that is not stored.
const MANTISSA_BITS: u64 = 53;
/// The exponent of the smallest number's one bit.
const EXPONENT_MIN: i64 = -1074;
/// The exponent of the largest numbers' last bit.
const EXPONENT_MAX: i64 = 971;
const SIGN: u64 = 1 << 63;

impl Double {
    /// Zero.
    pub const ZERO: Double = Double { bits: 0 };
    /// One.
    pub const ONE: Double = Double {
        bits: 0x3ff0_0000_0000_0000,
    };

    /// The format's bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.bits
    }

    /// The double of these bits; nothing where they are an infinity or no number.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Option<Double> {
        let magnitude = bits & !SIGN;
        if magnitude >> (MANTISSA_BITS - 1) == 0x7ff {
            None
        } else if magnitude == 0 {
            Some(Double::ZERO)
        } else {
            Some(Double { bits })
        }
    }

    /// The double nearest to a quotient.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], [`RuleError::Overflow`] past the largest double. So do all operations below.
    #[track_caller]
    pub fn of_ratio(numerator: &BigInt, denominator: &BigInt) -> Result<Double, RuleError> {
        if denominator.sign() == Sign::NoSign {
            return Err(RuleError::ZeroDivisor);
        }
        if numerator.sign() == Sign::NoSign {
            return Ok(Double::ZERO);
        }
        let sign = if numerator.sign() == denominator.sign() {
            0
        } else {
            SIGN
        };
        let above = BigInt::from(numerator.magnitude().clone());
        let below = BigInt::from(denominator.magnitude().clone());
        // The quotient over 2^exponent is to have as many bits as a mantissa.
        let wide = signed(above.bits())? - signed(below.bits())? - signed(MANTISSA_BITS)?;
        let (over, under) = scaled(&above, &below, wide + signed(MANTISSA_BITS)?);
        let exponent = (wide + i64::from(over >= under)).max(EXPONENT_MIN);
        let (over, under) = scaled(&above, &below, exponent);
        let mantissa = big_div(&over, &under, Rounding::HalfEven)?;
        let mantissa = u64::try_from(mantissa).map_err(|_| RuleError::Overflow)?;
        Double::encode(sign, mantissa, exponent)
    }

    /// A mantissa of at most 53 bits, or the next power of two, in the format.
    fn encode(sign: u64, mantissa: u64, exponent: i64) -> Result<Double, RuleError> {
        let hidden = 1 << (MANTISSA_BITS - 1);
        let (mantissa, exponent) = if mantissa >> MANTISSA_BITS == 1 {
            (hidden, exponent + 1)
        } else {
            (mantissa, exponent)
        };
        if exponent > EXPONENT_MAX {
            return Err(RuleError::Overflow);
        }
        // Numbers without the hidden bit are the ones next to zero.
        let field = if mantissa < hidden {
            0
        } else {
            u64::try_from(exponent - EXPONENT_MIN + 1).map_err(|_| RuleError::Overflow)?
        };
        let bits = sign | field << (MANTISSA_BITS - 1) | mantissa & (hidden - 1);
        Ok(Double { bits })
    }

    /// The double nearest to an integer.
    ///
    /// # Errors
    /// As [`Double::of_ratio`].
    #[track_caller]
    pub fn of(integer: i64) -> Result<Double, RuleError> {
        Double::of_ratio(&integer.into(), &1.into())
    }

    /// Mantissa with its sign, and exponent: the number is `mantissa × 2^exponent`.
    fn parts(self) -> (BigInt, i64) {
        let hidden = 1 << (MANTISSA_BITS - 1);
        let field = (self.bits & !SIGN) >> (MANTISSA_BITS - 1);
        let fraction = self.bits & (hidden - 1);
        let (mantissa, exponent) = match i64::try_from(field) {
            Ok(field @ 1..) => (fraction | hidden, field - 1 + EXPONENT_MIN),
            _ => (fraction, EXPONENT_MIN),
        };
        let sign = if self.bits & SIGN == 0 {
            Sign::Plus
        } else {
            Sign::Minus
        };
        (BigInt::from_biguint(sign, mantissa.into()), exponent)
    }

    /// How many units of `2^-places` it has, cut off towards zero.
    ///
    /// # Errors
    /// None: the divisor is a power of two.
    #[track_caller]
    pub fn in_units_of(self, places: u32) -> Result<BigInt, RuleError> {
        let (mantissa, exponent) = self.parts();
        let (over, under) = scaled(&mantissa, &1.into(), -exponent - i64::from(places));
        big_div(&over, &under, Rounding::TowardZero)
    }

    /// The sum.
    ///
    /// # Errors
    /// As [`Double::of_ratio`].
    #[track_caller]
    pub fn plus(self, other: Double) -> Result<Double, RuleError> {
        let ((a, a_exponent), (b, b_exponent)) = (self.parts(), other.parts());
        let least = a_exponent.min(b_exponent);
        let sum = (a << (a_exponent - least)) + (b << (b_exponent - least));
        of_scaled(&sum, &1.into(), least)
    }

    /// The difference.
    ///
    /// # Errors
    /// As [`Double::of_ratio`].
    #[track_caller]
    pub fn minus(self, other: Double) -> Result<Double, RuleError> {
        let sign = if other == Double::ZERO { 0 } else { SIGN };
        self.plus(Double {
            bits: other.bits ^ sign,
        })
    }

    /// The product.
    ///
    /// # Errors
    /// As [`Double::of_ratio`].
    #[track_caller]
    pub fn times(self, other: Double) -> Result<Double, RuleError> {
        let ((a, a_exponent), (b, b_exponent)) = (self.parts(), other.parts());
        of_scaled(&(a * b), &1.into(), a_exponent + b_exponent)
    }

    /// The quotient.
    ///
    /// # Errors
    /// As [`Double::of_ratio`].
    #[track_caller]
    pub fn over(self, other: Double) -> Result<Double, RuleError> {
        let ((a, a_exponent), (b, b_exponent)) = (self.parts(), other.parts());
        of_scaled(&a, &b, a_exponent - b_exponent)
    }
}

impl Ord for Double {
    fn cmp(&self, other: &Double) -> Ordering {
        let ordered = |double: &Double| {
            let magnitude = i128::from(double.bits & !SIGN);
            if double.bits & SIGN == 0 {
                magnitude
            } else {
                -magnitude
            }
        };
        ordered(self).cmp(&ordered(other))
    }
}

impl PartialOrd for Double {
    fn partial_cmp(&self, other: &Double) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The double nearest to `numerator / denominator × 2^exponent`.
#[track_caller]
fn of_scaled(numerator: &BigInt, denominator: &BigInt, exponent: i64) -> Result<Double, RuleError> {
    let (over, under) = scaled(numerator, denominator, -exponent);
    Double::of_ratio(&over, &under)
}

/// Numerator and denominator of a quotient over `2^exponent`.
fn scaled(numerator: &BigInt, denominator: &BigInt, exponent: i64) -> (BigInt, BigInt) {
    let left = u64::try_from(-exponent).unwrap_or_default();
    let right = u64::try_from(exponent).unwrap_or_default();
    (numerator << left, denominator << right)
}

fn signed(bits: u64) -> Result<i64, RuleError> {
    i64::try_from(bits).map_err(|_| RuleError::Overflow)
}
