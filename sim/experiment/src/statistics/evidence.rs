//! What a sample says about a statistic and a bound: an estimate, an interval and two one-sided p-values.

use serde::Serialize;

use super::distributions::{binomial_at_least, binomial_at_most};
use super::paired::one_sided;
use super::{
    Interval, Stat, mean, mean_interval, proportion_interval, quantile, quantile_interval,
};

/// What the replications say about one statistic and one bound. It passes no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// How many replications.
    pub n: usize,
    /// The statistic of the sample; NaN without any replication.
    pub estimate: f64,
    /// The two-sided confidence interval, where one exists.
    pub interval: Option<Interval>,
    /// The p-value of "the true statistic is at or above the bound": small means that it is below.
    pub p_below: f64,
    /// The p-value of "the true statistic is at or below the bound": small means that it is above.
    pub p_above: f64,
    /// Whether this speaks of the true statistic. If not (min, max, fewer than two replications) it speaks of the observed
    /// runs only, and a p-value is 0 where they lie strictly on that side and 1 otherwise.
    pub is_inference: bool,
}

impl Stat {
    /// Holds a sample of replications against a bound.
    ///
    /// A mean by Student's t, a quantile by the exact binomial (sign) test on how many values lie strictly below or
    /// strictly above the bound, a probability by the exact binomial test. A value exactly on the bound speaks for neither
    /// side, and so a sample that lies on it altogether has both p-values at 1.
    ///
    /// For a probability the bound is one too, while values are held against the threshold in the statistic's name.
    pub fn evidence(&self, values: &[f64], bound: f64, confidence: f64) -> Evidence {
        match *self {
            Stat::Min => observed(values, extreme(values, f64::min), bound),
            Stat::Max => observed(values, extreme(values, f64::max), bound),
            Stat::Mean => of_mean(values, bound, confidence),
            Stat::Quantile(percent) => of_quantile(values, percent, bound, confidence),
            Stat::ProbBelow(x) => of_probability(values, |v| v < x, bound, confidence),
            Stat::ProbAbove(x) => of_probability(values, |v| v > x, bound, confidence),
        }
    }
}

/// A statement about the observed runs only.
fn observed(values: &[f64], estimate: f64, bound: f64) -> Evidence {
    let p = |is_beyond: bool| if is_beyond { 0.0 } else { 1.0 };
    Evidence {
        n: values.len(),
        estimate,
        interval: None,
        p_below: p(estimate < bound),
        p_above: p(estimate > bound),
        is_inference: false,
    }
}

fn extreme(values: &[f64], of_two: fn(f64, f64) -> f64) -> f64 {
    values.iter().copied().reduce(of_two).unwrap_or(f64::NAN)
}

fn of_mean(values: &[f64], bound: f64, confidence: f64) -> Evidence {
    let estimate = mean(values);
    if values.len() < 2 {
        return observed(values, estimate, bound);
    }
    let (p_below, p_above) = one_sided(values, bound);
    Evidence {
        n: values.len(),
        estimate,
        interval: mean_interval(values, confidence),
        p_below,
        p_above,
        is_inference: true,
    }
}

fn of_quantile(values: &[f64], percent: u8, bound: f64, confidence: f64) -> Evidence {
    let q = f64::from(percent) / 100.0;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let estimate = quantile(&sorted, q);
    if values.len() < 2 {
        return observed(values, estimate, bound);
    }
    let n = values.len() as u64;
    let below = count(values, |value| value < bound);
    let above = count(values, |value| value > bound);
    Evidence {
        n: values.len(),
        estimate,
        interval: quantile_interval(&sorted, q, confidence),
        // Were the quantile at or above the bound, a value would lie below the bound with a chance of at most q ...
        p_below: binomial_at_least(below, n, q),
        // ... and were it at or below the bound, above with at most 1 - q.
        p_above: binomial_at_least(above, n, f64::from(100 - percent) / 100.0),
        is_inference: true,
    }
}

fn of_probability(
    values: &[f64],
    is_hit: impl Fn(f64) -> bool,
    bound: f64,
    confidence: f64,
) -> Evidence {
    let (hits, n) = (count(values, is_hit), values.len() as u64);
    let estimate = hits as f64 / n as f64;
    // No probability lies outside 0 to 1, so a bound out there is met or missed without a test.
    if n < 2 || !(0.0..=1.0).contains(&bound) {
        return observed(values, estimate, bound);
    }
    Evidence {
        n: values.len(),
        estimate,
        interval: Some(proportion_interval(hits, n, confidence)),
        p_below: binomial_at_most(hits, n, bound),
        p_above: binomial_at_least(hits, n, bound),
        is_inference: true,
    }
}

fn count(values: &[f64], is_counted: impl Fn(f64) -> bool) -> u64 {
    values.iter().filter(|&&value| is_counted(value)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(n: u32) -> Vec<f64> {
        (1..=n).map(f64::from).collect()
    }

    #[test]
    fn a_mean_is_held_against_its_bound_by_students_t() {
        // Mean 3, standard error sqrt(0.5): t = -sqrt(2) at 4 degrees; R: pt(-sqrt(2), 4) = 0.1150998.
        let found = Stat::Mean.evidence(&counted(5), 4.0, 0.95);
        assert!((found.p_below - 0.115_099_8).abs() < 1e-7, "{found:?}");
        assert!((found.p_below + found.p_above - 1.0).abs() < 1e-9);
        assert!(found.is_inference && found.interval.unwrap().contains(3.0));
    }

    #[test]
    fn a_quantile_is_held_against_its_bound_by_signs() {
        // All of 59 below: 0.95^59 = 0.0485; of 58 it is 0.0510.
        let p95 = Stat::Quantile(95);
        assert!(p95.evidence(&counted(59), 100.0, 0.95).p_below < 0.05);
        assert!(p95.evidence(&counted(58), 100.0, 0.95).p_below > 0.05);
        // One of 2 lies above: 1 - 0.95^2.
        let found = p95.evidence(&[1.0, 3.0], 2.0, 0.95);
        assert!((found.p_above - 0.0975).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_probability_is_held_against_its_bound_by_counting() {
        // None of 10 below 0: 0.75^10 = 0.0563.
        let found = Stat::ProbBelow(0.0).evidence(&counted(10), 0.25, 0.95);
        assert_eq!(found.estimate, 0.0);
        assert!((found.p_below - 0.056_313_5).abs() < 1e-7, "{found:?}");
        assert_eq!(found.p_above, 1.0);
        let all = Stat::ProbAbove(0.5).evidence(&counted(10), 0.5, 0.95);
        assert!((all.p_above - 1.0 / 1024.0).abs() < 1e-9, "{all:?}");
    }

    #[test]
    fn values_on_the_bound_speak_for_neither_side() {
        for stat in [
            Stat::Mean,
            Stat::Quantile(5),
            Stat::Quantile(95),
            Stat::Min,
            Stat::Max,
        ] {
            let found = stat.evidence(&[0.1; 30], 0.1, 0.95);
            assert_eq!((found.p_below, found.p_above), (1.0, 1.0), "{stat:?}");
        }
        let half = [1.0, 1.0, 1.0, 0.0];
        let less = [1.0, 1.0, 0.0, 0.0];
        let p = |values: &[f64]| Stat::Quantile(50).evidence(values, 1.0, 0.95).p_below;
        assert!(p(&half) > p(&less));
    }

    #[test]
    fn a_threshold_is_crossed_only_strictly() {
        assert_eq!(
            Stat::ProbBelow(1.0)
                .evidence(&[1.0, 1.0], 0.5, 0.95)
                .estimate,
            0.0
        );
        assert_eq!(
            Stat::ProbAbove(1.0)
                .evidence(&[1.0, 1.0], 0.5, 0.95)
                .estimate,
            0.0
        );
    }

    #[test]
    fn extremes_and_single_runs_speak_of_the_observed_runs_only() {
        let max = Stat::Max.evidence(&counted(9), 10.0, 0.95);
        assert_eq!((max.estimate, max.p_below, max.p_above), (9.0, 0.0, 1.0));
        assert!(!max.is_inference && max.interval.is_none());
        let stats = [Stat::Mean, Stat::Quantile(95), Stat::ProbAbove(7.0)];
        for stat in stats {
            let one = stat.evidence(&[8.0], 0.5, 0.95);
            assert_eq!(
                (one.p_below, one.p_above, one.is_inference),
                (1.0, 0.0, false)
            );
        }
    }

    #[test]
    fn bounds_at_the_ends_of_probability_are_judged_as_they_must_be() {
        let of = |bound| Stat::ProbAbove(3.0).evidence(&[1.0, 5.0], bound, 0.95);
        assert_eq!((of(0.0).p_below, of(0.0).p_above), (1.0, 0.0));
        assert_eq!((of(1.0).p_below, of(1.0).p_above), (0.0, 1.0));
        assert_eq!((of(1.5).p_below, of(-0.5).p_above), (0.0, 0.0));
    }

    #[test]
    fn without_runs_nothing_is_said() {
        for stat in [
            Stat::Mean,
            Stat::Max,
            Stat::Quantile(5),
            Stat::ProbBelow(1.0),
        ] {
            let found = stat.evidence(&[], 1.0, 0.95);
            assert!(found.estimate.is_nan());
            assert_eq!((found.p_below, found.p_above), (1.0, 1.0));
        }
    }
}
