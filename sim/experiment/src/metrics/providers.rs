//! What providers earn, and who comes and goes.

use world::rows::ProviderRow;

use super::statistics::{mean, quantile, weighted_mean};
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
        name: "providers.availability",
        unit: "",
        better: Better::Higher,
        doc: "Share of their time in business that GPUs were up; providers weigh by their GPUs.",
        measure: |subject| {
            let rows = subject.run.providers.iter();
            weighted_mean(rows.map(|row| (f64::from(row.gpus), row.availability)))
        },
    },
    Metric {
        name: "providers.availability_p05",
        unit: "",
        better: Better::Higher,
        doc: "The same at the 5th percentile of providers.",
        measure: |subject| {
            let rows = subject.run.providers.iter();
            quantile(rows.map(|row| row.availability), 0.05)
        },
    },
    Metric {
        name: "providers.barred_share",
        unit: "",
        better: Better::Lower,
        doc: "Share of the providers in business at the end that are then suspended or jailed.",
        measure: |subject| {
            let rows = subject.run.providers.iter();
            let staying = rows.filter(|row| row.exited_epoch.is_none());
            let is_barred = |row: &ProviderRow| matches!(row.standing, "suspended" | "jailed");
            mean(staying.map(|row| f64::from(u8::from(is_barred(row)))))
        },
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
    Metric {
        name: "capacity.gpus_up",
        unit: "gpus",
        better: Better::Neither,
        doc: "GPUs that are up and in business, mean over epochs.",
        measure: |subject| {
            let up: f64 = subject.run.kinds.iter().map(|row| row.up_gpus).sum();
            up / subject.run.epochs.len() as f64
        },
    },
    Metric {
        name: "capacity.hardware_per_gpu",
        unit: "USD",
        better: Better::Neither,
        doc: "What the hardware of all providers cost at entry, over their GPUs.",
        measure: |subject| {
            let rows = subject.run.providers.iter();
            weighted_mean(rows.map(|row| {
                let gpus = f64::from(row.gpus);
                (gpus, row.hardware_usd / gpus)
            }))
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
