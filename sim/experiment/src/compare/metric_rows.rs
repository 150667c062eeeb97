//! Every metric of two results, seed by seed: the paired difference with its interval, and what can be said of it.

use serde::Serialize;

use super::{Pair, settings};
use crate::metrics;
use crate::results::Better;
use crate::statistics::{PairedDifference, holm, mean, paired_difference};
use crate::sweep::{Stored, written};

/// What the pairs say about a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Every pair has the same value.
    Same,
    /// It is better now.
    Better,
    /// It is worse now.
    Worse,
    /// It is another one now, and the registry calls neither way better.
    Differs,
    /// The pairs do not tell.
    Undecided,
    /// One pair only: a difference of two runs, not of two settings.
    Observed,
}

/// A metric at a point of both results.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetricRow {
    /// The point's settings, empty without factors.
    pub point: String,
    /// Metric.
    pub metric: String,
    /// Its unit.
    pub unit: &'static str,
    /// Mean over the pairs in the old result.
    pub old: f64,
    /// Mean over the pairs in the new one.
    pub new: f64,
    /// New less old.
    pub difference: PairedDifference,
    /// Two-sided p-value of "there is no difference", corrected after Holm over all rows; nothing where no test was made.
    pub p_adjusted: Option<f64>,
    /// What can be said.
    pub finding: Finding,
}

/// All rows, points first, in the order of the registry.
pub(super) fn rows(
    old: &Stored,
    new: &Stored,
    pairs: &[Pair],
    confidence: f64,
    left_out: &mut Vec<String>,
) -> Vec<MetricRow> {
    let mut rows = Vec::new();
    for pair in pairs {
        let label = written(&settings(new, pair.new));
        for metric in metrics::all() {
            let read = |of: &Stored, point| of.paired(point, metric.name, &pair.seeds);
            let (Ok(before), Ok(after)) = (read(old, pair.old), read(new, pair.new)) else {
                continue;
            };
            let both = before.into_iter().zip(after);
            let (before, after): (Vec<f64>, Vec<f64>) =
                both.filter(|(a, b)| a.is_finite() && b.is_finite()).unzip();
            let missing = pair.seeds.len() - before.len();
            // A metric that the scenario never has is not worth a word.
            if missing > 0 && !before.is_empty() {
                left_out.push(format!(
                    "{}: {missing} of {} pairs have no value",
                    metric.name,
                    pair.seeds.len()
                ));
            }
            if let Some(difference) = paired_difference(&before, &after, confidence) {
                rows.push(MetricRow {
                    point: label.join(" "),
                    metric: metric.name.to_owned(),
                    unit: metric.unit,
                    old: mean(&before),
                    new: mean(&after),
                    finding: Finding::Observed,
                    p_adjusted: None,
                    difference,
                });
            }
        }
    }
    find(&mut rows, 1.0 - confidence);
    rows
}

fn find(rows: &mut [MetricRow], alpha: f64) {
    let is_tested = |row: &MetricRow| row.difference.n > 1 && !is_same(&row.difference);
    let p_value =
        |row: &MetricRow| (2.0 * row.difference.p_less.min(row.difference.p_greater)).min(1.0);
    let tested: Vec<f64> = rows
        .iter()
        .filter(|row| is_tested(row))
        .map(p_value)
        .collect();
    let mut adjusted = holm(&tested).into_iter();
    for row in rows {
        row.p_adjusted = if is_tested(row) {
            adjusted.next()
        } else {
            None
        };
        row.finding = match row.p_adjusted {
            None if is_same(&row.difference) => Finding::Same,
            None => Finding::Observed,
            Some(p) if p > alpha => Finding::Undecided,
            Some(_) => direction(&row.metric, row.difference.mean),
        };
    }
}

fn is_same(difference: &PairedDifference) -> bool {
    let spread = difference
        .interval
        .map_or(0.0, crate::statistics::Interval::half_width);
    difference.mean == 0.0 && spread == 0.0
}

fn direction(metric: &str, difference: f64) -> Finding {
    let better = metrics::all()
        .into_iter()
        .find(|of| of.name == metric)
        .map(|of| of.better);
    match (better, difference > 0.0) {
        (Some(Better::Higher), true) | (Some(Better::Lower), false) => Finding::Better,
        (Some(Better::Higher), false) | (Some(Better::Lower), true) => Finding::Worse,
        (Some(Better::Neither) | None, _) => Finding::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(metric: &str, old: &[f64], new: &[f64]) -> MetricRow {
        MetricRow {
            point: String::new(),
            metric: metric.to_owned(),
            unit: "",
            old: mean(old),
            new: mean(new),
            difference: paired_difference(old, new, 0.95).unwrap(),
            p_adjusted: None,
            finding: Finding::Observed,
        }
    }

    fn finding(metric: &str, old: &[f64], new: &[f64]) -> Finding {
        let mut rows = [row(metric, old, new)];
        find(&mut rows, 0.05);
        rows[0].finding
    }

    #[test]
    fn a_difference_is_better_or_worse_by_the_registry() {
        let (low, high) = ([0.10, 0.20, 0.30], [0.15, 0.26, 0.35]);
        assert_eq!(
            finding("providers.return_median", &low, &high),
            Finding::Better
        );
        assert_eq!(
            finding("providers.return_median", &high, &low),
            Finding::Worse
        );
        assert_eq!(
            finding("providers.losing_share", &low, &high),
            Finding::Worse
        );
    }

    #[test]
    fn what_the_pairs_do_not_tell_is_undecided_and_one_pair_is_observed() {
        assert_eq!(
            finding(
                "providers.return_median",
                &[0.1, 0.2, 0.3],
                &[0.2, 0.1, 0.3]
            ),
            Finding::Undecided
        );
        assert_eq!(
            finding("providers.return_median", &[0.1], &[0.2]),
            Finding::Observed
        );
        assert_eq!(
            finding("providers.return_median", &[0.1, 0.2], &[0.1, 0.2]),
            Finding::Same
        );
    }
}
