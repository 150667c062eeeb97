//! What providers earn, and who comes and goes.

use world::rows::ProviderRow;

use super::statistics::{mean, quantile};
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "providers.return_median",
        unit: "1/y",
        better: Better::Higher,
        doc: "Median yearly return on hardware and bond of honest providers in business for 30 days or more.",
        measure: |subject| quantile(returns(subject), 0.5),
    },
    Metric {
        name: "providers.return_p05",
        unit: "1/y",
        better: Better::Higher,
        doc: "The same at the 5th percentile.",
        measure: |subject| quantile(returns(subject), 0.05),
    },
    Metric {
        name: "providers.return_p95",
        unit: "1/y",
        better: Better::Neither,
        doc: "The same at the 95th percentile.",
        measure: |subject| quantile(returns(subject), 0.95),
    },
    Metric {
        name: "providers.losing_share",
        unit: "",
        better: Better::Lower,
        doc: "Share of the same providers whose return is below zero.",
        measure: |subject| mean(returns(subject).map(|value| f64::from(u8::from(value < 0.0)))),
    },
    Metric {
        name: "providers.exited_share",
        unit: "",
        better: Better::Lower,
        doc: "Share of the providers of the start that left during the run.",
        measure: |subject| {
            let first = || {
                subject
                    .run
                    .providers
                    .iter()
                    .filter(|row| row.entered_epoch == 0)
            };
            mean(first().map(|row| f64::from(u8::from(row.exited_epoch.is_some()))))
        },
    },
    Metric {
        name: "providers.entered",
        unit: "providers",
        better: Better::Neither,
        doc: "Providers that entered during the run.",
        measure: |subject| {
            subject
                .run
                .epochs
                .iter()
                .map(|row| f64::from(row.entries))
                .sum()
        },
    },
];

/// Returns of honest providers that were in business long enough to have one.
fn returns<'a>(subject: &Subject<'a>) -> impl Iterator<Item = f64> + 'a {
    subject
        .run
        .providers
        .iter()
        .filter(|row| is_honest(row))
        .filter_map(|row| row.return_per_year)
}

/// Whether a provider is neither lazy nor dealing with itself.
pub(super) fn is_honest(row: &ProviderRow) -> bool {
    row.behaviour == "honest"
}
