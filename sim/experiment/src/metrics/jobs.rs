//! What users feel: utilisation, waiting, goodput.

use super::statistics::{mean, weighted_mean};
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "utilisation.consumer",
        unit: "",
        better: Better::Neither,
        doc: "GPU-hours held by jobs over GPU-hours up, consumer cards, over the whole run.",
        measure: |subject| utilisation(subject, "consumer"),
    },
    Metric {
        name: "utilisation.datacentre",
        unit: "",
        better: Better::Neither,
        doc: "The same for data-centre cards.",
        measure: |subject| utilisation(subject, "datacentre"),
    },
    Metric {
        name: "gpu_price.consumer",
        unit: "",
        better: Better::Neither,
        doc: "Price of consumer cards over their list price, mean over epochs.",
        measure: |subject| multiplier(subject, "consumer"),
    },
    Metric {
        name: "gpu_price.datacentre",
        unit: "",
        better: Better::Neither,
        doc: "The same for data-centre cards.",
        measure: |subject| multiplier(subject, "datacentre"),
    },
    Metric {
        name: "jobs.finished",
        unit: "jobs",
        better: Better::Higher,
        doc: "Jobs finished over the whole run.",
        measure: |subject| {
            subject
                .run
                .epochs
                .iter()
                .map(|row| f64::from(row.jobs_finished))
                .sum()
        },
    },
    Metric {
        name: "jobs.abandoned_share",
        unit: "",
        better: Better::Lower,
        doc: "Jobs given up by waiting customers over jobs submitted.",
        measure: |subject| {
            let epochs = || subject.run.epochs.iter();
            let abandoned: f64 = epochs().map(|row| f64::from(row.jobs_abandoned)).sum();
            abandoned
                / epochs()
                    .map(|row| f64::from(row.jobs_submitted))
                    .sum::<f64>()
        },
    },
    Metric {
        name: "jobs.wait_mean_h",
        unit: "h",
        better: Better::Lower,
        doc: "Mean waiting time until the first start; epochs weigh by the jobs submitted in them.",
        measure: |subject| {
            weighted_mean(
                subject
                    .run
                    .epochs
                    .iter()
                    .map(|row| (f64::from(row.jobs_submitted), row.wait_mean_h)),
            )
        },
    },
    Metric {
        name: "jobs.goodput",
        unit: "",
        better: Better::Higher,
        doc: "Work kept over GPU time held; epochs weigh by the GPU time held in them.",
        measure: |subject| {
            weighted_mean(
                subject
                    .run
                    .epochs
                    .iter()
                    .map(|row| (row.held_gpu_h, row.goodput)),
            )
        },
    },
];

fn utilisation(subject: &Subject<'_>, group: &str) -> f64 {
    let rows = subject.run.kinds.iter().filter(|row| row.group == group);
    weighted_mean(rows.map(|row| (row.up_gpus, row.utilisation)))
}

fn multiplier(subject: &Subject<'_>, group: &str) -> f64 {
    let rows = subject.run.kinds.iter().filter(|row| row.group == group);
    mean(rows.map(|row| row.price_multiplier))
}
