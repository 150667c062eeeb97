//! Small statistics: means, quantiles, Gini, by sequential sums.

/// The mean, NaN of nothing.
pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values
        .into_iter()
        .fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count)
}

/// The standard deviation of the values as they are, not of a population behind them; NaN of nothing.
pub fn deviation(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    let middle = mean(values.iter().copied());
    mean(
        values
            .iter()
            .map(|value| (value - middle) * (value - middle)),
    )
    .sqrt()
}

/// `sum(weight * value) / sum(weight)`, NaN where all weights are zero.
pub fn weighted_mean(pairs: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    let add = |(sum, weights): (f64, f64), (weight, value): (f64, f64)| {
        (sum + weight * value, weights + weight)
    };
    let (sum, weights) = pairs.into_iter().fold((0.0, 0.0), add);
    sum / weights
}

/// A quantile with linear interpolation between the two nearest values; NaN of nothing.
pub fn quantile(values: impl IntoIterator<Item = f64>, share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    crate::statistics::quantile(&sorted, share)
}

/// The Gini coefficient of values that are not negative; NaN where they sum to zero.
pub fn gini(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().map(|value| value.max(0.0)).collect();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let (mut sum, mut ranked) = (0.0, 0.0);
    for (at, value) in sorted.iter().enumerate() {
        sum += value;
        ranked += (2.0 * (at as f64 + 1.0) - count - 1.0) * value;
    }
    ranked / (count * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_interpolates_and_of_nothing_is_no_number() {
        assert_eq!(quantile([3.0, 1.0, 2.0], 0.5), 2.0);
        assert_eq!(quantile([0.0, 10.0], 0.05), 0.5);
        assert!(quantile([], 0.5).is_nan());
    }

    #[test]
    fn gini_is_zero_for_equals_and_near_one_for_a_single_owner() {
        assert_eq!(gini([5.0, 5.0, 5.0]), 0.0);
        assert_eq!(gini([0.0, 0.0, 0.0, 8.0]), 0.75);
        assert!(gini([0.0, 0.0]).is_nan());
    }

    #[test]
    fn a_weighted_mean_follows_its_weights() {
        assert_eq!(weighted_mean([(1.0, 2.0), (3.0, 6.0)]), 5.0);
        assert_eq!(mean([1.0, 2.0, 6.0]), 3.0);
        assert_eq!(deviation([1.0, 1.0, 5.0, 5.0]), 2.0);
    }
}
