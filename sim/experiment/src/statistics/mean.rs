//! Mean, variance and skewness of a sample, and Student's interval for the mean.

use super::Interval;
use super::distributions::student_critical;

/// The mean, NaN of nothing. Equal values have exactly their value as mean.
pub fn mean(values: &[f64]) -> f64 {
    let Some(&first) = values.first() else {
        return f64::NAN;
    };
    let sum: f64 = values.iter().map(|value| value - first).sum();
    first + sum / values.len() as f64
}

/// The sample variance (over n - 1), NaN under two values.
pub fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    if values.len() < 2 {
        return f64::NAN;
    }
    squares / (values.len() - 1) as f64
}

/// The standard error of the mean, NaN under two values.
pub(super) fn standard_error(values: &[f64]) -> f64 {
    (variance(values) / values.len() as f64).sqrt()
}

/// The adjusted Fisher-Pearson skewness, dimensionless; zero where nothing varies, NaN under three values.
pub(super) fn skewness(values: &[f64]) -> f64 {
    if values.len() < 3 {
        return f64::NAN;
    }
    let (n, mean) = (values.len() as f64, mean(values));
    let moment =
        |power: fn(f64) -> f64| -> f64 { values.iter().map(|v| power(v - mean)).sum::<f64>() / n };
    let (second, third) = (moment(|d| d * d), moment(|d| d * d * d));
    if second == 0.0 {
        return 0.0;
    }
    (n * (n - 1.0)).sqrt() / (n - 2.0) * third / (second * second.sqrt())
}

/// Student's interval for the mean of independent values; none under two values.
///
/// Exact for normal values. How much less it covers for skewed ones: [`super::skew_floor`].
pub fn mean_interval(values: &[f64], confidence: f64) -> Option<Interval> {
    if values.len() < 2 {
        return None;
    }
    let critical = student_critical(confidence, (values.len() - 1) as f64);
    Some(Interval::around(
        mean(values),
        critical * standard_error(values),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_textbook_sample_is_the_textbook_one() {
        // Mean 5, variance 10, t(4) = 2.7764451052: 5 ± 2.7764451052 * sqrt(2).
        let values = [1.0, 3.0, 5.0, 7.0, 9.0];
        assert_eq!((mean(&values), variance(&values)), (5.0, 10.0));
        let interval = mean_interval(&values, 0.95).unwrap();
        assert!(
            (interval.low - 1.073_513_677_0).abs() < 1e-8,
            "{interval:?}"
        );
        assert!((interval.high - 8.926_486_323_0).abs() < 1e-8);
    }

    #[test]
    fn equal_values_have_no_spread_from_rounding() {
        let values = [0.1; 7];
        assert_eq!((mean(&values), variance(&values)), (0.1, 0.0));
        assert_eq!(skewness(&values), 0.0);
    }

    #[test]
    fn a_large_offset_leaves_the_variance_as_it_was() {
        let values = [1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0];
        assert_eq!(variance(&values), 1.0);
    }

    #[test]
    fn one_value_has_no_interval() {
        assert_eq!(mean_interval(&[1.0], 0.95), None);
        assert!(variance(&[1.0]).is_nan() && mean(&[]).is_nan());
    }

    #[test]
    fn skewness_is_the_adjusted_one_and_has_a_sign() {
        // g1 of 0 0 0 1 is 2 / sqrt(3); adjusted by sqrt(12) / 2 it is exactly 2.
        assert!((skewness(&[0.0, 0.0, 0.0, 1.0]) - 2.0).abs() < 1e-14);
        assert!((skewness(&[0.0, 0.0, 0.0, -1.0]) + 2.0).abs() < 1e-14);
    }

    #[test]
    #[should_panic(expected = "a confidence of 95 is not between 0 and 1")]
    fn a_confidence_in_percent_panics() {
        mean_interval(&[1.0, 2.0], 95.0);
    }
}
