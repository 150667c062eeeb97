//! How often batch means cover the mean of one autocorrelated series, at rest and after a warm-up.

use stakesim_experiment::statistics::batch_means_interval;

use super::law::Law;
use super::{CONFIDENCE, Table, cells, percent, sizes};

const COEFFICIENT: f64 = 0.8;
/// The standard deviation at rest of a series whose noise has variance 1.
const AT_REST: f64 = 1.0 / 0.6;

/// A first-order autoregressive series around zero, begun `start` standard deviations away from where it rests.
fn series(study: u32, n: usize, start: f64) -> Vec<f64> {
    let noise = Law::Normal.sample(study, n);
    let mut level = AT_REST * (noise[0] + start);
    let next = |noise: &f64| {
        let now = level;
        level = COEFFICIENT * level + noise;
        now
    };
    // The first noise places the beginning; the rest moves the series on.
    noise[1..].iter().chain([&0.0]).map(next).collect()
}

#[test]
#[ignore = "slow: 10,000 studies a law"]
fn batch_means_cover_the_mean_of_an_autoregressive_series_as_they_say() {
    const SIZES: [usize; 3] = [1_000, 2_000, 5_000];
    let mut table = Table::new(
        "95 % batch-means intervals after MSER-5, AR(1) with 0.8, coverage in %",
        "begun",
        &sizes(&SIZES),
    );
    for (name, start) in [("at rest", 0.0), ("10 standard deviations off", 10.0)] {
        let covers = |study, n: usize| {
            let interval = batch_means_interval(&series(study, n, start), CONFIDENCE);
            interval.unwrap().contains(0.0)
        };
        let shares = SIZES.map(|n| percent(|study| covers(study, n)));
        table.row(name, &cells(&shares));
        assert!(
            shares.iter().all(|share| (94.0..=96.0).contains(share)),
            "{name} {shares:?}"
        );
    }
}
