//! Slashing, detection and attacks.

use std::collections::{BTreeMap, BTreeSet};

use world::rows::ProviderRow;

use super::providers::is_honest;
use super::statistics::{mean, quantile, weighted_mean};
use super::token::tokens;
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "slashes.total",
        unit: "token",
        better: Better::Neither,
        doc: "Coins slashed over the whole run, for any reason.",
        measure: |subject| tokens(subject, super::society::slashed),
    },
    Metric {
        name: "slashes.honest_share_of_bonds",
        unit: "1/y",
        better: Better::Lower,
        doc: "Slashed from honest providers and their delegators in a year, over the mean of bonds and delegations.",
        measure: honest_share_of_bonds,
    },
    Metric {
        name: "verification.lazy_detected_share",
        unit: "",
        better: Better::Higher,
        doc: "Share of lazy providers with at least one confirmed failed check.",
        measure: lazy_detected_share,
    },
    Metric {
        name: "verification.detection_days",
        unit: "d",
        better: Better::Lower,
        doc: "Mean time from entry to the first confirmed failed check, over the lazy providers that had one.",
        measure: detection_days,
    },
    Metric {
        name: "verification.false_alarm_share",
        unit: "",
        better: Better::Lower,
        doc: "Share of the checks of providers that do their work whose first check failed.",
        measure: |subject| {
            let rows = subject
                .run
                .verdicts
                .iter()
                .filter(|row| row.behaviour != "lazy");
            mean(rows.map(|row| f64::from(u8::from(row.first_failed))))
        },
    },
    Metric {
        name: "self_dealing.return",
        unit: "1/y",
        better: Better::Lower,
        doc: "Median yearly return of self-dealing providers less that of honest ones with the same GPU kind; kinds weigh by their self-dealers.",
        measure: self_dealing_return,
    },
];

fn honest_share_of_bonds(subject: &Subject<'_>) -> f64 {
    let epochs = &subject.run.epochs;
    let slashed: u128 = epochs
        .iter()
        .map(|row| u128::from(row.slashed_honest_base_units))
        .sum();
    let stake = mean(
        epochs
            .iter()
            .map(|row| row.bonded_base_units as f64 + row.delegated_base_units as f64),
    );
    let epoch_days = subject.config.epoch.as_secs_floor() as f64 / 86_400.0;
    let years = epochs.len() as f64 * epoch_days / 365.0;
    slashed as f64 / stake / years
}

fn lazy_detected_share(subject: &Subject<'_>) -> f64 {
    let confirmed = subject.run.verdicts.iter().filter(|row| row.confirmed);
    let caught: BTreeSet<u32> = confirmed.map(|row| row.provider).collect();
    let lazy = subject
        .run
        .providers
        .iter()
        .filter(|row| row.behaviour == "lazy");
    mean(lazy.map(|row| f64::from(u8::from(caught.contains(&row.provider)))))
}

fn detection_days(subject: &Subject<'_>) -> f64 {
    let mut first: BTreeMap<u32, u64> = BTreeMap::new();
    for row in subject.run.verdicts.iter().filter(|row| row.confirmed) {
        let of = first.entry(row.provider).or_insert(row.decided_s);
        *of = row.decided_s.min(*of);
    }
    let epoch_s = subject.config.epoch.as_secs_floor();
    let lazy = subject
        .run
        .providers
        .iter()
        .filter(|row| row.behaviour == "lazy");
    mean(lazy.filter_map(|row| {
        let entered_s = u64::from(row.entered_epoch) * epoch_s;
        let caught_s = first.get(&row.provider)?;
        Some(caught_s.saturating_sub(entered_s) as f64 / 86_400.0)
    }))
}

fn self_dealing_return(subject: &Subject<'_>) -> f64 {
    let median = |kind: &str, belongs: fn(&ProviderRow) -> bool| {
        let rows = subject
            .run
            .providers
            .iter()
            .filter(|row| row.kind == kind && belongs(row));
        let returns: Vec<f64> = rows.filter_map(|row| row.return_per_year).collect();
        (returns.len() as f64, quantile(returns, 0.5))
    };
    let gap = |kind: &str| {
        let (count, dealing) = median(kind, |row| row.behaviour == "self_dealing");
        let (_, honest) = median(kind, is_honest);
        let gap = dealing - honest;
        if gap.is_nan() {
            (0.0, 0.0)
        } else {
            (count, gap)
        }
    };
    weighted_mean(subject.config.gpus.iter().map(|kind| gap(kind.name)))
}
