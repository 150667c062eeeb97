//! The non-dominated ones of all that were scored.

use heuropt::prelude::{Candidate, Evaluation, Objective, ObjectiveSpace, pareto_front};

use super::optimiser::Score;

/// Places of the feasible scores that no other feasible one beats: none is as good in everything and better in something.
/// Equal ones stand side by side.
#[must_use]
pub fn front(scores: &[Score]) -> Vec<usize> {
    let feasible = scores
        .iter()
        .enumerate()
        .filter(|(_, score)| score.violation <= 0.0);
    let candidates: Vec<_> = feasible
        .map(|(at, score)| Candidate::new(at, Evaluation::new(score.objectives.clone())))
        .collect();
    let Some(first) = scores.first() else {
        return Vec::new();
    };
    let objective = |at: usize| Objective::minimize(at.to_string());
    let space = ObjectiveSpace::new((0..first.objectives.len()).map(objective).collect());
    let front = pareto_front(&candidates, &space);
    front.into_iter().map(|of| of.decision).collect()
}

/// Place of the score that is nearest to feasible, the first of equal ones; nothing where none can be measured.
#[must_use]
pub fn nearest(scores: &[Score]) -> Option<usize> {
    let measured = (0..scores.len()).filter(|at| scores[*at].violation.is_finite());
    measured.min_by(|one, other| scores[*one].violation.total_cmp(&scores[*other].violation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(objectives: &[f64], violation: f64) -> Score {
        Score {
            objectives: objectives.to_vec(),
            violation,
        }
    }

    #[test]
    fn what_is_beaten_in_everything_is_no_part_of_the_front() {
        let scores = [
            score(&[1.0, 5.0], 0.0),
            score(&[3.0, 4.0], 0.0),
            score(&[2.0, 3.0], 0.0),
            score(&[4.0, 1.0], 0.0),
        ];
        assert_eq!(front(&scores), [0, 2, 3]);
    }

    #[test]
    fn equal_ones_stay_and_one_worse_in_a_single_objective_goes() {
        let scores = [
            score(&[1.0, 1.0], 0.0),
            score(&[1.0, 2.0], 0.0),
            score(&[1.0, 1.0], 0.0),
        ];
        assert_eq!(front(&scores), [0, 2]);
    }

    #[test]
    fn what_is_not_feasible_beats_nothing() {
        let scores = [score(&[0.0, 0.0], 0.1), score(&[9.0, 9.0], 0.0)];
        assert_eq!(front(&scores), [1]);
        assert_eq!(front(&scores[..1]), [0; 0]);
        assert_eq!(front(&[]), [0; 0]);
    }

    #[test]
    fn of_one_objective_the_front_is_its_best() {
        let scores = [
            score(&[2.0], 0.0),
            score(&[1.0], 0.0),
            score(&[0.5], f64::INFINITY),
        ];
        assert_eq!(front(&scores), [1]);
    }

    #[test]
    fn the_nearest_is_the_first_of_the_least_violations() {
        let scores = [
            score(&[0.0], f64::INFINITY),
            score(&[1.0], 0.5),
            score(&[2.0], 0.2),
            score(&[3.0], 0.2),
        ];
        assert_eq!(nearest(&scores), Some(2));
        assert_eq!(nearest(&scores[..1]), None);
    }
}
