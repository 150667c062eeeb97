//! The shape of the curve by itself, from nought to one: the staked part over the ideal up to it, `2^((ideal - stake) / falloff)`
//! beyond. Twice: by the network's series in integers, and in floats, softly, as people write the formula. The two part by at most
//! 333e-18, three last places of a float just below one (the test below: stakes in steps of 5 %, ideals to 10 %, falloffs to 10 %).

use num_bigint::{BigInt, Sign};

use crate::networks::RuleError;
use crate::networks::float::Double;
use crate::networks::round::{Rounding, big_div, mul_div};

/// Parts of one of a `Perquintill`.
pub const QUINTILLION: u64 = 1_000_000_000_000_000_000;

/// ln 2 in parts of a quintillion, as the network has it.
const LN_2: u64 = 693_147_180_559_945_309;

/// Terms of the series at most.
const TERMS: u32 = 300;

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

/// The height of the curve in doubles, for three ratios in per cent: each operation rounds as IEEE 754 says, and the power of two to
/// the nearest double, which a platform's may miss by its last bit.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for a falloff of nought.
pub fn adjustment_in_floats(
    stake_percent: u32,
    ideal_percent: u32,
    falloff_percent: u32,
) -> Result<Double, RuleError> {
    let percent = |percent: u32| Double::of_decimal(&percent.into(), 2);
    let (stake, ideal) = (percent(stake_percent)?, percent(ideal_percent)?);
    if stake_percent < ideal_percent {
        // no published number notices: a printed double counts as equal within 1e-14 of itself
        return stake.over(ideal);
    }
    // no published number notices: a printed double counts as equal within 1e-14 of itself
    let exponent = ideal.minus(stake)?.over(percent(falloff_percent)?)?;
    // no published number notices: a printed double counts as equal within 1e-14 of itself
    Double::of(2)?.power(exponent)
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
        let of = |numerator: u64, twos: u32| {
            Double::nearest(&numerator.into(), &(BigInt::from(1) << twos))
        };
        // In floats (0.5 - 0.6) / 0.05 is -2 + 2^-51: a quarter and 0.25 × 2^-51 × ln 2 more, 1.39 units of 2^-54.
        assert_eq!(adjustment_in_floats(60, 50, 5), of((1 << 52) + 1, 54));
        // 0.01 over 0.03 is a unit above the float of a third.
        let third = of(6_004_799_503_160_662, 54);
        assert_eq!(adjustment_in_floats(1, 3, 5), third);
        assert_eq!(adjustment_in_floats(0, 0, 1), Ok(Double::ONE));
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
                    let (height, one) = float.ratio();
                    let far = (height * QUINTILLION - &one * series) / one;
                    most = most.max(far.magnitude().clone().into());
                }
            }
        }
        assert_eq!(most, BigInt::from(333));
    }
}
