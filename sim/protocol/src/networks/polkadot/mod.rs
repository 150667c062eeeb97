//! Polkadot and Kusama: a year's inflation by the staked part of all tokens, highest at an ideal stake and falling off by halves
//! beyond it; since Referendum 1139 a fixed issuance on Polkadot. Restated from paritytech/polkadot-sdk @06ef77c (Apache-2.0:
//! `staking/reward-curve`, `staking/reward-fn`, `runtime/curve`) and polkadot-fellows/runtimes @cb16c08 (GPL-3.0; figures and rule).
//!
//! Amounts are plancks. Parts are counts of a billionth (a `Perbill`); times one, they round to the nearest, ties down.

pub mod curve;
pub mod falloff;
pub mod payout;

use num_bigint::BigInt;

use super::RuleError;
use super::round::{Rounding, big_div};

/// Parts of one.
pub const BILLION: u32 = 1_000_000_000;

/// Milliseconds of 365.25 days.
pub const MILLISECONDS_PER_YEAR: u64 = 31_557_600_000;

/// So many billionths of an amount, to the nearest, ties down.
#[track_caller]
fn perbill_of(parts: u32, amount: &BigInt) -> Result<BigInt, RuleError> {
    // ceil(x - 1/2) is the nearest, and the lower one of a tie.
    let twice = amount * parts * 2u32 - BILLION;
    big_div(
        &twice,
        &BigInt::from(2 * u64::from(BILLION)),
        Rounding::Ceil,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_of_a_part_go_down() {
        let of = |parts: u32, amount: i64| perbill_of(parts, &BigInt::from(amount)).unwrap();
        assert_eq!(of(BILLION / 2, 3), BigInt::from(1));
        assert_eq!(of(BILLION / 2 + 1, 3), BigInt::from(2));
        assert_eq!(of(0, 3), BigInt::from(0));
        assert_eq!(of(BILLION, 3), BigInt::from(3));
    }
}
