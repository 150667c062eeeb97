//! Who holds how much: of revenue, and of capacity.

use super::statistics::gini;
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "gini.revenue",
        unit: "",
        better: Better::Lower,
        doc: "Gini coefficient of providers' job revenue over the whole run.",
        measure: |subject| gini(subject.run.providers.iter().map(|row| row.revenue_usd)),
    },
    Metric {
        name: "gini.rewards",
        unit: "",
        better: Better::Lower,
        doc: "Gini coefficient of providers' rewards and commission over the whole run.",
        measure: |subject| gini(subject.run.providers.iter().map(|row| row.rewards_usd)),
    },
    Metric {
        name: "hhi.capacity",
        unit: "",
        better: Better::Lower,
        doc: "Herfindahl-Hirschman index (0 to 1) of the GPUs of providers in business at the end.",
        measure: |subject| {
            let capacity = capacity(subject);
            let total: f64 = capacity.iter().sum();
            capacity
                .iter()
                .map(|gpus| (gpus / total) * (gpus / total))
                .sum()
        },
    },
    Metric {
        name: "nakamoto.capacity",
        unit: "providers",
        better: Better::Higher,
        doc: "Fewest providers that own more than half of those GPUs.",
        measure: |subject| nakamoto(capacity(subject)),
    },
];

/// GPUs of each provider in business at the end.
fn capacity(subject: &Subject<'_>) -> Vec<f64> {
    let staying = subject
        .run
        .providers
        .iter()
        .filter(|row| row.exited_epoch.is_none());
    staying.map(|row| f64::from(row.gpus)).collect()
}

fn nakamoto(mut capacity: Vec<f64>) -> f64 {
    capacity.sort_by(|a, b| b.total_cmp(a));
    let half = capacity.iter().sum::<f64>() / 2.0;
    let mut held = 0.0;
    for (at, gpus) in capacity.iter().enumerate() {
        held += gpus;
        if held > half {
            return at as f64 + 1.0;
        }
    }
    f64::NAN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_not_more_than_half() {
        assert_eq!(nakamoto(vec![5.0, 3.0, 2.0]), 2.0);
        assert_eq!(nakamoto(vec![6.0, 3.0, 1.0]), 1.0);
        assert!(nakamoto(vec![]).is_nan());
    }
}
