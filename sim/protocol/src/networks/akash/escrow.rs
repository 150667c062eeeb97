//! An escrow account that leases draw on, each at its rate a block.

use alloc::vec::Vec;

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::cosmos::dec::Dec;

/// How an account stands after some blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// What is left; less than nothing by what the leases could not draw.
    pub balance: BigInt,
    /// What each lease drew.
    pub transferred: Vec<u128>,
    /// What each lease is still owed.
    pub unsettled: Vec<u128>,
}

impl Settled {
    /// Whether a lease could not draw all of its due.
    #[must_use]
    pub fn is_overdrawn(&self) -> bool {
        self.unsettled.iter().any(|&owed| owed > 0)
    }
}

/// Pays leases for `blocks` blocks from a balance, in their order: each draws all of its due while there is something left. `rates` are
/// decimals of 18 places a block; a lease's due is cut off to whole micro-coins.
///
/// # Errors
/// [`RuleError::Overflow`] when a due passes 128 bits.
pub fn settle_full_blocks(
    balance: u128,
    rates: &[u128],
    blocks: u64,
) -> Result<Settled, RuleError> {
    let mut settled = Settled {
        balance: balance.into(),
        transferred: Vec::with_capacity(rates.len()),
        unsettled: Vec::with_capacity(rates.len()),
    };
    let mut left = balance;
    for &rate in rates {
        // no published number notices: the published rates are whole
        let due = Dec::from_units(BigInt::from(rate) * blocks).truncate();
        let due = u128::try_from(due).map_err(|_| RuleError::Overflow)?;
        let drawn = due.min(left);
        left -= drawn;
        settled.balance -= due;
        settled.transferred.push(drawn);
        settled.unsettled.push(due - drawn);
    }
    Ok(settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leases_draw_in_their_order_and_the_last_are_owed() {
        let half = 500_000_000_000_000_000;
        let settled = settle_full_blocks(10, &[half, half * 4, half * 2], 5).unwrap();
        // Two and a half are cut off to two.
        assert_eq!(settled.transferred, [2, 8, 0]);
        assert_eq!(settled.unsettled, [0, 2, 5]);
        assert_eq!(settled.balance, (-7).into());
        assert!(settled.is_overdrawn());
        let paid = settle_full_blocks(7, &[half, half * 2], 5).unwrap();
        assert_eq!(paid.balance, 0.into());
        assert!(!paid.is_overdrawn());
    }
}
