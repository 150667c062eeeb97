//! Coverage when replications stop as soon as the mean is precise enough, looked at after every batch.

use stakesim_experiment::statistics::{is_precise, mean_interval};

use super::law::Law;
use super::{CONFIDENCE, STUDIES, Table};

const BATCH: usize = 10;
const REPLICATIONS_MAX: usize = 1_000;

/// The replications made until the rule was content.
fn stopped(law: Law, study: u32, half_width: f64) -> Vec<f64> {
    let mut values = law.sample(study, REPLICATIONS_MAX);
    let ends = (BATCH..=REPLICATIONS_MAX).step_by(BATCH);
    let end = ends
        .into_iter()
        .find(|&n| is_precise(&values[..n], half_width, CONFIDENCE));
    values.truncate(end.unwrap_or(REPLICATIONS_MAX));
    values
}

#[test]
#[ignore = "slow: 10,000 studies a law"]
fn stopping_at_a_precision_leaves_coverage_of_normal_means_as_it_was() {
    /// How many replications the precision would take, were the standard deviation known.
    const WANTED: [f64; 5] = [25.0, 40.0, 60.0, 100.0, 200.0];
    let heads = WANTED.map(|n| format!("about {n}"));
    let mut table = Table::new(
        "95 % intervals once precise enough, looked at every 10: coverage in % (mean n)",
        "law",
        &heads,
    );
    for law in Law::ALL {
        let mut shares = Vec::new();
        let cells = WANTED.map(|wanted| {
            let half_width = 1.96 * law.standard_deviation() / wanted.sqrt();
            let (mut covered, mut made) = (0, 0);
            for study in 0..STUDIES {
                let values = stopped(law, study, half_width);
                let interval = mean_interval(&values, CONFIDENCE).unwrap();
                covered += u32::from(interval.contains(law.mean()));
                made += values.len();
            }
            let share = 100.0 * f64::from(covered) / f64::from(STUDIES);
            shares.push(share);
            format!("{share:.1} ({:.0})", made as f64 / f64::from(STUDIES))
        });
        table.row(law.name(), &cells);
        let is_fair = shares.iter().all(|share| (94.0..=96.0).contains(share));
        assert!(law != Law::Normal || is_fair, "{shares:?}");
    }
}
