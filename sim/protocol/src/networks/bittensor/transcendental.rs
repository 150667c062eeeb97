//! Logarithm and exponential of the runtime's fixed-point library (substrate-fixed): coarse, and coarse in its own way. The constants
//! have 23 places, the exponential's series ends after 31 terms.

use super::fixed::I32F32;

/// Binary places, iterations of the logarithm and terms of the exponential.
const PLACES: u32 = 32;
/// log2(e), cut to 23 places.
const LOG2_E: I32F32 = I32F32::from_bits(12_102_203 << 9);
/// e, cut to 23 places.
const E: I32F32 = I32F32::from_bits(22_802_600 << 9);

/// Half of it, a half place rounded up.
const fn halved(bits: i64) -> i64 {
    (bits >> 1) + (bits & 1)
}

/// `log2` of a number not below one.
fn log2_above_one(number: I32F32) -> I32F32 {
    let two = I32F32::of(2);
    let (mut x, mut whole) = (number, 0i64);
    while x >= two {
        whole += 1;
        x = I32F32::from_bits(halved(x.bits()));
    }
    let mut bits = whole;
    for _ in 0..PLACES {
        bits <<= 1;
        // One more squaring than the library takes for a power of two changes nothing: one stays one.
        // no published number notices: what is published of it holds within a thousandth, shares of flows within 1 %
        x = x.times(x);
        if x >= two {
            bits |= 1;
            x = I32F32::from_bits(halved(x.bits()));
        }
    }
    I32F32::from_bits(bits)
}

/// The natural logarithm; none at zero and below.
#[must_use]
pub fn ln(number: I32F32) -> Option<I32F32> {
    if number <= I32F32::ZERO {
        return None;
    }
    let log2 = if number < I32F32::ONE {
        let inverse = I32F32::ONE.checked_over(number)?;
        I32F32::ZERO.minus(log2_above_one(inverse))
    } else {
        log2_above_one(number)
    };
    // no published number notices: what is published of it holds within a thousandth, shares of flows within 1 %
    Some(log2.over(LOG2_E))
}

/// `e^x`; none where a term or the sum does not fit.
#[must_use]
pub fn exp(x: I32F32) -> Option<I32F32> {
    if x == I32F32::ZERO {
        return Some(I32F32::ONE);
    }
    if x == I32F32::ONE {
        return Some(E);
    }
    let size = I32F32::from_bits(x.bits().checked_abs()?);
    let mut sum = size.bits().checked_add(I32F32::ONE.bits())?;
    let mut term = size;
    for index in 2..PLACES as i32 {
        // no published number notices: what is published of it holds within a thousandth, shares of flows within 1 %
        term = term.checked_times(size)?.checked_over(I32F32::of(index))?;
        sum = sum.checked_add(term.bits())?;
    }
    let sum = I32F32::from_bits(sum);
    if x < I32F32::ZERO {
        // no published number notices: what is published of it holds within a thousandth, shares of flows within 1 %
        I32F32::ONE.checked_over(sum)
    } else {
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thousandths(x: Option<I32F32>) -> i64 {
        (x.unwrap().bits() * 1000) >> PLACES
    }

    /// ln 10 = 2.302585…, e^-5 = 0.0067379…, e^2 = 7.3890….
    #[test]
    fn logarithm_and_exponential_to_three_places() {
        assert_eq!(thousandths(ln(I32F32::of(10))), 2_302);
        assert_eq!(thousandths(ln(I32F32::HALF)), -694);
        assert_eq!(thousandths(exp(I32F32::of(-5))), 6);
        assert_eq!(thousandths(exp(I32F32::of(2))), 7_389);
        assert_eq!(thousandths(exp(I32F32::ONE)), 2_718);
        assert_eq!(exp(I32F32::ZERO), Some(I32F32::ONE));
    }

    #[test]
    fn where_there_is_no_value_there_is_none() {
        assert_eq!(ln(I32F32::ZERO), None);
        assert_eq!(exp(I32F32::of(40)), None);
        assert_eq!(exp(I32F32::from_bits(i64::MIN)), None);
    }
}
