//! Bootstrap intervals for any statistic: bias-corrected and accelerated (Efron 1987), with keyed resampling.

use engine::{Draws, Purpose};

use super::Interval;
use super::distributions::{normal_below, normal_quantile, tail};
use super::quantile::quantile;

/// Resampling is all that is drawn here, so the purpose only has to be a fixed one.
const RESAMPLING: Purpose = Purpose(0);

/// The BCa interval of a statistic from `resamples` resamples of independent values. Which values a resample holds
/// depends on the seed, its own number and the size of the sample, so more resamples only add to those there were.
///
/// None under two values or without resamples, and where the statistic of a resample is no number.
pub fn bootstrap_interval(
    values: &[f64],
    statistic: fn(&[f64]) -> f64,
    confidence: f64,
    resamples: u32,
    seed: u64,
) -> Option<Interval> {
    let tail = tail(confidence);
    if values.len() < 2 || resamples == 0 {
        return None;
    }
    let estimate = statistic(values);
    let sorted = resampled(values, statistic, resamples, seed);
    if estimate.is_nan() || sorted.iter().any(|value| value.is_nan()) {
        return None;
    }
    let bias = bias(&sorted, estimate);
    let acceleration = acceleration(values, statistic);
    let end = |share: f64| {
        let shift = bias + normal_quantile(share);
        let place = normal_below(bias + shift / (1.0 - acceleration * shift));
        quantile(&sorted, place)
    };
    Some(Interval {
        low: end(tail),
        high: end(1.0 - tail),
    })
}

/// The statistic of every resample, sorted.
fn resampled(values: &[f64], statistic: fn(&[f64]) -> f64, resamples: u32, seed: u64) -> Vec<f64> {
    let draws = Draws::new(seed);
    let count = u32::try_from(values.len()).expect("fewer values than 2^32");
    let mut resample = vec![0.0; values.len()];
    let mut statistics: Vec<f64> = (0..resamples)
        .map(|number| {
            for (place, value) in resample.iter_mut().enumerate() {
                let from = draws.index(RESAMPLING, number, place as u64, count);
                *value = values[from as usize];
            }
            statistic(&resample)
        })
        .collect();
    statistics.sort_by(f64::total_cmp);
    statistics
}

/// How far the estimate stands from the median of the resamples, in normal units. Ties count half; at least half a
/// resample stands on either side, or the bias would be infinite.
fn bias(sorted: &[f64], estimate: f64) -> f64 {
    let below = sorted.partition_point(|value| *value < estimate) as f64;
    let at_most = sorted.partition_point(|value| *value <= estimate) as f64;
    let count = sorted.len() as f64;
    let share = ((below + at_most) / 2.0).clamp(0.5, count - 0.5) / count;
    normal_quantile(share)
}

/// How fast the standard error moves with the statistic, by the jackknife. Zero where leaving one out changes nothing.
fn acceleration(values: &[f64], statistic: fn(&[f64]) -> f64) -> f64 {
    let without = |left_out: usize| {
        let rest = [&values[..left_out], &values[left_out + 1..]].concat();
        statistic(&rest)
    };
    let jackknife: Vec<f64> = (0..values.len()).map(without).collect();
    let mean = super::mean(&jackknife);
    let (squares, cubes) = jackknife
        .iter()
        .fold((0.0, 0.0), |(squares, cubes), value| {
            let gap = mean - value;
            (squares + gap * gap, cubes + gap * gap * gap)
        });
    if squares > 0.0 {
        cubes / (6.0 * squares * squares.sqrt())
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::{mean, mean_interval};
    use super::*;

    const VALUES: [f64; 12] = [4.0, 7.0, 1.0, 3.0, 9.0, 5.0, 6.0, 2.0, 8.0, 5.5, 4.5, 5.0];

    #[test]
    fn of_the_mean_of_a_symmetric_sample_it_lies_near_students() {
        let student = mean_interval(&VALUES, 0.95).unwrap();
        let bootstrap = bootstrap_interval(&VALUES, mean, 0.95, 4_000, 1).unwrap();
        assert!(
            (bootstrap.low - student.low).abs() < 0.3,
            "{bootstrap:?} {student:?}"
        );
        assert!((bootstrap.high - student.high).abs() < 0.3);
    }

    #[test]
    fn of_a_skewed_sample_it_reaches_further_to_the_long_side() {
        let values = [1.0, 1.0, 1.2, 1.3, 1.5, 1.8, 2.0, 2.5, 4.0, 12.0];
        let interval = bootstrap_interval(&values, mean, 0.95, 4_000, 1).unwrap();
        let centre = mean(&values);
        assert!(interval.high - centre > 1.5 * (centre - interval.low));
    }

    #[test]
    fn the_seed_alone_decides() {
        let of = |seed| bootstrap_interval(&VALUES, mean, 0.9, 200, seed);
        assert_eq!(of(3), of(3));
        assert_ne!(of(3), of(4));
    }

    #[test]
    fn a_sample_without_spread_has_an_interval_without_width() {
        let interval = bootstrap_interval(&[2.5; 5], mean, 0.95, 100, 1).unwrap();
        assert_eq!((interval.low, interval.high), (2.5, 2.5));
        assert_eq!(bootstrap_interval(&[2.5], mean, 0.95, 100, 1), None);
    }
}
