//! Latin hypercube samples (McKay, Beckman and Conover 1979): each factor's range is cut into as many strata as there are
//! points, and each stratum is hit once.

use engine::{Draws, Purpose};

/// Which stratum comes first, second, and so on. Entity: column; ordinal: stratum. A design's draws are its own: they share
/// no seed with a run, so these numbers are not the world's.
const ORDER: Purpose = Purpose(0x4c48_0001);
/// Where in its stratum a point lies. Entity: column; ordinal: stratum.
const PLACE: Purpose = Purpose(0x4c48_0002);

/// Points in [0, 1), each with a coordinate for every column.
pub fn latin_hypercube(points: u32, columns: u32, seed: u64) -> Vec<Vec<f64>> {
    let columns: Vec<_> = (0..columns)
        .map(|column| strata(points, column, seed))
        .collect();
    let point = |at: usize| columns.iter().map(|column| column[at]).collect();
    (0..points as usize).map(point).collect()
}

/// One column: each stratum once, in keyed order.
fn strata(points: u32, column: u32, seed: u64) -> Vec<f64> {
    let draws = Draws::new(seed);
    let mut order: Vec<u32> = (0..points).collect();
    order.sort_by_key(|stratum| (draws.word(ORDER, column, u64::from(*stratum)), *stratum));
    let place = |stratum: u32| {
        // 32 bits are exact beside any stratum's number, so rounding never carries a point into the next one.
        let within = (draws.word(PLACE, column, u64::from(stratum)) >> 32) as u32;
        (f64::from(stratum) + f64::from(within) / 4_294_967_296.0) / f64::from(points)
    };
    order.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_stratum_of_every_column_is_hit_once(points in 1u32..300, columns in 1u32..6, seed: u64) {
            let design = latin_hypercube(points, columns, seed);
            for column in 0..columns as usize {
                let mut hit: Vec<_> = design.iter().map(|point| (point[column] * f64::from(points)) as u32).collect();
                hit.sort_unstable();
                prop_assert_eq!(hit, (0..points).collect::<Vec<_>>());
            }
        }

        #[test]
        fn a_column_more_leaves_those_before_it_as_they_were(points in 1u32..50, seed: u64) {
            let (two, three) = (latin_hypercube(points, 2, seed), latin_hypercube(points, 3, seed));
            for (narrow, wide) in two.iter().zip(&three) {
                prop_assert_eq!(&narrow[..], &wide[..2]);
            }
        }
    }

    #[test]
    fn seeds_and_columns_give_different_orders() {
        let (one, other) = (latin_hypercube(50, 2, 1), latin_hypercube(50, 2, 2));
        assert_ne!(one, other);
        assert!(one.iter().any(|point| (point[0] - point[1]).abs() > 0.1));
    }
}
