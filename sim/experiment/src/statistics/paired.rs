//! The difference of two points under common random numbers: the same seeds at both, compared seed by seed.

use serde::Serialize;

use super::distributions::student_below;
use super::mean::standard_error;
use super::{Interval, mean, mean_interval, variance};

/// What pairs of replications say about `b - a`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PairedDifference {
    /// How many pairs.
    pub n: usize,
    /// The mean of `b - a`, in the unit of the values.
    pub mean: f64,
    /// Student's interval for the mean difference; none with one pair.
    pub interval: Option<Interval>,
    /// The p-value of "b is at or above a on average": small means that b is less. 1 with one pair.
    pub p_less: f64,
    /// The p-value of "b is at or below a on average": small means that b is greater. 1 with one pair.
    pub p_greater: f64,
    /// `(var a + var b) / var(b - a)`: how many times as many replications independent seeds would have taken.
    /// Infinite where all pairs differ by the same, NaN with one pair or where nothing varies.
    pub variance_ratio: f64,
}

/// Compares two samples pair by pair: `a[i]` and `b[i]` come from the same seed. None where there is no pair or where the
/// samples differ in length.
pub fn paired_difference(a: &[f64], b: &[f64], confidence: f64) -> Option<PairedDifference> {
    if a.is_empty() || a.len() != b.len() {
        return None;
    }
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| b - a).collect();
    let (p_less, p_greater) = one_sided(&differences, 0.0);
    Some(PairedDifference {
        n: a.len(),
        mean: mean(&differences),
        interval: mean_interval(&differences, confidence),
        p_less,
        p_greater,
        variance_ratio: (variance(a) + variance(b)) / variance(&differences),
    })
}

/// Student's one-sided p-values of "the mean is at or above the bound" and "at or below it"; both 1 under two values.
/// Without any spread the mean is taken as known: the p-value is 0 on the right side, and 1 on the bound itself.
pub(super) fn one_sided(values: &[f64], bound: f64) -> (f64, f64) {
    if values.len() < 2 {
        return (1.0, 1.0);
    }
    let (gap, error) = (mean(values) - bound, standard_error(values));
    if error == 0.0 {
        let p = |is_beyond: bool| if is_beyond { 0.0 } else { 1.0 };
        return (p(gap < 0.0), p(gap > 0.0));
    }
    let freedom = (values.len() - 1) as f64;
    let t = gap / error;
    (student_below(t, freedom), student_below(-t, freedom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_see_what_independent_samples_would_not() {
        let a = [10.0, 20.0, 30.0, 40.0, 50.0];
        let b = [11.0, 20.5, 31.5, 41.0, 51.0];
        let found = paired_difference(&a, &b, 0.95).unwrap();
        assert_eq!((found.n, found.mean), (5, 1.0));
        assert!(found.interval.unwrap().low > 0.5);
        assert!(found.p_greater < 0.002 && found.p_less > 0.998);
        // var a = 250, var b = 252.625, var of the differences 0.125.
        assert!((found.variance_ratio - 4_021.0).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn the_sign_is_that_of_b_minus_a() {
        let found = paired_difference(&[3.0, 5.0], &[1.0, 2.0], 0.95).unwrap();
        assert_eq!(found.mean, -2.5);
        assert!(found.p_less < found.p_greater);
    }

    #[test]
    fn one_pair_is_no_inference_and_no_pairs_are_nothing() {
        let found = paired_difference(&[1.0], &[2.0], 0.95).unwrap();
        assert_eq!(
            (found.interval, found.p_less, found.p_greater),
            (None, 1.0, 1.0)
        );
        assert!(found.variance_ratio.is_nan());
        assert_eq!(paired_difference(&[], &[], 0.95), None);
        assert_eq!(paired_difference(&[1.0, 2.0], &[1.0], 0.95), None);
    }

    #[test]
    fn a_constant_difference_is_certain_and_none_at_all_is_no_difference() {
        let shifted = paired_difference(&[1.0, 4.0], &[2.0, 5.0], 0.95).unwrap();
        assert_eq!((shifted.p_less, shifted.p_greater), (1.0, 0.0));
        let same = paired_difference(&[1.0, 4.0], &[1.0, 4.0], 0.95).unwrap();
        assert_eq!((same.p_less, same.p_greater), (1.0, 1.0));
    }
}
