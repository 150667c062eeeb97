//! Bonds: what a validator holds in a server, an average over epochs of the weight it set. Dividends follow bonds times incentive.

use alloc::vec::Vec;

use super::fixed::{I32F32, U64F64};
use super::matrix::{
    Matrix, column_maxima, column_sums, divide_columns, normalize, weighted_columns,
};
use super::transcendental::exp;

/// How bonds are made from weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bonding {
    /// Yuma 2: weight times stake, normalised by column, averaged over epochs, stored as shares of the greatest of a column.
    Stake,
    /// Yuma 3: weights alone, averaged over epochs, stored as they are; stake comes in with the dividends.
    Weight(Option<LiquidAlpha>),
}

/// An averaging coefficient for each pair: it rises with the distance that a validator moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiquidAlpha {
    /// The coefficient where nothing moves.
    pub low: I32F32,
    /// Where all moves.
    pub high: I32F32,
    /// Of the sigmoid between them, in hundredths.
    pub steepness: i16,
}

/// Clears what everyone holds in a neuron, which its subnet may allow.
pub fn reset(stored: &mut [Vec<u16>], neuron: usize) {
    for row in stored {
        if let Some(bond) = row.get_mut(neuron) {
            *bond = 0;
        }
    }
}

/// Bonds of an epoch and the dividends that follow from them.
pub(super) struct Bonded {
    pub bonds: Matrix,
    pub dividends: Vec<I32F32>,
}

/// What a millionth-scaled moving average leaves for the new epoch: `1 − average / 10^6`.
pub(super) fn alpha(moving_average: u64) -> I32F32 {
    // no published number notices: the place that falls here falls again below
    let average = U64F64::of(moving_average).over(U64F64::of(1_000_000));
    I32F32::ONE.minus(average.to_signed())
}

/// Yuma 2. `old` are stored shares, `stake` is active and normalised, `incentive` too.
pub(super) fn by_stake(
    weights: &Matrix,
    mut old: Matrix,
    stake: &[I32F32],
    incentive: &[I32F32],
    alpha: I32F32,
) -> Bonded {
    let sums = column_sums(&old);
    divide_columns(&mut old, &sums);
    let mut delta: Matrix = Vec::with_capacity(weights.len());
    for (row, stake) in weights.iter().zip(stake) {
        delta.push(row.iter().map(|weight| stake.times(*weight)).collect());
    }
    let sums = column_sums(&delta);
    divide_columns(&mut delta, &sums);
    let mut bonds = average(&delta, &old, alpha);
    let sums = column_sums(&bonds);
    divide_columns(&mut bonds, &sums);
    let mut dividends = weighted_columns(&bonds, incentive);
    normalize(&mut dividends);
    let maxima = column_maxima(&bonds);
    divide_columns(&mut bonds, &maxima);
    Bonded { bonds, dividends }
}

/// Yuma 3. `old` are stored shares of 65 535 as fractions.
pub(super) fn by_weight(
    weights: &Matrix,
    old: &Matrix,
    stake: &[I32F32],
    incentive: &[I32F32],
    consensus: &[I32F32],
    alpha: I32F32,
    liquid: Option<LiquidAlpha>,
) -> Bonded {
    let has_consensus = consensus.iter().any(|value| *value != I32F32::ZERO);
    let bonds = match liquid.filter(|_| has_consensus) {
        Some(liquid) => liquid_average(weights, old, consensus, liquid),
        None => average(weights, old, alpha),
    };
    let mut shares = bonds.clone();
    let sums = column_sums(&shares);
    // no published number notices: bonds and dividends of Yuma 3 are published within a thousandth
    divide_columns(&mut shares, &sums);
    let held = weighted_columns(&shares, incentive);
    let mut dividends: Vec<I32F32> = Vec::with_capacity(held.len());
    for (held, stake) in held.iter().zip(stake) {
        // no published number notices: bonds and dividends of Yuma 3 are published within a thousandth
        dividends.push(held.times(*stake));
    }
    // no published number notices: bonds and dividends of Yuma 3 are published within a thousandth
    normalize(&mut dividends);
    Bonded { bonds, dividends }
}

/// `alpha × new + (1 − alpha) × old`.
fn average(new: &Matrix, old: &Matrix, alpha: I32F32) -> Matrix {
    let rest = I32F32::ONE.minus(alpha);
    let row = |(new, old): (&Vec<I32F32>, &Vec<I32F32>)| {
        let pairs = new.iter().zip(old);
        pairs
            .map(|(new, old)| {
                let fresh = alpha.times(*new);
                fresh.plus(rest.times(*old))
            })
            .collect()
    };
    new.iter().zip(old).map(row).collect()
}

/// The average with a coefficient for each pair, between zero and one.
fn liquid_average(
    weights: &Matrix,
    old: &Matrix,
    consensus: &[I32F32],
    liquid: LiquidAlpha,
) -> Matrix {
    let row = |(weights, old): (&Vec<I32F32>, &Vec<I32F32>)| {
        let pairs = weights.iter().zip(old).zip(consensus);
        pairs
            .map(|((weight, old), consensus)| {
                let alpha = liquid.alpha(*weight, *old, *consensus);
                // no published number notices: bonds and dividends of Yuma 3 are published within a thousandth
                let kept = I32F32::ONE.minus(alpha).times(*old);
                let bought = alpha.times(*weight).max(I32F32::ZERO);
                kept.plus(bought).min(I32F32::ONE)
            })
            .collect()
    };
    weights.iter().zip(old).map(row).collect()
}

impl LiquidAlpha {
    /// The coefficient of one pair: buying counts how far the weight is above consensus, selling how far it is below the bond.
    fn alpha(&self, weight: I32F32, bond: I32F32, consensus: I32F32) -> I32F32 {
        let distance = if weight >= bond {
            weight.minus(consensus)
        } else {
            bond.minus(weight)
        };
        let distance = distance.clamp(I32F32::ZERO, I32F32::ONE);
        let slope = I32F32::of(self.steepness.into()).over(I32F32::of(-100));
        let exponent = slope.times(distance.minus(I32F32::HALF));
        let power = exp(exponent).unwrap_or(I32F32::ZERO);
        // no published number notices: bonds and dividends of Yuma 3 are published within a thousandth
        let sigmoid = I32F32::ONE.over(I32F32::ONE.plus(power));
        // no published number notices: bonds and dividends of Yuma 3 are published within a thousandth
        let alpha = self.low.plus(sigmoid.times(self.high.minus(self.low)));
        alpha.max(self.low).min(self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At a steepness of 10 the sigmoid of a half is a half, of nothing 1/(1 + e^5) = 0.00669, of all 0.99330.
    #[test]
    fn the_coefficient_rises_with_the_distance() {
        let liquid = LiquidAlpha {
            low: I32F32::ZERO,
            high: I32F32::ONE,
            steepness: 1000,
        };
        let zero = I32F32::ZERO;
        let hundred_thousandths = |x: I32F32| (x.bits() * 100_000) >> 32;
        let buying = |weight: I32F32| hundred_thousandths(liquid.alpha(weight, zero, zero));
        assert_eq!(buying(I32F32::HALF), 50_000);
        assert_eq!(buying(zero), 669);
        assert_eq!(buying(I32F32::ONE), 99_330);
        let selling = liquid.alpha(zero, I32F32::HALF, I32F32::ONE);
        assert_eq!(hundred_thousandths(selling), 50_000);
    }
}
