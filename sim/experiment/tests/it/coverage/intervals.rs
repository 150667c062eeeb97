//! How often intervals of independent values cover the truth.

use stakesim_experiment::statistics::{
    bootstrap_interval, mean, mean_interval, proportion_interval, quantile_interval,
};

use super::law::Law;
use super::{CONFIDENCE, Table, cells, percent, sizes};

#[test]
#[ignore = "slow: 10,000 studies a law"]
fn students_interval_covers_normal_means_as_it_says() {
    const SIZES: [usize; 4] = [5, 10, 30, 100];
    let covers = |study, n: usize| {
        let interval = mean_interval(&Law::Normal.sample(study, n), CONFIDENCE);
        interval.unwrap().contains(Law::Normal.mean())
    };
    let shares = SIZES.map(|n| percent(|study| covers(study, n)));
    let mut table = Table::new(
        "95 % intervals for the mean, coverage in %",
        "law",
        &sizes(&SIZES),
    );
    table.row("normal", &cells(&shares));
    assert!(
        shares.iter().all(|share| (94.0..=96.0).contains(share)),
        "{shares:?}"
    );
}

#[test]
#[ignore = "slow: 10,000 studies a law"]
fn quantile_intervals_cover_at_least_what_they_say_under_every_law() {
    const SIZES: [usize; 3] = [10, 30, 100];
    let mut table = Table::new(
        "95 % intervals for quantiles, coverage in %",
        "quantile, law",
        &sizes(&SIZES),
    );
    for (q, law) in [
        (0.5, Law::Normal),
        (0.5, Law::Lognormal),
        (0.95, Law::Normal),
        (0.95, Law::Lognormal),
    ] {
        let covers = |study, n: usize| {
            // An interval that does not exist covers.
            quantile_interval(&law.sample(study, n), q, CONFIDENCE)
                .is_none_or(|interval| interval.contains(law.quantile(q)))
        };
        let shares = SIZES.map(|n| percent(|study| covers(study, n)));
        table.row(
            &format!("p{:02.0}, {}", 100.0 * q, law.name()),
            &cells(&shares),
        );
        assert!(
            shares.iter().all(|&share| share >= 94.4),
            "{q} {law:?} {shares:?}"
        );
    }
}

#[test]
#[ignore = "slow: 10,000 studies a law"]
fn proportion_intervals_cover_at_least_what_they_say() {
    const SIZES: [usize; 3] = [10, 30, 100];
    let mut table = Table::new(
        "95 % intervals for a probability, coverage in %",
        "probability",
        &sizes(&SIZES),
    );
    for chance in [0.02, 0.1, 0.5] {
        let threshold = Law::Normal.quantile(chance);
        let covers = |study, n: usize| {
            let values = Law::Normal.sample(study, n);
            let hits = values.iter().filter(|&&value| value < threshold).count();
            proportion_interval(hits as u64, n as u64, CONFIDENCE).contains(chance)
        };
        let shares = SIZES.map(|n| percent(|study| covers(study, n)));
        table.row(&chance.to_string(), &cells(&shares));
        assert!(
            shares.iter().all(|&share| share >= 94.4),
            "{chance} {shares:?}"
        );
    }
}

/// The bootstrap is no cure for a small skewed sample; the figures say what it is worth beside Student's.
#[test]
#[ignore = "slow: 10,000 studies a law"]
fn bootstrap_intervals_of_exponential_means_cover_about_as_much_as_students() {
    const RESAMPLES: u32 = 400;
    const SIZES: [usize; 2] = [10, 30];
    let law = Law::Exponential;
    let covers = |study: u32, n: usize| {
        let values = law.sample(study, n);
        let seed = u64::from(study);
        let interval = bootstrap_interval(&values, mean, CONFIDENCE, RESAMPLES, seed);
        interval.unwrap().contains(law.mean())
    };
    let shares = SIZES.map(|n| percent(|study| covers(study, n)));
    let mut table = Table::new(
        "95 % BCa bootstrap intervals for the mean, coverage in %",
        "law",
        &sizes(&SIZES),
    );
    table.row("exponential", &cells(&shares));
    assert!(
        shares[0] > 85.0 && shares[1] > 90.0 && shares[1] < 96.0,
        "{shares:?}"
    );
}
