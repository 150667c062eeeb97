//! Prime Intellect: pools pay by compute index or by submitted work, stake unbonds in a queue, slashes go to the validator.
//! Restated from PrimeIntellect-ai/smart-contracts @a1156fe (Apache-2.0).
//!
//! Amounts are base units of the token (10^18 a token), times are seconds. The contracts count in 256 bits and these rules in 128: a
//! result beyond is refused.

pub mod distributor;
pub mod stake;
pub mod work;

use super::RuleError;

/// Stake that a provider must hold for `provider_compute` units it runs and `added_compute` more: one minimum for itself and one for
/// each unit.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn minimum_stake(
    provider_compute: u64,
    added_compute: u64,
    minimum: u128,
) -> Result<u128, RuleError> {
    let units = u128::from(provider_compute) + u128::from(added_compute) + 1;
    units.checked_mul(minimum).ok_or(RuleError::Overflow)
}

fn add(a: u128, b: u128) -> Result<u128, RuleError> {
    a.checked_add(b).ok_or(RuleError::Overflow)
}

fn sub(a: u128, b: u128) -> Result<u128, RuleError> {
    a.checked_sub(b).ok_or(RuleError::Overflow)
}

fn mul(a: u128, b: u128) -> Result<u128, RuleError> {
    a.checked_mul(b).ok_or(RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_stakes_for_itself_and_for_every_unit() {
        assert_eq!(minimum_stake(3, 4, 25), Ok(200));
        assert_eq!(minimum_stake(0, 0, 25), Ok(25));
        assert_eq!(minimum_stake(1, 0, u128::MAX), Err(RuleError::Overflow));
    }
}
