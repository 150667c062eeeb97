//! Sobol indices from Saltelli's design: two samples A and B, and for each factor A with that factor's column from B. First-order
//! indices by Saltelli et al. (2010), total ones by Jansen (1999).

use engine::{Draws, Purpose};
use serde::Serialize;

use super::{RESAMPLES, RESAMPLING_SEED};
use crate::statistics::{Interval, mean, quantile, variance};
use crate::sweep::sobol_points;

/// Which row stands at a place of a resample. Entity: resample; ordinal: place.
const ROW: Purpose = Purpose(0x5341_0001);

/// How much of a metric's variance over the whole design a factor answers for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SobolIndex {
    /// Share that goes when this factor alone is fixed. An estimate: a little below zero for a factor that does nothing. NaN where
    /// the metric does not vary.
    pub first: f64,
    /// Its bootstrap interval.
    pub first_interval: Option<Interval>,
    /// Share that stays when all others are fixed: with every interaction that the factor is part of.
    pub total: f64,
    /// Its bootstrap interval.
    pub total_interval: Option<Interval>,
}

/// Saltelli's design in the unit cube: for each of `base` rows its point of A, its point of B, and then, factor by factor, that
/// of A with the factor's coordinate from B. A and B are two halves of one scrambled Sobol sequence of twice the columns, which is
/// evenest where `base` is a power of two.
#[must_use]
pub fn saltelli_design(factors: usize, base: u32, seed: u64) -> Vec<Vec<f64>> {
    let mut design = Vec::with_capacity((factors + 2) * base as usize);
    for both in sobol_points(base, 2 * factors as u32, seed) {
        let (a, b) = both.split_at(factors);
        design.push(a.to_vec());
        design.push(b.to_vec());
        for column in 0..factors {
            let mut mixed = a.to_vec();
            mixed[column] = b[column];
            design.push(mixed);
        }
    }
    design
}

/// The indices of every factor, from a value at each point of a [`saltelli_design`]. Rows in which a value is no number are left
/// out. Intervals are percentiles of resampled rows.
#[must_use]
pub fn sobol_indices(factors: usize, values: &[f64], confidence: f64) -> Vec<SobolIndex> {
    let is_whole = |row: &&[f64]| row.iter().all(|value| value.is_finite());
    let rows: Vec<&[f64]> = values.chunks_exact(factors + 2).filter(is_whole).collect();
    let rows = centred(&rows);
    let all: Vec<usize> = (0..rows.len()).collect();
    let found = shares(&rows, &all, factors);
    let mut resampled = vec![(Vec::new(), Vec::new()); factors];
    let draws = Draws::new(RESAMPLING_SEED);
    for resample in 0..RESAMPLES {
        let row = |place: &usize| draws.index(ROW, resample, *place as u64, rows.len() as u32);
        let picked: Vec<usize> = all.iter().map(|place| row(place) as usize).collect();
        let shares = shares(&rows, &picked, factors);
        for ((first, total), of) in resampled.iter_mut().zip(shares) {
            first.push(of.0);
            total.push(of.1);
        }
    }
    let indices = found.into_iter().zip(resampled);
    let index = |((first, total), (firsts, totals)): ((f64, f64), _)| SobolIndex {
        first,
        first_interval: percentiles(firsts, confidence),
        total,
        total_interval: percentiles(totals, confidence),
    };
    indices.map(index).collect()
}

/// Rows less the mean of A and B: the estimator of first-order indices is far less noisy about zero.
fn centred(rows: &[&[f64]]) -> Vec<Vec<f64>> {
    let ends: Vec<f64> = rows
        .iter()
        .flat_map(|row| row[..2].iter().copied())
        .collect();
    let centre = mean(&ends);
    let less = |row: &&[f64]| row.iter().map(|value| value - centre).collect();
    rows.iter().map(less).collect()
}

/// First-order and total share of every factor, over some rows; NaN where nothing varies.
fn shares(rows: &[Vec<f64>], picked: &[usize], factors: usize) -> Vec<(f64, f64)> {
    let ends: Vec<f64> = picked
        .iter()
        .flat_map(|row| rows[*row][..2].iter().copied())
        .collect();
    let spread = variance(&ends);
    let n = picked.len() as f64;
    let share = |column: usize| {
        let (mut first, mut total) = (0.0, 0.0);
        for row in picked.iter().map(|row| &rows[*row]) {
            let (a, b, mixed) = (row[0], row[1], row[2 + column]);
            first += b * (mixed - a);
            total += (a - mixed) * (a - mixed);
        }
        match spread > 0.0 {
            true => (first / n / spread, total / (2.0 * n) / spread),
            false => (f64::NAN, f64::NAN),
        }
    };
    (0..factors).map(share).collect()
}

fn percentiles(mut values: Vec<f64>, confidence: f64) -> Option<Interval> {
    if values.iter().any(|value| value.is_nan()) {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - confidence) / 2.0;
    Some(Interval {
        low: quantile(&values, tail),
        high: quantile(&values, 1.0 - tail),
    })
}

#[cfg(test)]
mod tests {
    use super::super::ishigami::{FIRST, TOTAL, ishigami};
    use super::*;

    fn of_ishigami(base: u32) -> Vec<SobolIndex> {
        let design = saltelli_design(3, base, 1);
        let values: Vec<f64> = design.iter().map(|point| ishigami(point)).collect();
        sobol_indices(3, &values, 0.95)
    }

    #[test]
    fn a_mixed_point_is_a_with_one_coordinate_of_b() {
        let design = saltelli_design(3, 8, 5);
        assert_eq!(design.len(), 8 * 5);
        for row in design.chunks(5) {
            for column in 0..3 {
                for at in 0..3 {
                    let from = if at == column { &row[1] } else { &row[0] };
                    assert_eq!(row[2 + column][at], from[at]);
                }
            }
        }
    }

    #[test]
    fn ishigamis_closed_form_lies_inside_the_intervals_and_near_the_estimates() {
        let found = of_ishigami(1024);
        for (index, (first, total)) in found.iter().zip(FIRST.into_iter().zip(TOTAL)) {
            assert!(
                index.first_interval.unwrap().contains(first),
                "{first}: {index:?}"
            );
            assert!(
                index.total_interval.unwrap().contains(total),
                "{total}: {index:?}"
            );
            assert!((index.first - first).abs() < 0.02, "{first}: {index:?}");
            assert!((index.total - total).abs() < 0.02, "{total}: {index:?}");
        }
    }

    #[test]
    fn more_rows_narrow_the_intervals() {
        let width = |base| of_ishigami(base)[0].first_interval.unwrap().half_width();
        assert!(width(1024) < width(128) / 2.0);
    }

    #[test]
    fn a_large_offset_changes_nothing_much() {
        let design = saltelli_design(2, 256, 2);
        let at = |offset: f64| {
            let values: Vec<f64> = design.iter().map(|p| offset + p[0] + 2.0 * p[1]).collect();
            sobol_indices(2, &values, 0.95)
        };
        for (plain, offset) in at(0.0).iter().zip(at(1e6)) {
            assert!((plain.first - offset.first).abs() < 1e-6);
            assert!((plain.total - offset.total).abs() < 1e-6);
        }
        // Variances 1/12 and 4/12.
        assert!((at(0.0)[0].first - 0.2).abs() < 0.02 && (at(0.0)[1].total - 0.8).abs() < 0.02);
    }

    #[test]
    fn a_metric_that_does_not_vary_or_has_no_value_has_no_index() {
        for value in [4.2, f64::NAN] {
            let found = sobol_indices(2, &[value; 4 * 16], 0.95);
            assert!(found[0].first.is_nan() && found[1].total.is_nan());
            assert_eq!(found[0].first_interval, None);
        }
    }

    #[test]
    fn a_row_without_a_value_is_left_out_whole() {
        let design = saltelli_design(2, 64, 2);
        let mut values: Vec<f64> = design.iter().map(|point| point[0]).collect();
        let without = sobol_indices(2, &values[4..], 0.95);
        values[2] = f64::NAN;
        assert_eq!(sobol_indices(2, &values, 0.95), without);
    }
}
