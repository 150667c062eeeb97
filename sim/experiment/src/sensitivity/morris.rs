//! Morris screening (Morris 1991): walks through a grid of levels, each step of which moves one factor. The mean size of what the
//! steps did is mu* (Campolongo, Cariboni and Saltelli 2007).

use engine::{Draws, Purpose};
use serde::Serialize;

use super::{RESAMPLES, RESAMPLING_SEED};
use crate::statistics::{Interval, bootstrap_interval, mean, variance};

/// Level at which a trajectory begins. Entity: factor; ordinal: trajectory. A design's draws share no seed with a run, so these
/// numbers are not the world's.
const START: Purpose = Purpose(0x4d4f_0001);
/// Which factor moves first, second, and so on. Entity: factor; ordinal: trajectory.
const ORDER: Purpose = Purpose(0x4d4f_0002);

/// Most levels of a grid.
pub const LEVELS_MAX: u32 = 64;

/// A factor's elementary effects: what a metric changes by over the whole range of the factor, judged by one step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MorrisIndex {
    /// Mean effect, in the metric's unit: its sign is a direction. NaN where no step has a value at both ends.
    pub mu: f64,
    /// Mean size of the effects: how much the factor matters, whichever way.
    pub mu_star: f64,
    /// Bootstrap interval of `mu_star` over trajectories.
    pub mu_star_interval: Option<Interval>,
    /// Standard deviation of the effects: large beside `mu_star` where the factor bends or interacts with others.
    pub sigma: f64,
}

/// Trajectories through the unit cube, one after the other, each of `factors + 1` points of which each differs from the one before
/// in one coordinate. `levels` is even, so that every level is equally likely.
///
/// # Panics
/// With an odd number of levels, or none.
#[must_use]
pub fn morris_design(factors: usize, trajectories: u32, levels: u32, seed: u64) -> Vec<Vec<f64>> {
    assert!(levels >= 2 && levels.is_multiple_of(2), "{levels} levels");
    let draws = Draws::new(seed);
    let columns: Vec<u32> = (0..).take(factors).collect();
    let mut design = Vec::with_capacity((factors + 1) * trajectories as usize);
    for trajectory in (0..trajectories).map(u64::from) {
        let start = |column: &u32| draws.index(START, *column, trajectory, levels);
        let mut place: Vec<u32> = columns.iter().map(start).collect();
        let mut order = columns.clone();
        order.sort_by_key(|column| (draws.word(ORDER, *column, trajectory), *column));
        design.push(unit(&place, levels));
        for column in order {
            // Half the levels at a time: from the lower half up, from the upper half down.
            let level = &mut place[column as usize];
            *level = (*level + levels / 2) % levels;
            design.push(unit(&place, levels));
        }
    }
    design
}

fn unit(place: &[u32], levels: u32) -> Vec<f64> {
    let last = f64::from(levels - 1);
    place.iter().map(|level| f64::from(*level) / last).collect()
}

/// The index of every column of a design of [`morris_design`], from a value at each of its points. Steps from or to a value that
/// is no number are left out.
#[must_use]
pub fn morris(design: &[Vec<f64>], values: &[f64], confidence: f64) -> Vec<MorrisIndex> {
    let factors = design.first().map_or(0, Vec::len);
    let mut effects = vec![Vec::new(); factors];
    let walks = design.chunks(factors + 1).zip(values.chunks(factors + 1));
    for (points, values) in walks {
        for (points, values) in points.windows(2).zip(values.windows(2)) {
            let moved = (0..factors).find(|column| points[0][*column] != points[1][*column]);
            let column = moved.expect("every step moves a factor");
            let effect = (values[1] - values[0]) / (points[1][column] - points[0][column]);
            if effect.is_finite() {
                effects[column].push(effect);
            }
        }
    }
    effects.iter().map(|of| index(of, confidence)).collect()
}

fn index(effects: &[f64], confidence: f64) -> MorrisIndex {
    let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    MorrisIndex {
        mu: mean(effects),
        mu_star: mean(&sizes),
        mu_star_interval: bootstrap_interval(&sizes, mean, confidence, RESAMPLES, RESAMPLING_SEED),
        sigma: variance(effects).sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ishigami::ishigami;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_trajectory_moves_each_factor_once_by_half_the_levels(
            factors in 1usize..8, half in 1u32..5, seed: u64,
        ) {
            let levels = 2 * half;
            let design = morris_design(factors, 5, levels, seed);
            prop_assert_eq!(design.len(), 5 * (factors + 1));
            let step = f64::from(half) / f64::from(levels - 1);
            for walk in design.chunks(factors + 1) {
                let mut moved = vec![0; factors];
                for pair in walk.windows(2) {
                    for column in 0..factors {
                        let way = (pair[1][column] - pair[0][column]).abs();
                        prop_assert!((0.0..=1.0).contains(&pair[1][column]));
                        prop_assert!(way == 0.0 || (way - step).abs() < 1e-12);
                        moved[column] += usize::from(way != 0.0);
                    }
                }
                prop_assert_eq!(moved, vec![1; factors]);
            }
        }
    }

    #[test]
    fn every_level_is_about_equally_often_stood_on() {
        let design = morris_design(1, 2_000, 4, 3);
        for level in 0..4 {
            let at = f64::from(level) / 3.0;
            let count = design.iter().filter(|point| point[0] == at).count();
            assert!((900..1100).contains(&count), "level {level}: {count}");
        }
    }

    /// On four levels the effects are known by hand: 5.25 / (2/3) for the second factor at every step, and means over the levels
    /// of the others for the first and third.
    #[test]
    fn the_factors_of_ishigamis_function_rank_as_they_do_on_paper_and_an_inert_one_is_inert() {
        let design = morris_design(4, 400, 4, 1);
        let values: Vec<f64> = design.iter().map(|point| ishigami(point)).collect();
        let found = morris(&design, &values, 0.99);
        let pi4 = libm::pow(std::f64::consts::PI, 4.0);
        let sine = 3.0_f64.sqrt() / 2.0;
        let first = sine * (1.0 + 0.1 * (pi4 + pi4 / 81.0) / 2.0) * 1.5;
        let third = 0.1 * (pi4 - pi4 / 81.0) * (sine / 2.0) * 1.5;
        for (at, expected) in [(0, first), (1, 7.875), (2, third)] {
            let interval = found[at].mu_star_interval.unwrap();
            let is_inside = interval.low - 1e-9 <= expected && expected <= interval.high + 1e-9;
            assert!(is_inside, "{expected}: {:?}", found[at]);
        }
        let sizes: Vec<f64> = found.iter().map(|index| index.mu_star).collect();
        assert!(
            sizes[0] > sizes[2] && sizes[1] > sizes[2] && sizes[2] > 5.0,
            "{sizes:?}"
        );
        let inert = found[3];
        assert_eq!((inert.mu, inert.mu_star, inert.sigma), (0.0, 0.0, 0.0));
    }

    #[test]
    fn a_straight_line_has_its_slope_and_no_spread() {
        let design = morris_design(2, 6, 4, 9);
        let values: Vec<f64> = design.iter().map(|point| 5.0 - 3.0 * point[0]).collect();
        let found = morris(&design, &values, 0.95);
        assert!((found[0].mu + 3.0).abs() < 1e-12 && (found[0].mu_star - 3.0).abs() < 1e-12);
        assert!(found[0].sigma < 1e-12 && found[1].mu_star == 0.0);
    }

    #[test]
    fn steps_without_a_value_are_left_out() {
        let design = morris_design(2, 3, 4, 9);
        let mut values: Vec<f64> = design.iter().map(|point| point[0] + point[1]).collect();
        values[..3].fill(f64::NAN);
        let found = morris(&design, &values, 0.95);
        assert!((found[0].mu - 1.0).abs() < 1e-12 && (found[1].mu - 1.0).abs() < 1e-12);
        let none = morris(&design, &[f64::NAN; 9], 0.95);
        assert!(none[0].mu_star.is_nan() && none[0].mu_star_interval.is_none());
    }
}
