//! Shares of the emission by flows raised to a power.

use alloc::vec::Vec;

use num_bigint::BigUint;

use super::fixed::{I32F32, U64F64};
use super::transcendental::{exp, ln};

/// The greatest whole number that the powers are taken in.
const POWER_MAX: u64 = i32::MAX as u64;

/// `flow^p / Σ flow^p`. Flows are scaled first, the greatest to one and then up, so that powers use the width they have; they are taken
/// through the coarse logarithm and exponential of [`super::transcendental`], which is why published shares hold within 1 %.
///
/// The scale is a square root, exact here, within a thousandth on the chain; it divides out but for the last places.
#[must_use]
pub fn pow_normalize(flows: &[U64F64], p: U64F64) -> Vec<U64F64> {
    let greatest = flows.iter().copied().max().unwrap_or_default();
    // no published number notices: the published ones hold within 1 %
    let to_one = U64F64::ONE.over(greatest);
    // no published number notices: the published ones hold within 1 %
    let mut flows: Vec<U64F64> = flows.iter().map(|flow| to_one.times(*flow)).collect();
    let greatest = flows.iter().copied().max().unwrap_or_default();
    // no published number notices: the published ones hold within 1 %
    let power_sum_max = U64F64::of(flows.len() as u64).times(greatest.times(greatest));
    // no published number notices: the published ones hold within 1 %
    let least = U64F64::of(POWER_MAX).over(U64F64::of(u64::MAX));
    if power_sum_max < least {
        return flows;
    }
    // no published number notices: the published ones hold within 1 %
    let scale = square_root(U64F64::of(POWER_MAX).over(power_sum_max));
    // no published number notices: the published ones hold within 1 %
    let powers: Vec<U64F64> = flows
        .iter()
        // no published number notices: the published ones hold within 1 %
        .map(|flow| power(scale.times(*flow), p))
        .collect();
    let sum = powers
        .iter()
        .fold(U64F64::ZERO, |sum, power| sum.plus(*power));
    for (flow, power) in flows.iter_mut().zip(powers) {
        // no published number notices: the published ones hold within 1 %
        *flow = power.over(sum);
    }
    flows
}

/// `flow^p` through logarithm and exponential; zero where the logarithm has no value, the greatest where the exponential has none.
fn power(flow: U64F64, p: U64F64) -> U64F64 {
    // no published number notices: the published ones hold within 1 %
    let Some(logarithm) = ln(flow.to_signed()) else {
        return U64F64::ZERO;
    };
    // no published number notices: the published ones hold within 1 %
    let power = exp(p.to_signed().times(logarithm));
    let power = power.unwrap_or(I32F32::of(i32::MAX));
    U64F64::from_bits(u128::from(power.bits().max(0).unsigned_abs()) << 32)
}

fn square_root(number: U64F64) -> U64F64 {
    let root = (BigUint::from(number.bits()) << 64u32).sqrt();
    U64F64::from_bits(u128::try_from(root).unwrap_or(u128::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Squares of 1 and 3 are a tenth and nine tenths.
    #[test]
    fn a_power_favours_the_large() {
        let shares = pow_normalize(&[U64F64::of(1), U64F64::of(3)], U64F64::of(2));
        let hundredths: Vec<u128> = shares.iter().map(|x| (x.bits() * 100) >> 64).collect();
        assert_eq!(hundredths, [10, 89]);
        assert_eq!(pow_normalize(&[U64F64::ZERO], U64F64::ONE), [U64F64::ZERO]);
        assert!(pow_normalize(&[], U64F64::ONE).is_empty());
    }
}
