//! Prime Intellect: pools pay by compute index or by submitted work, stake unbonds in a queue, slashes go to the validator.
//! Restated from PrimeIntellect-ai/smart-contracts @a1156fe (Apache-2.0).
//!
//! Amounts are base units of the token (10^18 a token), times are seconds. Amounts and units are the contracts'
//! numbers of 256 bits: what passes them is refused.

pub mod distributor;
pub mod stake;
pub mod work;

use super::RuleError;
use super::uint256::Uint256;

/// Stake that a provider must hold for `provider_compute` units it runs and `added_compute` more: one minimum for itself and one for
/// each unit.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn minimum_stake(
    provider_compute: u64,
    added_compute: u64,
    minimum: Uint256,
) -> Result<Uint256, RuleError> {
    let units = u128::from(provider_compute) + u128::from(added_compute) + 1;
    Uint256::new(units).times(minimum)
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    #[test]
    fn a_provider_stakes_for_itself_and_for_every_unit() {
        let minimum = Uint256::new(25);
        assert_eq!(minimum_stake(3, 4, minimum), Ok(200.into()));
        assert_eq!(minimum_stake(0, 0, minimum), Ok(minimum));
        let half = Uint256::try_from(BigInt::from(1) << 255u32).unwrap();
        assert_eq!(minimum_stake(1, 0, half), Err(RuleError::Overflow));
    }
}
