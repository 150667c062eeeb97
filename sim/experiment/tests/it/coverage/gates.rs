//! How often a gate passes falsely whose statistic sits exactly on the bound.

use stakesim_experiment::statistics::Stat;

use super::law::Law;
use super::{CONFIDENCE, Table, cells, percent, sizes};

const SIZES: [usize; 4] = [5, 10, 30, 100];
/// 5 %, and three standard errors of a share of 10,000 studies.
const FALSE_MAX: f64 = 5.66;

/// Percentages of studies that call the statistic below, and above, a bound on which it sits.
fn false_passes(table: &mut Table, what: &str, law: Law, stat: Stat, bound: f64) -> [[f64; 4]; 2] {
    let alpha = 1.0 - CONFIDENCE;
    let evidence = |study, n| stat.evidence(&law.sample(study, n), bound, CONFIDENCE);
    let below = SIZES.map(|n| percent(|study| evidence(study, n).p_below <= alpha));
    let above = SIZES.map(|n| percent(|study| evidence(study, n).p_above <= alpha));
    table.row(&format!("{what}, called below"), &cells(&below));
    table.row(&format!("{what}, called above"), &cells(&above));
    [below, above]
}

#[test]
#[ignore = "slow: 10,000 studies a law"]
fn gates_on_their_bound_pass_falsely_no_more_often_than_they_may() {
    let mut table = Table::new(
        "Gates exactly on their bound, falsely passed, %",
        "gate",
        &sizes(&SIZES),
    );
    let mut assert_kept = |what: &str, law: Law, stat, bound| {
        let what = format!("{what}, {}", law.name());
        let shares = false_passes(&mut table, &what, law, stat, bound);
        let worst = shares.into_iter().flatten().fold(0.0, f64::max);
        assert!(worst <= FALSE_MAX, "{what}: {shares:?}");
    };
    assert_kept("mean", Law::Normal, Stat::Mean, 0.0);
    for law in [Law::Normal, Law::Lognormal] {
        for percent in [5, 50, 95] {
            let stat = Stat::Quantile(percent);
            let bound = law.quantile(f64::from(percent) / 100.0);
            assert_kept(&stat.name(), law, stat, bound);
        }
    }
    for chance in [0.05, 0.3] {
        let law = Law::Lognormal;
        let below = Stat::ProbBelow(law.quantile(chance));
        assert_kept(&format!("prob_below at {chance}"), law, below, chance);
        let above = Stat::ProbAbove(law.quantile(1.0 - chance));
        assert_kept(&format!("prob_above at {chance}"), law, above, chance);
    }
}

/// Student's t does not hold its promise for skewed values on the side of the short tail; the figures are published.
#[test]
#[ignore = "slow: 10,000 studies a law"]
fn mean_gates_of_skewed_values_err_as_published() {
    let mut table = Table::new(
        "Mean gates exactly on their bound, falsely passed, %",
        "gate",
        &sizes(&SIZES),
    );
    for law in [Law::Exponential, Law::Lognormal] {
        let what = format!("mean, {}", law.name());
        let [below, above] = false_passes(&mut table, &what, law, Stat::Mean, law.mean());
        assert!(above.iter().all(|&share| share < 5.0), "{above:?}");
        assert!(below[0] > below[3] && below[3] > 5.0, "{below:?}");
    }
}
