//! Indexing rewards: issuance per signal, a subgraph's part of it, and that part per allocated token. Indices have 18 decimals.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, mul_div};

/// One, in the indices' decimals.
pub const ONE: u128 = 1_000_000_000_000_000_000;

/// How much the index of rewards per signal grows over `blocks`, with `signal` base units of signal on all subgraphs. Nothing without
/// signal: what would have been issued never is.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn accrued_per_signal(
    issuance_per_block: u128,
    blocks: u64,
    signal: u128,
) -> Result<u128, RuleError> {
    if signal == 0 {
        return Ok(0);
    }
    let issued = issuance_per_block
        .checked_mul(blocks.into())
        .ok_or(RuleError::Overflow)?;
    mul_div(issued, ONE, signal, Rounding::Floor)
}

/// What a growth of the index is worth to a subgraph with this signal; nothing below the least signal.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn subgraph_rewards(
    per_signal: u128,
    signal: u128,
    min_signal: u128,
) -> Result<u128, RuleError> {
    if signal < min_signal {
        return Ok(0);
    }
    mul_div(per_signal, signal, ONE, Rounding::Floor)
}

/// How much a subgraph's rewards let the index of rewards per allocated token grow; nothing without allocations.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn accrued_per_allocated_token(rewards: u128, allocated: u128) -> Result<u128, RuleError> {
    if allocated == 0 {
        return Ok(0);
    }
    mul_div(rewards, ONE, allocated, Rounding::Floor)
}

/// What a growth of that index is worth to an allocation of these tokens.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn allocation_rewards(per_token: u128, tokens: u128) -> Result<u128, RuleError> {
    mul_div(per_token, tokens, ONE, Rounding::Floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 200 a block for 5 blocks on 4 of signal; 3 of it have 750, which are 2.5 for each of 300 tokens.
    #[test]
    fn rewards_go_by_signal_then_by_allocation() {
        let per_signal = accrued_per_signal(200, 5, 4).unwrap();
        let rewards = subgraph_rewards(per_signal, 3, 0).unwrap();
        assert_eq!(rewards, 750);
        let per_token = accrued_per_allocated_token(rewards, 300).unwrap();
        assert_eq!(per_token, 5 * ONE / 2);
        assert_eq!(allocation_rewards(per_token, 101), Ok(252));
    }

    #[test]
    fn without_signal_or_allocation_nothing_accrues() {
        assert_eq!(accrued_per_signal(200, 5, 0), Ok(0));
        assert_eq!(subgraph_rewards(ONE, 9, 10), Ok(0));
        assert_eq!(accrued_per_allocated_token(5, 0), Ok(0));
    }
}
