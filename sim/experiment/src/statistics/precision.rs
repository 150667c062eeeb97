//! How many replications: for a stated precision, before or while they run, and for a skewed metric.

use super::distributions::{normal_critical, student_critical};
use super::mean::skewness;
use super::{Interval, mean_interval};

/// The number of replications under which precision is not judged.
pub const REPLICATIONS_MIN: usize = 30;

/// Whether the mean of these replications is known to plus or minus `half_width` (in their unit): Student's interval is
/// that narrow, and there are [`REPLICATIONS_MIN`] of them or more.
///
/// Looked at after every tenth replication until it is so, 95 % intervals for normal values still cover 94.8 to 95.2 %. For
/// skewed ones stopping costs coverage, for a sample that happens to lack large values looks precise: 91 to 93 % for
/// exponential values, 85 to 88 % for log-normal ones. Going on while [`skew_floor`] objects takes several times the
/// replications and wins about a point, so it is no part of the rule.
pub fn is_precise(values: &[f64], half_width: f64, confidence: f64) -> bool {
    values.len() >= REPLICATIONS_MIN
        && mean_interval(values, confidence)
            .map(Interval::half_width)
            .is_some_and(|found| found <= half_width)
}

/// The fewest replications, two or more, whose Student interval for the mean is expected within plus and minus
/// `half_width` when their standard deviation is `sd`, in the same unit. `u64::MAX` when no number is enough.
pub fn replications_needed(sd: f64, half_width: f64, confidence: f64) -> u64 {
    /// Where the t law has become the normal one to more digits than a standard deviation is known to.
    const NORMAL_FROM: u64 = 1_000_000;
    let ratio = sd / half_width;
    if half_width <= 0.0 || ratio.is_nan() {
        return u64::MAX;
    }
    // The normal law is narrower than any t law, so no fewer will do.
    let least = normal_critical(confidence) * ratio;
    let least = (least * least).ceil().max(2.0);
    let least = least as u64;
    if least >= NORMAL_FROM {
        return least;
    }
    let is_narrow =
        |n: &u64| student_critical(confidence, (n - 1) as f64) * ratio <= (*n as f64).sqrt();
    (least..).find(is_narrow).unwrap_or(u64::MAX)
}

/// How many standard errors of skewness a normal sample would need to pass for a skewed one.
const NOTICEABLE: f64 = 2.0;
/// Cochran's rule: a 95 % interval errs in no more than 6 % of cases from this many values times the squared skewness.
const PER_SQUARED_SKEWNESS: f64 = 25.0;

/// For a noticeably skewed sample that is too small: the number of replications from which Student's 95 % interval covers
/// at least 94 %. None where the sample is not noticeably skewed, or large enough.
///
/// Coverage in percent of 95 % intervals for the mean, over 20,000 studies:
///
/// | law, skewness | n = 5 | 10 | 20 | 30 | 50 | 100 | 200 | 500 | 1,000 |
/// |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
/// | normal, 0 | 94.9 | 94.9 | | 95.0 | | 95.2 | | | |
/// | exponential, 2 | 88.3 | 90.2 | 91.8 | 92.5 | 93.4 | 94.1 | 94.3 | 94.7 | 94.9 |
/// | log-normal, 6.2 | 81.6 | 83.5 | 86.6 | 88.0 | 89.9 | 91.4 | 93.0 | 94.2 | 94.6 |
///
/// Cochran's rule, 25 times the squared skewness, says 100 and 955. A small sample cannot show much skewness, so the number
/// is a lower bound that grows as replications come in, and the absence of one means little: of ten exponential values 36 %
/// are noticed, of ten normal ones 5 %.
///
/// It speaks of two-sided intervals. One-sided, nearly all errors lie on one side: a gate that wants the mean below a bound
/// on which it sits passes falsely in 9.9 % of studies with 30 exponential values and in 16.1 % with log-normal ones.
pub fn skew_floor(values: &[f64]) -> Option<u32> {
    let n = values.len() as f64;
    let skewness = skewness(values);
    let standard_error = (6.0 * n * (n - 1.0) / ((n - 2.0) * (n + 1.0) * (n + 3.0))).sqrt();
    // A comparison with no number is false, which is right for under three values.
    let is_noticeable = skewness.abs() > NOTICEABLE * standard_error;
    let floor = (PER_SQUARED_SKEWNESS * skewness * skewness).ceil();
    (is_noticeable && floor > n).then_some(floor as u32)
}

#[cfg(test)]
mod tests {
    use super::super::variance;
    use super::*;

    fn alternating(n: usize) -> Vec<f64> {
        (0..n).map(|at| (at % 2) as f64).collect()
    }

    #[test]
    fn precision_is_not_judged_under_the_least_number() {
        assert!(!is_precise(&[1.0; REPLICATIONS_MIN - 1], 0.1, 0.95));
        assert!(is_precise(&[1.0; REPLICATIONS_MIN], 0.1, 0.95));
        // A half-width of 1.984 * 0.5025 / 10 = 0.0997.
        assert!(is_precise(&alternating(100), 0.0998, 0.95));
        assert!(!is_precise(&alternating(100), 0.0996, 0.95));
    }

    #[test]
    fn the_number_needed_is_the_first_that_is_narrow_enough() {
        for (sd, half_width) in [(1.0, 5.0), (1.0, 1.0), (1.0, 0.3), (7.0, 0.1)] {
            let n = replications_needed(sd, half_width, 0.95);
            let width = |n: u64| student_critical(0.95, (n - 1) as f64) * sd / (n as f64).sqrt();
            assert!(width(n) <= half_width, "{sd} {half_width} {n}");
            assert!(n == 2 || width(n - 1) > half_width, "{sd} {half_width} {n}");
        }
        let values = alternating(50);
        let n = replications_needed(variance(&values).sqrt(), 0.1, 0.95);
        assert!((98..=104).contains(&n), "{n}");
    }

    #[test]
    fn numbers_at_the_ends_are_what_they_must_be() {
        assert_eq!(replications_needed(0.0, 0.1, 0.95), 2);
        assert_eq!(replications_needed(1.0, 0.0, 0.95), u64::MAX);
        assert_eq!(replications_needed(0.0, 0.0, 0.95), u64::MAX);
        // (1.959964 / 1e-6)^2
        let many = replications_needed(1.0, 1e-6, 0.95) as f64;
        assert!((many / 3.841_459e12 - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_sample_with_one_far_value_is_told_how_many_it_takes() {
        // Skewness 2.83 of eight: 25 * 8 = 200.
        let values = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0];
        assert_eq!(skew_floor(&values), Some(200));
        let mirrored = values.map(|value| -value);
        assert_eq!(skew_floor(&mirrored), Some(200));
    }

    #[test]
    fn symmetric_constant_and_tiny_samples_are_not_warned_about() {
        assert_eq!(skew_floor(&alternating(8)), None);
        assert_eq!(skew_floor(&[4.0; 8]), None);
        assert_eq!(skew_floor(&[1.0, 9.0]), None);
        assert_eq!(skew_floor(&[]), None);
    }
}
