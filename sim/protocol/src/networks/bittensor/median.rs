//! The stake-weighted median: the score that a majority of stake stands behind.

use alloc::vec::Vec;

use super::fixed::I32F32;

/// The score at which `minority` of the stake lies below, of stakes that sum up to `total`. Searched by pivots, always the middle one of
/// those left, so that ties fall as on the chain. Zero without scores.
#[must_use]
pub fn weighted_median(
    stake: &[I32F32],
    score: &[I32F32],
    minority: I32F32,
    total: I32F32,
) -> I32F32 {
    let mut left: Vec<(I32F32, I32F32)> =
        stake.iter().copied().zip(score.iter().copied()).collect();
    let (mut low, mut high) = (I32F32::ZERO, total);
    loop {
        let pivot = match left.as_slice() {
            [] => return I32F32::ZERO,
            [(_, only)] => return *only,
            some => some[some.len() / 2].1,
        };
        let side = |is_below: bool| {
            let on_side = left.iter().copied();
            let on_side: Vec<_> = on_side
                .filter(|(_, score)| *score != pivot && (*score < pivot) == is_below)
                .collect();
            (
                I32F32::sum(on_side.iter().map(|(stake, _)| *stake)),
                on_side,
            )
        };
        let ((below, lower), (above, upper)) = (side(true), side(false));
        let (low_edge, high_edge) = (low.plus(below), high.minus(above));
        if minority < low_edge && !lower.is_empty() {
            (left, high) = (lower, low_edge);
        } else if high_edge <= minority
            && !(low_edge <= minority && minority < high_edge)
            && !upper.is_empty()
        {
            (left, low) = (upper, high_edge);
        } else {
            return pivot;
        }
    }
}

/// The median of every column, over the rows that have stake. `majority` of that stake is what consensus takes.
#[must_use]
pub fn weighted_median_columns(
    stake: &[I32F32],
    score: &[Vec<I32F32>],
    majority: I32F32,
) -> Vec<I32F32> {
    let rows: Vec<usize> = (0..stake.len())
        .filter(|row| stake[*row] > I32F32::ZERO)
        .collect();
    let used = rows.iter().map(|row| stake[*row]);
    let sum = I32F32::sum(used.clone());
    // no published number notices: a median moves only where stake ties with the majority
    let used: Vec<I32F32> = used.map(|one| one.over(sum)).collect();
    let total = I32F32::sum(used.iter().copied());
    let columns = score.first().map_or(0, Vec::len);
    let column = |column: usize| {
        let scores: Vec<I32F32> = rows.iter().map(|row| score[*row][column]).collect();
        weighted_median(&used, &scores, total.minus(majority), total)
    };
    (0..columns).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenths(numbers: &[i64]) -> Vec<I32F32> {
        let tenth = |x: &i64| I32F32::from_bits(x * (1 << 32) / 10);
        numbers.iter().map(tenth).collect()
    }

    /// Of stakes 3, 3, 4 the one with score 0.9 is no majority of 0.5 alone; with the second it is.
    #[test]
    fn a_minority_cannot_raise_the_score() {
        let stake = tenths(&[3, 3, 4]);
        let median = |scores: &[i64]| {
            let columns: Vec<_> = tenths(scores).into_iter().map(|x| [x].to_vec()).collect();
            weighted_median_columns(&stake, &columns, I32F32::HALF)[0]
        };
        assert_eq!(median(&[1, 2, 9]), tenths(&[2])[0]);
        assert_eq!(median(&[1, 9, 9]), tenths(&[9])[0]);
        assert_eq!(median(&[9, 1, 1]), tenths(&[1])[0]);
    }

    #[test]
    fn without_stake_there_is_no_consensus() {
        let score = [[I32F32::ONE].to_vec()];
        assert_eq!(
            weighted_median_columns(&[I32F32::ZERO], &score, I32F32::HALF),
            [I32F32::ZERO]
        );
    }
}
