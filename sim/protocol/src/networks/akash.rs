//! Akash: leases are paid from an escrow account block by block; AKT and the dollar coin ACT are burned and minted for each other at the
//! oracle's price, ever more rarely as the collateral gets thin. Restated from akash-network/node @3efe26b (Apache-2.0): `x/escrow`,
//! `x/bme`, `x/take`.
//!
//! Amounts are micro-coins. Prices and rates are the Cosmos SDK's decimals: 18 places, products and quotients rounded half to even.

pub mod bme;
pub mod escrow;

use num_bigint::BigInt;

use super::RuleError;
use super::round::{Rounding, big_div, mul_div};

/// Units of one in a decimal of the Cosmos SDK.
const UNIT: u64 = 1_000_000_000_000_000_000;
/// Bits beyond which such a decimal panics.
const DECIMAL_BITS_MAX: u64 = 256 + 59;

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

/// The product of two decimals.
#[track_caller]
fn times(a: &BigInt, b: &BigInt) -> Result<BigInt, RuleError> {
    let product = big_div(&(a * b), &UNIT.into(), Rounding::HalfEven)?;
    if product.bits() > DECIMAL_BITS_MAX {
        return Err(RuleError::Overflow);
    }
    Ok(product)
}

/// The quotient of two decimals: cut off at 36 places, then rounded to 18.
#[track_caller]
fn over(a: &BigInt, b: &BigInt) -> Result<BigInt, RuleError> {
    let long = big_div(&(a * UNIT * UNIT), b, Rounding::TowardZero)?;
    big_div(&long, &UNIT.into(), Rounding::HalfEven)
}

/// The whole part of a decimal.
#[track_caller]
fn whole(decimal: &BigInt) -> Result<BigInt, RuleError> {
    big_div(decimal, &UNIT.into(), Rounding::TowardZero)
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

    #[test]
    fn decimals_round_half_to_even_and_quotients_twice() {
        let unit = BigInt::from(UNIT);
        // 1.5 units of the last place, and 2.5.
        assert_eq!(times(&3.into(), &(&unit / 2)), Ok(2.into()));
        assert_eq!(times(&5.into(), &(&unit / 2)), Ok(2.into()));
        assert_eq!(
            over(&(&unit * 2), &(&unit * 3)),
            Ok(BigInt::from(666_666_666_666_666_667_u64))
        );
        // A little more than a tie: the places that would tell have been cut off, and the even one is below.
        let divisor = unit.pow(2) * 2 - 1;
        assert_eq!(over(&unit, &divisor), Ok(0.into()));
    }
}
