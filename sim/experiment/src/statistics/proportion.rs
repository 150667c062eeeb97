//! How often something happens: the exact interval for a probability (Clopper and Pearson 1934).

use super::Interval;
use super::distributions::{beta_quantile, tail};

/// The interval for a probability that showed `hits` times in `n`. It covers at least the confidence, usually more.
/// Without any trial it is all of 0 to 1.
///
/// # Panics
/// When there are more hits than trials.
pub fn proportion_interval(hits: u64, n: u64, confidence: f64) -> Interval {
    assert!(hits <= n, "{hits} hits in {n} trials");
    let tail = tail(confidence);
    let (hit, missed) = (hits as f64, (n - hits) as f64);
    let low = if hits == 0 {
        0.0
    } else {
        beta_quantile(hit, missed + 1.0, tail)
    };
    let high = if hits == n {
        1.0
    } else {
        beta_quantile(hit + 1.0, missed, 1.0 - tail)
    };
    Interval { low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_interval(hits: u64, n: u64, low: f64, high: f64) {
        let found = proportion_interval(hits, n, 0.95);
        let error = (found.low - low).abs().max((found.high - high).abs());
        assert!(error < 1e-7, "{hits} of {n}: {found:?}");
    }

    /// As R's `binom.test` gives them; without hits the upper end is 1 - 0.025^(1/n).
    #[test]
    fn the_interval_is_the_published_one() {
        assert_interval(0, 10, 0.0, 0.308_497_1);
        assert_interval(10, 10, 0.691_502_9, 1.0);
        assert_interval(5, 10, 0.187_086_0, 0.812_914_0);
        assert_interval(1, 20, 0.001_265_1, 0.248_732_8);
    }

    #[test]
    fn no_trial_says_nothing_and_many_say_much() {
        let nothing = proportion_interval(0, 0, 0.95);
        assert_eq!((nothing.low, nothing.high), (0.0, 1.0));
        // 1.96 sqrt(0.25 / 10,000) = 0.0098.
        let many = proportion_interval(5_000, 10_000, 0.95);
        assert!((many.half_width() - 0.0098).abs() < 1e-4, "{many:?}");
    }
}
