//! The small statistics of a review: quantiles, moving means, concentration.

pub use experiment::statistics::quantile;

/// Sorted copy of the finite values.
#[must_use]
pub fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values
        .into_iter()
        .filter(|value| value.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Mean; NaN for none.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Share of values below zero; NaN for none.
#[must_use]
pub fn share_negative(values: &[f64]) -> f64 {
    values.iter().filter(|value| **value < 0.0).count() as f64 / values.len() as f64
}

/// Mean of each point and those before it, `window` in all, fewer at the start.
#[must_use]
pub fn trailing_mean(points: &[(f64, f64)], window: usize) -> Vec<(f64, f64)> {
    let window = window.max(1);
    (0..points.len())
        .map(|end| {
            let part = &points[(end + 1).saturating_sub(window)..=end];
            (
                points[end].0,
                part.iter().map(|(_, y)| y).sum::<f64>() / part.len() as f64,
            )
        })
        .collect()
}

/// Lorenz curve of non-negative values: share of the owners, poorest first, against their share of the whole.
#[must_use]
pub fn lorenz(values: impl IntoIterator<Item = f64>) -> Vec<(f64, f64)> {
    let sorted = sorted(values.into_iter().map(|value| value.max(0.0)));
    let whole: f64 = sorted.iter().sum();
    let mut curve = vec![(0.0, 0.0)];
    if whole <= 0.0 {
        return curve;
    }
    let mut held = 0.0;
    for (index, value) in sorted.iter().enumerate() {
        held += value;
        curve.push(((index + 1) as f64 / sorted.len() as f64, held / whole));
    }
    curve
}

/// Gini coefficient from a Lorenz curve: 0 all equal, 1 one owner; NaN for a curve without length.
#[must_use]
pub fn gini(curve: &[(f64, f64)]) -> f64 {
    if curve.len() < 2 {
        return f64::NAN;
    }
    let twice_area: f64 = curve
        .windows(2)
        .map(|pair| (pair[1].0 - pair[0].0) * (pair[0].1 + pair[1].1))
        .sum();
    1.0 - twice_area
}

/// A curve thinned to about `count` points, ends kept.
#[must_use]
pub fn thin(curve: &[(f64, f64)], count: usize) -> Vec<(f64, f64)> {
    let last = curve.len().saturating_sub(1);
    if last <= count {
        return curve.to_vec();
    }
    (0..=count)
        .map(|index| curve[index * last / count])
        .collect()
}

/// Herfindahl-Hirschman index of holdings: the sum of squared shares, 1 for one owner; NaN for none.
#[must_use]
pub fn hhi(holdings: &[f64]) -> f64 {
    let whole: f64 = holdings.iter().sum();
    if whole <= 0.0 {
        return f64::NAN;
    }
    holdings
        .iter()
        .map(|held| (held / whole) * (held / whole))
        .sum()
}

/// Nakamoto coefficient: how many of the largest owners together hold more than `threshold` of the whole.
#[must_use]
pub fn nakamoto(holdings: &[f64], threshold: f64) -> usize {
    let sorted = sorted(holdings.iter().copied());
    let whole: f64 = sorted.iter().sum();
    let mut held = 0.0;
    for (index, value) in sorted.iter().rev().enumerate() {
        held += value;
        if held > threshold * whole {
            return index + 1;
        }
    }
    sorted.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate_between_neighbours() {
        let values = sorted([4.0, 1.0, f64::NAN, 3.0, 2.0]);
        assert_eq!(quantile(&values, 0.5), 2.5);
        assert_eq!(quantile(&values, 0.0), 1.0);
        assert_eq!(quantile(&values, 1.0), 4.0);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn equal_owners_have_no_inequality_and_a_single_owner_has_nearly_all() {
        assert!(gini(&lorenz([2.0; 10])).abs() < 1e-12);
        let one = gini(&lorenz(
            (0..100).map(|index| if index == 0 { 1.0 } else { 0.0 }),
        ));
        assert!((one - 0.99).abs() < 1e-12);
        assert!(gini(&lorenz([0.0])).is_nan());
    }

    #[test]
    fn concentration_counts_the_largest_owners() {
        assert_eq!(nakamoto(&[50.0, 30.0, 10.0, 10.0], 0.5), 2);
        assert_eq!(nakamoto(&[51.0, 30.0, 10.0, 9.0], 0.5), 1);
        assert!((hhi(&[1.0; 4]) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn a_trailing_mean_looks_back_only() {
        let points = [(0.0, 0.0), (1.0, 2.0), (2.0, 10.0)];
        assert_eq!(
            trailing_mean(&points, 2),
            [(0.0, 0.0), (1.0, 1.0), (2.0, 6.0)]
        );
    }

    #[test]
    fn a_thinned_curve_keeps_its_ends() {
        let curve: Vec<_> = (0..=5000).map(|x| (f64::from(x), 1.0)).collect();
        let thinned = thin(&curve, 365);
        assert_eq!(
            (thinned.len(), thinned[0], thinned[365]),
            (366, curve[0], curve[5000])
        );
    }
}
