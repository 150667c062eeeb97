//! How collateral carries weight: a base share of the compute weight counts for nothing, the rest as far as collateral covers it.

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div};

use super::slash::ONE;

/// The weight that counts: `⌊base + min(weight − base, collateral / per_unit)⌋` with `base = weight × base_ratio`. Ratios are in units of
/// `10^-18`; the quotient is rounded half to even there, as the chain's decimals are.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] when a unit of weight needs no collateral, [`RuleError::Refused`] for a base ratio above one.
pub fn effective_weight(
    weight: u64,
    collateral: u128,
    base_ratio: u64,
    collateral_per_unit: u128,
) -> Result<u64, RuleError> {
    let one = BigInt::from(ONE);
    let all = BigInt::from(weight) * &one;
    let base = BigInt::from(weight) * base_ratio;
    if base > all {
        return Err(RuleError::Refused("base weight ratio is above one"));
    }
    let covered = big_div(
        &(BigInt::from(collateral) * &one * &one),
        &BigInt::from(collateral_per_unit),
        Rounding::HalfEven,
    )?;
    let counted = &base + covered.min(all - &base);
    let counted = big_div(&counted, &one, Rounding::TowardZero)?;
    u64::try_from(counted).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fifth of 1 001 is 200.2; collateral of 500 at 2 a unit covers 250 more, of 10 000 all the rest.
    #[test]
    fn collateral_covers_what_is_beyond_the_base() {
        let (fifth, two) = (200_000_000_000_000_000, 2_000_000_000_000_000_000);
        assert_eq!(effective_weight(1001, 500, fifth, two), Ok(450));
        assert_eq!(effective_weight(1001, 10_000, fifth, two), Ok(1001));
        assert_eq!(effective_weight(1001, 0, fifth, two), Ok(200));
        assert!(effective_weight(1, 1, fifth, 0).is_err());
    }
}
