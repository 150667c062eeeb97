//! Akash: leases are paid from an escrow account block by block; AKT and the dollar coin ACT are burned and minted for each other at the
//! oracle's price, ever more rarely as the collateral gets thin. Restated from akash-network/node @3efe26b (Apache-2.0): `x/escrow`,
//! `x/bme`, `x/take`.
//!
//! Amounts are micro-coins. Prices and rates are the Cosmos SDK's decimals ([`Dec`](super::cosmos::dec::Dec)).

pub mod bme;
pub mod escrow;

use super::RuleError;
use super::round::{Rounding, mul_div};

/// The network's part of what a provider withdraws, `rate_percent` of it and floored; the provider has the rest.
///
/// # Errors
/// [`RuleError::Refused`] above 100 %.
pub fn take_fee(amount: u128, rate_percent: u32) -> Result<u128, RuleError> {
    if rate_percent > 100 {
        return Err(RuleError::Refused("a take rate above 100 %"));
    }
    mul_div(amount, rate_percent.into(), 100, Rounding::Floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_take_is_floored() {
        assert_eq!(take_fee(99, 20), Ok(19));
        assert_eq!(take_fee(100, 4), Ok(4));
        assert!(take_fee(100, 101).is_err());
    }
}
