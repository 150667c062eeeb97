//! Exponential rebates: `fees × (1 − α·e^(−λ·stake/fees))`.

use num_bigint::{BigInt, Sign};

use crate::networks::RuleError;
use crate::networks::exp::exp;
use crate::networks::round::{Rounding, big_div, big_shift};

/// Binary places of the contract's fixed-point numbers.
const PLACES: u32 = 127;
/// Binary places beyond those, of the exponential before it is cut off.
const GUARD: u32 = 64;
/// Above this exponent all fees are given back.
const EXPONENT_MAX: u32 = 15;
/// The contract's products must stay below `2^255`.
const WIDTH: u64 = 255;

/// A parameter as a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// Numerator.
    pub numerator: u32,
    /// Denominator.
    pub denominator: u32,
}

impl Fraction {
    #[track_caller]
    fn fixed(self) -> Result<BigInt, RuleError> {
        let scaled = BigInt::from(self.numerator) << PLACES;
        big_div(&scaled, &self.denominator.into(), Rounding::TowardZero)
    }
}

/// What an indexer has back of `fees` with this `stake`, base units; the rest is burned. All of them where `α` is zero.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for a fraction without denominator, [`RuleError::Overflow`] where the contract's 256 bits do.
pub fn exponential_rebate(
    fees: u128,
    stake: u128,
    alpha: Fraction,
    lambda: Fraction,
) -> Result<u128, RuleError> {
    // no published number notices: the published ones have twelve digits
    let alpha = alpha.fixed()?;
    if alpha.sign() == Sign::NoSign {
        return Ok(fees);
    }
    if fees == 0 {
        return Ok(0);
    }
    // no published number notices: the published ones have twelve digits
    let product = lambda.fixed()? * stake;
    if product.bits() > WIDTH {
        return Err(RuleError::Overflow);
    }
    // no published number notices: the published ones have twelve digits
    let exponent = big_div(&product, &fees.into(), Rounding::TowardZero)?;
    let one = BigInt::from(1) << PLACES;
    if exponent >= &one * (EXPONENT_MAX + 1) {
        return Ok(fees);
    }
    let (mantissa, twos) = exp(&(-exponent << GUARD), PLACES + GUARD)?;
    let halvings = u32::try_from(-twos).map_err(|_| RuleError::Overflow)?;
    // no published number notices: the published ones have twelve digits
    let decayed = big_shift(&mantissa, GUARD + halvings, Rounding::Floor);
    // no published number notices: the published ones have twelve digits
    let factor = &one - big_shift(&(alpha * decayed), PLACES, Rounding::TowardZero);
    let weighted = factor * fees;
    if weighted.bits() > WIDTH {
        return Err(RuleError::Overflow);
    }
    // no published number notices: the published ones have twelve digits
    let rebate = big_shift(&weighted, PLACES, Rounding::Floor);
    Ok(u128::try_from(rebate).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn of(numerator: u32, denominator: u32) -> Fraction {
        Fraction {
            numerator,
            denominator,
        }
    }

    /// `1 − e^-1 = 0.632120558828557678…`
    #[test]
    fn stake_equal_to_fees_by_hand() {
        let unit = 1_000_000_000_000_000_000;
        let rebate = exponential_rebate(unit, unit, of(1, 1), of(1, 1));
        assert_eq!(rebate, Ok(632_120_558_828_557_678));
    }

    #[test]
    fn the_ends_of_the_curve() {
        assert_eq!(exponential_rebate(9, 0, of(0, 1), of(1, 1)), Ok(9));
        assert_eq!(exponential_rebate(0, 9, of(1, 1), of(1, 1)), Ok(0));
        assert_eq!(exponential_rebate(9, 0, of(1, 1), of(1, 1)), Ok(0));
        assert_eq!(exponential_rebate(9, 9 * 16, of(1, 1), of(1, 1)), Ok(9));
        assert_eq!(
            exponential_rebate(9, 9, of(1, 0), of(1, 1)),
            Err(RuleError::ZeroDivisor)
        );
        assert_eq!(
            exponential_rebate(1, u128::MAX, of(1, 1), of(9, 1)),
            Err(RuleError::Overflow)
        );
    }
}
