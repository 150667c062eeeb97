//! What it costs to hold a third of a network: of its reward weight, which decides who is paid and checked, or of its stake.
//!
//! A third is the share from which on Byzantine agreement fails. Prices are those of the last epoch; nobody in here buys, so
//! that an attacker's own demand would raise them is not counted.

use world::rows::ProviderRow;

use super::{Metric, Subject};
use crate::results::Better;

/// Share of weight or stake that an attacker is after.
const SHARE: f64 = 1.0 / 3.0;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "corruption.cost",
        unit: "USD",
        better: Better::Higher,
        doc: "Bonds and delegations behind providers that together hold more than a third of the reward weight at the end, those with the least of them per weight first, at the last epoch's price.",
        measure: |subject| insiders(subject).0,
    },
    Metric {
        name: "corruption.slashable",
        unit: "USD",
        better: Better::Higher,
        doc: "What the first malicious result takes of that stake (protocol.ladder.malicious_slash).",
        measure: |subject| {
            let slash = subject.config.protocol.ladder.malicious_slash;
            insiders(subject).0 * slash.parts() as f64 / units::Ratio::ONE.parts() as f64
        },
    },
    Metric {
        name: "corruption.payback",
        unit: "d",
        better: Better::Higher,
        doc: "The cost of corruption over what the network pays a day, fees and the value minted together, mean over the run: days of all payments that it is worth.",
        measure: |subject| insiders(subject).0 / paid_per_day(subject),
    },
    Metric {
        name: "corruption.providers",
        unit: "providers",
        better: Better::Higher,
        doc: "Fewest providers that together hold more than a third of the reward weight at the end.",
        measure: fewest,
    },
    Metric {
        name: "corruption.stake_cost",
        unit: "USD",
        better: Better::Higher,
        doc: "Stake that an outsider must add to hold a third of all of it: half of bonds and delegations, at the last epoch's price.",
        measure: |subject| {
            subject.run.epochs.last().map_or(f64::NAN, |row| {
                let staked = row.bonded_base_units as f64 + row.delegated_base_units as f64;
                staked * price(subject) * SHARE / (1.0 - SHARE)
            })
        },
    },
];

/// Dollars of a base unit at the end.
fn price(subject: &Subject<'_>) -> f64 {
    let base_units = 10u128.pow(u32::from(subject.config.protocol.supply.decimals)) as f64;
    let last = subject.run.epochs.last();
    last.map_or(f64::NAN, |row| row.token_price_usd) / base_units
}

fn paid_per_day(subject: &Subject<'_>) -> f64 {
    let epochs = &subject.run.epochs;
    let paid: f64 = epochs.iter().map(|row| row.fees_usd + row.minted_usd).sum();
    let epoch_days = subject.config.epoch.as_secs_floor() as f64 / 86_400.0;
    paid / (epochs.len() as f64 * epoch_days)
}

/// Weight and stake in dollars of every provider with weight at the end.
fn weighty<'a>(subject: &Subject<'a>) -> Vec<(f64, f64)> {
    let price = price(subject);
    let of = |row: &'a ProviderRow| {
        let staked = row.bonded_base_units as f64 + row.delegated_base_units as f64;
        (row.reward_weight, staked * price)
    };
    let rows = subject.run.providers.iter();
    rows.map(of).filter(|(weight, _)| *weight > 0.0).collect()
}

fn insiders(subject: &Subject<'_>) -> (f64, usize) {
    let mut all = weighty(subject);
    all.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
    until_a_third(&all)
}

fn fewest(subject: &Subject<'_>) -> f64 {
    let mut all = weighty(subject);
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    match until_a_third(&all) {
        (stake, _) if stake.is_nan() => f64::NAN,
        (_, count) => count as f64,
    }
}

/// Stake and number of the first ones that together hold more than a third of all weight; NaN without any weight.
fn until_a_third(all: &[(f64, f64)]) -> (f64, usize) {
    let wanted = all.iter().map(|(weight, _)| weight).sum::<f64>() * SHARE;
    let (mut held, mut stake) = (0.0, 0.0);
    for (at, (weight, of)) in all.iter().enumerate() {
        held += weight;
        stake += of;
        if held > wanted {
            return (stake, at + 1);
        }
    }
    (f64::NAN, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_is_not_more_than_a_third() {
        let equal = [(1.0, 10.0), (1.0, 20.0), (1.0, 40.0)];
        assert_eq!(until_a_third(&equal), (30.0, 2));
        assert_eq!(until_a_third(&[(2.0, 5.0), (3.0, 7.0)]), (5.0, 1));
        assert!(until_a_third(&[]).0.is_nan());
    }
}
