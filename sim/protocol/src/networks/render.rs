//! Render: burn and mint. Restated from rendernetwork/RNPs @a7ced77 (RNP-001, 003, 006, 018), documents whose figures are round: halves
//! go up, as they do there.
//!
//! A job burns what its customer pays but for a fee; a year's emission is minted in twelve parts, half to the network and half to the
//! foundation, and half of the network's to node operators. The published schedule names the years' totals only.

use super::RuleError;
use super::round::{Rounding, div, mul_div};

/// The fee on a payment, percent.
const FEE_PERCENT: u128 = 5;
/// Least numbers of upgraded tokens at which a token is worth a point less than the one before; the first is worth five.
const TIERS: [u64; 5] = [
    40_000_000,
    80_000_000,
    140_000_000,
    180_000_000,
    230_000_000,
];

/// A month's emission of a year's, tokens.
///
/// # Errors
/// None: the divisor is fixed.
pub fn monthly_emission(yearly: u128) -> Result<u128, RuleError> {
    div(yearly, 12, Rounding::HalfUp)
}

/// A month's emission in two: the network's half, to the nearest token, and the foundation's, which is the rest.
///
/// # Errors
/// None: the divisor is fixed.
pub fn split_emission(monthly: u128) -> Result<(u128, u128), RuleError> {
    let network = div(monthly, 2, Rounding::HalfUp)?;
    Ok((network, monthly - network))
}

/// Node operators' half of the network's part.
///
/// # Errors
/// None: the divisor is fixed.
pub fn node_emission(network: u128) -> Result<u128, RuleError> {
    div(network, 2, Rounding::HalfUp)
}

/// Fee and burn of a customer's payment.
///
/// # Errors
/// None: the divisor is fixed.
pub fn payment(paid: u128) -> Result<(u128, u128), RuleError> {
    let fee = mul_div(paid, FEE_PERCENT, 100, Rounding::HalfUp)?;
    Ok((fee, paid - fee))
}

/// Points of each token that is upgraded as the `index`-th, from one.
#[must_use]
pub fn upgrade_points(index: u64) -> u32 {
    TIERS.iter().map(|least| u32::from(index < *least)).sum()
}

/// What `tokens` with `points` each have of a pool that all `total_points` share, floored.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] without points, [`RuleError::Overflow`] past 128 bits.
pub fn upgrade_reward(
    pool: u128,
    tokens: u64,
    points: u64,
    total_points: u128,
) -> Result<u128, RuleError> {
    let points = u128::from(tokens) * u128::from(points);
    mul_div(pool, points, total_points, Rounding::Floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_and_parts_add_up() {
        assert_eq!(monthly_emission(18), Ok(2));
        assert_eq!(split_emission(7), Ok((4, 3)));
        assert_eq!(node_emission(7), Ok(4));
        assert_eq!(payment(30), Ok((2, 28)));
    }

    #[test]
    fn later_tokens_have_fewer_points() {
        assert_eq!([0, 39_999_999, 40_000_000].map(upgrade_points), [5, 5, 4]);
        assert_eq!(
            [229_999_999, 230_000_000, u64::MAX].map(upgrade_points),
            [1, 0, 0]
        );
        assert_eq!(upgrade_reward(10, 1, 5, 15), Ok(3));
        assert!(upgrade_reward(10, 1, 5, 0).is_err());
    }
}
