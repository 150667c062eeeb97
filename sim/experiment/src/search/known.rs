//! The optimiser on problems whose answers are known in closed form.

use std::collections::BTreeMap;

use super::front::front;
use super::optimiser::{Score, Space, optimise};

/// A combination's values between 0 and 1, and its score.
type Seen = (Vec<f64>, Score);

/// Searches a problem over the unit cube until so many combinations have been scored, and gives all of them.
fn search(
    space: &Space,
    evaluations: usize,
    problem: impl Fn(&[f64]) -> (Vec<f64>, f64),
) -> Vec<Seen> {
    let mut seen: BTreeMap<Vec<usize>, Seen> = BTreeMap::new();
    optimise(space, &mut |asked| {
        let rate = |places: &Vec<usize>| {
            let shares = places.iter().zip(&space.counts);
            let share = |(place, count): (&usize, &usize)| *place as f64 / (count - 1) as f64;
            let x: Vec<f64> = shares.map(share).collect();
            let (objectives, violation) = problem(&x);
            let score = Score {
                objectives,
                violation,
            };
            seen.insert(places.clone(), (x, score.clone()));
            score
        };
        let scores = asked.iter().map(rate).collect();
        (seen.len() < evaluations).then_some(scores)
    });
    seen.into_values().collect()
}

fn space(factors: usize, objectives: usize) -> Space {
    Space {
        counts: vec![101; factors],
        objectives,
        population: 40,
        seed: 1,
    }
}

/// Objectives of the front, the first one rising.
fn found(seen: &[Seen]) -> Vec<Vec<f64>> {
    let scores: Vec<Score> = seen.iter().map(|(_, score)| score.clone()).collect();
    let mut found: Vec<_> = front(&scores)
        .into_iter()
        .map(|at| scores[at].objectives.clone())
        .collect();
    found.sort_by(|one, other| one[0].total_cmp(&other[0]));
    found
}

#[test]
fn the_front_of_zdt1_is_met_within_two_hundredths_and_without_gaps() {
    let zdt1 = |x: &[f64]| {
        let rest = &x[1..];
        let g = 1.0 + 9.0 * rest.iter().sum::<f64>() / rest.len() as f64;
        (vec![x[0], g * (1.0 - (x[0] / g).sqrt())], 0.0)
    };
    let found = found(&search(&space(5, 2), 4_000, zdt1));
    for point in &found {
        let off = point[1] - (1.0 - point[0].sqrt());
        assert!((0.0..0.02).contains(&(off + 1e-12)), "{point:?}");
    }
    let gaps = found.windows(2).map(|pair| pair[1][0] - pair[0][0]);
    let widest = gaps.fold(found[0][0], f64::max);
    assert!(widest < 0.06 && found.last().unwrap()[0] > 0.95, "{widest}");
}

#[test]
fn a_constrained_front_follows_its_constraint_and_then_its_objectives() {
    // Deb's CONSTR: x1 in 0.1 to 1, x2 in 0 to 5, both x2 + 9 x1 >= 6 and 9 x1 - x2 >= 1.
    let constr = |x: &[f64]| {
        let (a, b) = (0.1 + 0.9 * x[0], 5.0 * x[1]);
        let short = (6.0 - b - 9.0 * a).max(0.0) + (1.0 - 9.0 * a + b).max(0.0);
        (vec![a, (1.0 + b) / a], short)
    };
    let found = found(&search(&space(2, 2), 2_000, constr));
    for point in &found {
        let a = point[0];
        let best = if a < 2.0 / 3.0 {
            (7.0 - 9.0 * a) / a
        } else {
            1.0 / a
        };
        assert!(a > 0.38, "{point:?} is not feasible");
        assert!(
            (-1e-9..0.15).contains(&(point[1] - best)),
            "{point:?} {best}"
        );
    }
    let (first, last) = (found[0][0], found.last().unwrap()[0]);
    assert!(first < 0.42 && last > 0.95, "{first} to {last}");
}

#[test]
fn the_optimum_of_a_quadratic_is_found_to_the_last_step() {
    let bowl = |x: &[f64]| {
        let (a, b, c) = (x[0] - 0.3, x[1] - 0.72, x[2] - 0.05);
        (vec![a * a + 2.0 * b * b + 3.0 * c * c], 0.0)
    };
    let seen = search(&space(3, 1), 2_500, bowl);
    let best = found(&seen)[0][0];
    assert!(best < 1e-9, "{best}");
}

#[test]
fn where_nothing_is_feasible_the_search_still_walks_towards_it() {
    let far = |x: &[f64]| (vec![0.0], 1.0 + x.iter().sum::<f64>());
    let seen = search(&space(4, 1), 1_000, far);
    let least = seen.iter().map(|(_, score)| score.violation);
    let least = least.fold(f64::INFINITY, f64::min);
    assert!(least < 1.05, "{least}");
}

#[test]
fn a_seed_gives_the_same_combinations_again_and_another_seed_others() {
    let run = |seed| {
        let space = Space {
            seed,
            ..space(3, 2)
        };
        search(&space, 300, |x| (vec![x[0], x[1] * x[2]], 0.0))
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn a_generation_is_asked_for_as_a_whole() {
    let space = Space {
        counts: vec![3, 1, 7],
        objectives: 1,
        population: 10,
        seed: 4,
    };
    let mut sizes = Vec::new();
    optimise(&space, &mut |asked| {
        sizes.push(asked.len());
        for places in asked {
            let is_there = |(place, count): (&usize, &usize)| place < count;
            assert!(places.iter().zip(&space.counts).all(is_there));
        }
        let score = |places: &Vec<usize>| Score {
            objectives: vec![places[2] as f64],
            violation: 0.0,
        };
        (sizes.len() < 5).then(|| asked.iter().map(score).collect())
    });
    assert_eq!(sizes, [10; 5]);
}
