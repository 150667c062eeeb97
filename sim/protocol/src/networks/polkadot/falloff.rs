//! The shape of the curve by itself, from nought to one: the staked part over the ideal up to it, `2^((ideal - stake) / falloff)`
//! beyond. Twice: by the network's series in integers, and in floats, softly, as people write the formula. The two part by at most
//! 333e-18, three last places of a float just below one (the test below: stakes in steps of 5 %, ideals to 10 %, falloffs to 10 %).

use num_bigint::{BigInt, Sign};

use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div, mul_div};

/// Parts of one of a `Perquintill`.
pub const QUINTILLION: u64 = 1_000_000_000_000_000_000;

/// ln 2 in parts of a quintillion, as the network has it.
const LN_2: u64 = 693_147_180_559_945_309;

/// Terms of the series at most.
const TERMS: u32 = 300;

/// Bits of a float's significand.
const SIGNIFICAND_BITS: u64 = 53;

/// Bits after the point in the power of two, before it is rounded to a float.
const POWER_BITS: u32 = 160;

/// Terms after which both series are below that: 9^-64 is 2^-203, and 64! is 2^296.
const POWER_TERMS: u32 = 64;

/// The height of the curve in parts of a quintillion, for three ratios in the same: Taylor's series of `e^-(x ln 2 / falloff)`,
/// each term cut off.
///
/// # Errors
/// [`RuleError::Refused`] for a falloff below 1 %.
pub fn adjustment(stake: u64, ideal_stake: u64, falloff: u64) -> Result<u64, RuleError> {
    let one = BigInt::from(QUINTILLION);
    if stake < ideal_stake {
        let height = mul_div(
            stake.into(),
            QUINTILLION.into(),
            ideal_stake.into(),
            Rounding::Floor,
        )?;
        return u64::try_from(height).map_err(|_| RuleError::Overflow);
    }
    if falloff < QUINTILLION / 100 {
        return Err(RuleError::Refused("a falloff below 1 % is not supported"));
    }
    let slope = big_div(
        &(BigInt::from(LN_2) * &one),
        &falloff.into(),
        Rounding::Floor,
    )?;
    let exponent = BigInt::from(stake - ideal_stake) * slope;
    let (mut sum, mut term) = (one.clone(), one.clone());
    for k in 1..TERMS {
        term = big_div(&(term * &exponent), &(&one * &one * k), Rounding::Floor)?;
        if term.sign() == Sign::NoSign {
            break;
        }
        if k.is_multiple_of(2) {
            sum += &term;
        } else {
            sum -= &term;
        }
    }
    // A sum that rounding drove out of range counts as nothing.
    Ok(u64::try_from(sum)
        .ok()
        .filter(|sum| *sum <= QUINTILLION)
        .unwrap_or(0))
}

/// A float as integers: `significand × 2^exponent`. Exponents have no end here; none of the curve comes near a float's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Float {
    /// At most 53 bits, with its sign.
    pub significand: BigInt,
    /// Power of two.
    pub exponent: i64,
}

/// The height of the curve in floats, for three ratios in per cent: each operation rounds as IEEE 754 says, and the power of two to
/// the nearest float, which a platform's may miss by its last bit.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for a falloff of nought.
pub fn adjustment_in_floats(
    stake_percent: u32,
    ideal_percent: u32,
    falloff_percent: u32,
) -> Result<Float, RuleError> {
    let percent = |percent: u32| Float::nearest(&percent.into(), &100.into());
    let (stake, ideal) = (percent(stake_percent)?, percent(ideal_percent)?);
    if stake_percent < ideal_percent {
        return stake.over(&ideal);
    }
    ideal
        .minus(&stake)?
        .over(&percent(falloff_percent)?)?
        .exp2()
}

impl Float {
    /// The float nearest to a fraction of a positive divisor, ties to the even one.
    fn nearest(dividend: &BigInt, divisor: &BigInt) -> Result<Float, RuleError> {
        if dividend.sign() == Sign::NoSign {
            return Ok(Float {
                significand: BigInt::default(),
                exponent: 0,
            });
        }
        let bits = |whole: &BigInt| i64::try_from(whole.bits()).map_err(|_| RuleError::Overflow);
        // The quotient has 54 or 55 bits with this exponent; it is moved until it has 53.
        let mut exponent = bits(dividend)? - bits(divisor)? - 54;
        loop {
            let (dividend, divisor) = (shifted(dividend, -exponent), shifted(divisor, exponent));
            // no published number notices: only its bits are counted.
            let cut = big_div(&dividend, &divisor, Rounding::TowardZero)?;
            if cut.bits() <= SIGNIFICAND_BITS {
                let significand = big_div(&dividend, &divisor, Rounding::HalfEven)?;
                return Ok(Float {
                    significand,
                    exponent,
                });
            }
            exponent += 1;
        }
    }

    fn over(&self, divisor: &Float) -> Result<Float, RuleError> {
        let exponent = self.exponent - divisor.exponent;
        Float::nearest(
            &shifted(&self.significand, exponent),
            &shifted(&divisor.significand, -exponent),
        )
    }

    fn minus(&self, other: &Float) -> Result<Float, RuleError> {
        let least = self.exponent.min(other.exponent);
        let at = |float: &Float| shifted(&float.significand, float.exponent - least);
        let difference = at(self) - at(other);
        Float::nearest(&shifted(&difference, least), &shifted(&1.into(), -least))
    }

    /// Two to the power of this, which is at most nought.
    fn exp2(&self) -> Result<Float, RuleError> {
        let one = BigInt::from(1) << POWER_BITS;
        let fixed = shifted(&self.significand, self.exponent + i64::from(POWER_BITS));
        let divisor = shifted(&1.into(), -self.exponent - i64::from(POWER_BITS));
        let fixed = big_div(&fixed, &divisor, Rounding::Floor)?;
        // Whole halvings, then e^(rest × ln 2) of the rest between nought and one.
        // no published number notices: a halving less and a rest of one more are the same power.
        let whole = big_div(&fixed, &one, Rounding::Floor)?;
        let exponent = (fixed - &whole * &one) * ln_2(&one)?;
        let (mut sum, mut term) = (one.clone(), one.clone());
        for k in 1..=POWER_TERMS {
            // no published number notices: a unit here is 2^-160, a float's last bit 2^-53.
            term = big_div(&(term * &exponent), &(&one * &one * k), Rounding::Floor)?;
            sum += &term;
        }
        let halvings = i64::try_from(whole).map_err(|_| RuleError::Overflow)?;
        let mut power = Float::nearest(&sum, &one)?;
        power.exponent += halvings;
        Ok(power)
    }
}

/// ln 2 in units of `1 / one`: twice the sum of `1 / ((2k + 1) 3^(2k + 1))`.
fn ln_2(one: &BigInt) -> Result<BigInt, RuleError> {
    let (mut sum, mut power) = (BigInt::default(), one * 2u32);
    // no published number notices: a unit here is 2^-160, a float's last bit 2^-53.
    power = big_div(&power, &3.into(), Rounding::Floor)?;
    for odd in (1..2 * POWER_TERMS).step_by(2) {
        // no published number notices: a unit here is 2^-160, a float's last bit 2^-53.
        sum += big_div(&power, &odd.into(), Rounding::Floor)?;
        // no published number notices: a unit here is 2^-160, a float's last bit 2^-53.
        power = big_div(&power, &9.into(), Rounding::Floor)?;
    }
    Ok(sum)
}

/// Times a power of two; unchanged for a negative one, whose place is in the divisor.
fn shifted(whole: &BigInt, bits: i64) -> BigInt {
    whole << u64::try_from(bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(percent: u64) -> u64 {
        percent * (QUINTILLION / 100)
    }

    #[test]
    fn heights_at_halvings_are_known() {
        assert_eq!(
            adjustment(percent(25), percent(50), percent(5)),
            Ok(QUINTILLION / 2)
        );
        assert_eq!(
            adjustment(percent(50), percent(50), percent(5)),
            Ok(QUINTILLION)
        );
        // Cut-off terms: a quarter less a few quintillionths.
        let quarter = adjustment(percent(60), percent(50), percent(5)).unwrap();
        assert!(quarter.abs_diff(QUINTILLION / 4) < 8, "{quarter}");
        assert!(adjustment(percent(60), percent(50), percent(1) - 1).is_err());
        let float = adjustment_in_floats(60, 50, 5).unwrap();
        let near = |significand: i64, exponent| Float {
            significand: significand.into(),
            exponent,
        };
        // In floats (0.5 - 0.6) / 0.05 is -2 + 2^-51: a quarter and 0.25 × 2^-51 × ln 2 more, 1.39 units of 2^-54.
        assert_eq!(float, near((1 << 52) + 1, -54));
        // 0.01 over 0.03 is a unit above the float of a third.
        assert_eq!(
            adjustment_in_floats(1, 3, 5).unwrap(),
            near(6_004_799_503_160_662, -54)
        );
        assert_eq!(adjustment_in_floats(0, 0, 1).unwrap(), near(1 << 52, -52));
        assert_eq!(adjustment_in_floats(1, 0, 0), Err(RuleError::ZeroDivisor));
    }

    #[test]
    fn series_and_floats_part_by_a_few_bits_of_a_float_at_most() {
        let mut most = BigInt::default();
        for stake in (0..=100).step_by(5) {
            for ideal in 0..=10 {
                for falloff in 1..=10 {
                    let of = |value: u32| percent(value.into());
                    let series = adjustment(of(stake), of(ideal), of(falloff)).unwrap();
                    let float = adjustment_in_floats(stake, ideal, falloff).unwrap();
                    let scale = BigInt::from(1) << u64::try_from(-float.exponent).unwrap();
                    let far = (float.significand * QUINTILLION - scale.clone() * series) / scale;
                    most = most.max(far.magnitude().clone().into());
                }
            }
        }
        assert_eq!(most, BigInt::from(333));
    }
}
