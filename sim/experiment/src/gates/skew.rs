//! Means of skewed metrics. Where a sample hides most of its long tail, Student's t is too sure that the mean lies on the
//! side of the short tail; what it says there counts for less.
//!
//! Of a log-normal metric (skewness 6.2) exactly on its bound, a plain t-test passes falsely in 16 % of studies of 30 runs
//! and in 11 % of 100; this brings both to 5 %. Under some 30 runs a sample does not show its skewness and nothing here
//! helps: such a verdict says "few runs".

use crate::statistics::{Evidence, Stat, mean, skew_floor};

/// How much weaker a claim towards the short tail counts while the sample is noticeably skewed and too small for its skewness.
const WEAKER: f64 = 100.0;
/// Runs under which a sample does not show how skewed its metric is.
pub const RUNS_FEW: usize = 30;

/// The evidence with the claim towards the short tail weakened, where the statistic is a mean and the sample is skewed.
pub fn tempered(evidence: Evidence, stat: Stat, values: &[f64]) -> Evidence {
    if !is_too_small(stat, values) {
        return evidence;
    }
    let weaker = |p: f64| (p * WEAKER).min(1.0);
    match has_long_upper_tail(values) {
        true => Evidence {
            p_below: weaker(evidence.p_below),
            ..evidence
        },
        false => Evidence {
            p_above: weaker(evidence.p_above),
            ..evidence
        },
    }
}

/// Whether so few runs stand behind a mean that nobody can see how skewed its metric is.
pub fn is_few(stat: Stat, runs: usize) -> bool {
    stat == Stat::Mean && runs < RUNS_FEW
}

/// Whether it is a mean, and the sample is noticeably skewed and too small for that.
fn is_too_small(stat: Stat, values: &[f64]) -> bool {
    stat == Stat::Mean && skew_floor(values).is_some()
}

fn has_long_upper_tail(values: &[f64]) -> bool {
    let centre = mean(values);
    let cubes = values.iter().map(|value| value - centre);
    cubes.map(|off| off * off * off).sum::<f64>() > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p_values(values: &[f64]) -> (f64, f64) {
        let evidence = Stat::Mean.evidence(values, 1.0, 0.9);
        let found = tempered(evidence, Stat::Mean, values);
        (
            found.p_below / evidence.p_below,
            found.p_above / evidence.p_above,
        )
    }

    #[test]
    fn only_the_claim_towards_the_short_tail_is_weakened() {
        let mut values = vec![0.5; 30];
        values.extend([0.4, 0.6, 5.0]);
        let (below, above) = p_values(&values);
        assert!(below > 5.0 && above == 1.0, "{below} {above}");
        let mirrored: Vec<f64> = values.iter().map(|value| 2.0 - value).collect();
        let (below, above) = p_values(&mirrored);
        assert!(below == 1.0 && above > 5.0, "{below} {above}");
    }

    #[test]
    fn an_even_sample_and_other_statistics_stay_as_they_are() {
        assert_eq!(p_values(&[0.7, 0.8, 0.9, 1.2, 1.3, 1.4]), (1.0, 1.0));
        let skewed = [0.1, 0.1, 0.1, 0.2, 0.2, 0.1, 0.1, 9.0];
        let median = Stat::Quantile(50);
        let evidence = median.evidence(&skewed, 1.0, 0.9);
        assert_eq!(tempered(evidence, median, &skewed), evidence);
    }
}
