//! What a changed parameter did, from the footprints of paired runs: nothing at all, something, or a metric.

use serde::Serialize;

use super::footprint::Footprint;
use crate::metrics;
use crate::statistics::{Interval, holm, mean, paired_difference};

/// What a change did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// A metric moved, beyond what seeds explain.
    Moves(Moved),
    /// Rows differ, but no metric measurably.
    Acts,
    /// Not one row of any table differs under any seed, nor the count of any event.
    Dead,
}

/// The metric that moved most clearly.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    /// Its name.
    pub metric: &'static str,
    /// Mean before the change, over the seeds.
    pub before: f64,
    /// Mean difference, changed less unchanged, seed by seed.
    pub difference: f64,
    /// Student's interval of that difference; none with one seed.
    pub interval: Option<Interval>,
    /// Metrics besides it that moved.
    pub others: usize,
}

/// Compares changed runs with unchanged ones, seed by seed. Metrics are read together under Holm's correction, which calls
/// one moved in error with a probability of at most `errors`; the interval has the confidence asked for. A metric without
/// a value in any of the runs is left out.
pub fn classify(
    before: &[Footprint],
    after: &[Footprint],
    errors: f64,
    confidence: f64,
) -> Outcome {
    if before
        .iter()
        .map(|run| run.digest)
        .eq(after.iter().map(|run| run.digest))
    {
        return Outcome::Dead;
    }
    let values = |runs: &[Footprint], at: usize| {
        let values: Vec<f64> = runs.iter().map(|run| run.metrics[at]).collect();
        Some(values).filter(|values| values.iter().all(|value| value.is_finite()))
    };
    let mut tested = Vec::new();
    for (at, metric) in metrics::all().iter().enumerate() {
        let (Some(a), Some(b)) = (values(before, at), values(after, at)) else {
            continue;
        };
        if let Some(found) = paired_difference(&a, &b, confidence) {
            let p = (2.0 * found.p_less.min(found.p_greater)).min(1.0);
            let moved = Moved {
                metric: metric.name,
                before: mean(&a),
                difference: found.mean,
                interval: found.interval,
                others: 0,
            };
            tested.push((p, moved));
        }
    }
    let p_values: Vec<f64> = tested.iter().map(|(p, _)| *p).collect();
    let adjusted = holm(&p_values);
    let is_moved = |at: &usize| adjusted[*at] <= errors;
    let others = (0..tested.len()).filter(is_moved).count().saturating_sub(1);
    // The clearest first; among equally clear ones the largest relative to what it was.
    let clearest = (0..tested.len()).filter(is_moved).min_by(|&a, &b| {
        let of = |at: usize| (tested[at].0, -tested[at].1.relative());
        let ((p_a, size_a), (p_b, size_b)) = (of(a), of(b));
        p_a.total_cmp(&p_b).then(size_a.total_cmp(&size_b))
    });
    match clearest {
        Some(at) => Outcome::Moves(Moved {
            others,
            ..tested.swap_remove(at).1
        }),
        None => Outcome::Acts,
    }
}

impl Moved {
    /// Size of the difference over the size of what was; infinite from zero.
    fn relative(&self) -> f64 {
        (self.difference / self.before).abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs whose metrics are all 1 but the first, which has these values.
    fn runs(digest: u64, first: &[f64]) -> Vec<Footprint> {
        let run = |value: &f64| {
            let mut metrics = vec![1.0; metrics::all().len()];
            metrics[0] = *value;
            Footprint { digest, metrics }
        };
        first.iter().map(run).collect()
    }

    const BEFORE: [f64; 4] = [1.0, 2.0, 3.0, 4.0];

    #[test]
    fn the_same_footprints_are_dead() {
        assert_eq!(
            classify(&runs(7, &BEFORE), &runs(7, &BEFORE), 0.05, 0.95),
            Outcome::Dead
        );
    }

    #[test]
    fn one_seed_that_differs_is_no_longer_dead() {
        let mut after = runs(7, &BEFORE);
        after[3].digest = 8;
        assert_eq!(
            classify(&runs(7, &BEFORE), &after, 0.05, 0.95),
            Outcome::Acts
        );
    }

    #[test]
    fn a_difference_beyond_the_seeds_moves_and_is_signed() {
        let outcome = classify(
            &runs(7, &BEFORE),
            &runs(8, &[0.5, 1.5, 2.51, 3.5]),
            0.05,
            0.95,
        );
        let Outcome::Moves(moved) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!((moved.metric, moved.others), (metrics::all()[0].name, 0));
        assert!((moved.difference + 0.4975).abs() < 1e-12);
        assert!(moved.interval.unwrap().high < 0.0);
    }

    #[test]
    fn a_difference_that_one_metric_alone_would_show_is_too_little_among_all() {
        // t = 5.4 with three degrees of freedom: p = 0.012, and about thirty metrics are read.
        let after = [1.5, 2.3, 3.2, 4.4];
        assert_eq!(
            classify(&runs(7, &BEFORE), &runs(8, &after), 0.05, 0.95),
            Outcome::Acts
        );
    }

    #[test]
    fn a_metric_without_a_value_is_left_out() {
        let after = runs(8, &[f64::NAN, 5.0, 6.0, 7.0]);
        assert_eq!(
            classify(&runs(7, &BEFORE), &after, 0.05, 0.95),
            Outcome::Acts
        );
    }
}
