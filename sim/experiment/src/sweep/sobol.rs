//! Sobol points: a low-discrepancy sequence (directions of Joe and Kuo), Owen-scrambled so that a seed gives another, equally
//! even one (Burley 2020).

use engine::{Draws, Purpose};

/// Seed of the scramble. A design's draws are its own: they share no seed with a run, so this number is not the world's.
const SCRAMBLE: Purpose = Purpose(0x534f_0001);

/// Longest sequence of the library.
pub const SAMPLES_MAX: u32 = 1 << 16;
/// Most columns of the library.
pub const COLUMNS_MAX: u32 = sobol_burley::NUM_DIMENSIONS;

/// Points in [0, 1), each with a coordinate for every column. The first point counts like any other: a scrambled sequence
/// does not begin at the origin.
pub fn sobol(points: u32, columns: u32, seed: u64) -> Vec<Vec<f64>> {
    let seed = (Draws::new(seed).word(SCRAMBLE, 0, 0) >> 32) as u32;
    let at = |point, column| f64::from(sobol_burley::sample(point, column, seed));
    (0..points)
        .map(|point| (0..columns).map(|column| at(point, column)).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_powers_of_two_fill_each_dyadic_interval_once(power in 0u32..10, seed: u64) {
            let points = 1 << power;
            let design = sobol(points, 20, seed);
            for column in 0..20 {
                let mut hit: Vec<_> = design.iter().map(|point| (point[column] * f64::from(points)) as u32).collect();
                hit.sort_unstable();
                prop_assert_eq!(hit, (0..points).collect::<Vec<_>>());
            }
        }

        #[test]
        fn any_two_of_the_first_columns_fill_squares_too(seed: u64) {
            // A (0, m, 2)-net in base 2: 64 points, one in each of 8 by 8 boxes of the first two columns.
            let mut boxes: Vec<_> = sobol(64, 2, seed)
                .iter()
                .map(|point| ((point[0] * 8.0) as u32, (point[1] * 8.0) as u32))
                .collect();
            boxes.sort_unstable();
            boxes.dedup();
            prop_assert_eq!(boxes.len(), 64);
        }
    }

    #[test]
    fn a_seed_gives_the_same_points_again_and_another_seed_others() {
        assert_eq!(sobol(16, 3, 1), sobol(16, 3, 1));
        assert_ne!(sobol(16, 3, 1), sobol(16, 3, 2));
    }

    #[test]
    fn the_longest_sequence_still_fills_its_intervals() {
        let mut hit: Vec<_> = sobol(SAMPLES_MAX, 1, 1)
            .iter()
            .map(|point| (point[0] * 65_536.0) as u32)
            .collect();
        hit.sort_unstable();
        hit.dedup();
        assert_eq!(hit.len(), 65_536);
    }
}
