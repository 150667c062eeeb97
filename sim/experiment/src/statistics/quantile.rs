//! Sample quantiles, and intervals for the true ones between two order statistics.

use super::Interval;
use super::distributions::{binomial_at_least, binomial_at_most, tail};

/// The quantile at share `q` of sorted values, with linear interpolation between the two nearest; NaN of nothing.
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = q.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (place - place.floor()) * (sorted[above] - sorted[below])
}

/// The interval between two order statistics that holds the true quantile with at least this confidence, whatever the
/// distribution (exact binomial, equal tails). Values need not be sorted.
///
/// None when n is too small for an end to exist: the 95 % interval of a median takes 6 values, that of p95 takes 72.
pub fn quantile_interval(values: &[f64], q: f64, confidence: f64) -> Option<Interval> {
    let tail = tail(confidence);
    let n = values.len() as u64;
    // The r-th smallest value exceeds the quantile when fewer than r values lie at or below it.
    let low = first(n, |r| binomial_at_most(r, n, q) > tail);
    // The s-th smallest lies below the quantile when at least s values do.
    let high = first(n, |s| binomial_at_least(s + 1, n, q) <= tail);
    if low == 0 || high == n {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some(Interval {
        low: sorted[low as usize - 1],
        high: sorted[high as usize],
    })
}

/// The first of `0..n` at which a condition holds that goes on holding; `n` where it never does.
fn first(n: u64, is_so: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low.midpoint(high);
        if is_so(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(n: u32) -> Vec<f64> {
        (1..=n).map(f64::from).collect()
    }

    #[test]
    fn a_quantile_interpolates() {
        assert_eq!(quantile(&[0.0, 10.0], 0.05), 0.5);
        assert_eq!(quantile(&counted(5), 0.5), 3.0);
        assert!(quantile(&[], 0.5).is_nan());
    }

    /// The ranks of Conover's table for the median: 2 and 9 of 10, 6 and 15 of 20, 10 and 21 of 30.
    #[test]
    fn the_median_lies_between_the_published_ranks() {
        for (n, low, high) in [(10, 2.0, 9.0), (20, 6.0, 15.0), (30, 10.0, 21.0)] {
            let interval = quantile_interval(&counted(n), 0.5, 0.95).unwrap();
            assert_eq!((interval.low, interval.high), (low, high), "n = {n}");
        }
    }

    /// An upper end for p95 exists once 0.95^n is at most 2.5 %, which is at n = 72; the median needs 0.5^n there.
    #[test]
    fn too_few_values_have_no_interval() {
        let smallest = |q: f64| {
            let has = |n: &u32| quantile_interval(&counted(*n), q, 0.95).is_some();
            (1..100).find(has)
        };
        assert_eq!(smallest(0.5), Some(6));
        assert_eq!(smallest(0.95), Some(72));
        assert_eq!(smallest(0.05), Some(72));
        assert_eq!(quantile_interval(&[], 0.5, 0.95), None);
    }

    #[test]
    fn the_order_of_the_values_does_not_matter() {
        let mut reversed = counted(40);
        reversed.reverse();
        assert_eq!(
            quantile_interval(&reversed, 0.25, 0.9),
            quantile_interval(&counted(40), 0.25, 0.9)
        );
    }
}
