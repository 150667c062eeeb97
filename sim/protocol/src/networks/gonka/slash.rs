//! Collateral slashing: the same fraction of what is active and of every entry that is unbonding, all of it burned.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, mul_div};

/// One, in the chain's decimals of eighteen places.
pub const ONE: i128 = 1_000_000_000_000_000_000;

/// Takes `fraction` (in units of `10^-18`) of `active` and of each `unbonding` entry, each truncated to base units, and answers what
/// is burned.
///
/// # Errors
/// [`RuleError::Refused`] for a fraction outside 0 to 1; then nothing is taken.
pub fn slash(active: &mut u128, unbonding: &mut [u128], fraction: i128) -> Result<u128, RuleError> {
    let in_range = (0..=ONE).contains(&fraction);
    let fraction = u128::try_from(fraction).ok().filter(|_| in_range);
    let fraction = fraction.ok_or(RuleError::Refused("slash fraction is not in 0 to 1"))?;
    let mut slashed = 0u128;
    for amount in core::iter::once(active).chain(unbonding) {
        let taken = mul_div(*amount, fraction, ONE.unsigned_abs(), Rounding::Floor)?;
        *amount -= taken;
        slashed = slashed.checked_add(taken).ok_or(RuleError::Overflow)?;
    }
    Ok(slashed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tenth of 19, 9 and 1: 1.9, 0.9 and 0.1, each truncated.
    #[test]
    fn each_entry_is_truncated_for_itself() {
        let (mut active, mut unbonding) = (19, [9, 1]);
        assert_eq!(slash(&mut active, &mut unbonding, ONE / 10), Ok(1));
        assert_eq!((active, unbonding), (18, [9, 1]));
        assert_eq!(slash(&mut active, &mut unbonding, ONE), Ok(28));
    }

    #[test]
    fn fractions_outside_zero_to_one_take_nothing() {
        for fraction in [-1, ONE + 1] {
            let mut active = 10;
            assert!(slash(&mut active, &mut [], fraction).is_err());
            assert_eq!(active, 10);
        }
    }
}
