//! What rewards favour: reliable providers, scarce kinds of GPU.

use std::collections::BTreeMap;

use world::rows::ProviderRow;

use super::statistics::{mean, weighted_mean};
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "rewards.uptime_premium",
        unit: "",
        better: Better::Higher,
        doc: "Rewards of a GPU of the more available half of providers over those of the less available half, less one; among providers of one class and kind that stay from start to end, which weigh by their number.",
        measure: uptime_premium,
    },
    Metric {
        name: "rewards.scarcity_spread",
        unit: "",
        better: Better::Neither,
        doc: "Largest scarcity factor of a GPU kind less the smallest, mean over epochs; kinds without a GPU up do not count.",
        measure: scarcity_spread,
    },
];

fn uptime_premium(subject: &Subject<'_>) -> f64 {
    let rows = subject.run.providers.iter();
    let staying = rows.filter(|row| row.entered_epoch == 0 && row.exited_epoch.is_none());
    let mut peers: BTreeMap<(&str, &str), Vec<&ProviderRow>> = BTreeMap::new();
    for row in staying {
        peers.entry((row.class, row.kind)).or_default().push(row);
    }
    let premiums = peers.into_values().filter_map(premium);
    weighted_mean(premiums)
}

/// How many they are, and the premium; nothing where a half is empty or earns nothing.
fn premium(mut peers: Vec<&ProviderRow>) -> Option<(f64, f64)> {
    peers.sort_by(|a, b| {
        a.availability
            .total_cmp(&b.availability)
            .then(a.provider.cmp(&b.provider))
    });
    let half = peers.len() / 2;
    let per_gpu = |rows: &[&ProviderRow]| {
        weighted_mean(rows.iter().map(|row| {
            let gpus = f64::from(row.gpus);
            (gpus, row.rewards_usd / gpus)
        }))
    };
    let (less, more) = (
        per_gpu(&peers[..half]),
        per_gpu(&peers[peers.len() - half..]),
    );
    let premium = more / less - 1.0;
    premium.is_finite().then_some((peers.len() as f64, premium))
}

fn scarcity_spread(subject: &Subject<'_>) -> f64 {
    let mut ends: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for row in subject.run.kinds.iter().filter(|row| row.up_gpus > 0.0) {
        let of = ends
            .entry(row.epoch)
            .or_insert((row.factor_scarcity, row.factor_scarcity));
        *of = (of.0.min(row.factor_scarcity), of.1.max(row.factor_scarcity));
    }
    mean(ends.into_values().map(|(least, most)| most - least))
}
