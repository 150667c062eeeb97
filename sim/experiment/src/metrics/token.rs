//! The coin: emission, fees, burn, stake and price.

use world::rows::EpochRow;

use super::statistics::{deviation, mean};
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "staked_ratio.mean",
        unit: "",
        better: Better::Neither,
        doc: "Bonds and delegations over circulating supply, mean over epochs.",
        measure: |subject| mean(subject.run.epochs.iter().map(|row| row.staked_ratio)),
    },
    Metric {
        name: "staked_ratio.min",
        unit: "",
        better: Better::Neither,
        doc: "Smallest staked ratio of any epoch.",
        measure: |subject| {
            subject
                .run
                .epochs
                .iter()
                .map(|row| row.staked_ratio)
                .fold(f64::NAN, f64::min)
        },
    },
    Metric {
        name: "staked_ratio.max",
        unit: "",
        better: Better::Neither,
        doc: "Largest staked ratio of any epoch.",
        measure: |subject| {
            subject
                .run
                .epochs
                .iter()
                .map(|row| row.staked_ratio)
                .fold(f64::NAN, f64::max)
        },
    },
    Metric {
        name: "emission.share_of_fees",
        unit: "",
        better: Better::Lower,
        doc: "Value minted over job fees, both in dollars of their day, over the whole run.",
        measure: |subject| sum(subject, |row| row.minted_usd) / sum(subject, |row| row.fees_usd),
    },
    Metric {
        name: "fee_to_emission",
        unit: "",
        better: Better::Higher,
        doc: "What the protocol keeps of job fees over the value minted, over the whole run; from 1 on fees pay for emission.",
        measure: |subject| sum(subject, protocol_share_usd) / sum(subject, |row| row.minted_usd),
    },
    Metric {
        name: "fees.usd",
        unit: "USD",
        better: Better::Higher,
        doc: "Job fees over the whole run, in dollars of their day.",
        measure: |subject| sum(subject, |row| row.fees_usd),
    },
    Metric {
        name: "emission.usd",
        unit: "USD",
        better: Better::Neither,
        doc: "Value minted over the whole run, in dollars of their day.",
        measure: |subject| sum(subject, |row| row.minted_usd),
    },
    Metric {
        name: "emission.usd_per_gpu_h",
        unit: "USD/GPU-h",
        better: Better::Lower,
        doc: "The same over the GPU-hours of useful work: work kept of jobs that were paid for, less the part of lazy providers.",
        measure: |subject| sum(subject, |row| row.minted_usd) / useful_gpu_h(subject),
    },
    Metric {
        name: "emission.minted",
        unit: "token",
        better: Better::Neither,
        doc: "Coins minted over the whole run.",
        measure: |subject| tokens(subject, |row| row.minted_base_units),
    },
    Metric {
        name: "emission.burned",
        unit: "token",
        better: Better::Neither,
        doc: "Coins burned over the whole run, fees and slashes together.",
        measure: |subject| tokens(subject, |row| row.burned_base_units),
    },
    Metric {
        name: "emission.usd_variation",
        unit: "",
        better: Better::Lower,
        doc: "Standard deviation of the value minted in an epoch, over its mean: how unsteady rewards are in dollars.",
        measure: |subject| {
            let values = || subject.run.epochs.iter().map(|row| row.minted_usd);
            deviation(values()) / mean(values())
        },
    },
    Metric {
        name: "treasury.end",
        unit: "token",
        better: Better::Higher,
        doc: "Coins of the treasury at the end.",
        measure: |subject| last_tokens(subject, |row| row.treasury_base_units),
    },
    Metric {
        name: "treasury.growth",
        unit: "1/y",
        better: Better::Higher,
        doc: "What the treasury gained from the first close to the last over what it held at the first, scaled to a year.",
        measure: |subject| {
            let (first, last, days) = treasury(subject);
            (last - first) / first / days * 365.0
        },
    },
    Metric {
        name: "treasury.runway",
        unit: "d",
        better: Better::Higher,
        doc: "How long the treasury lasts at its mean loss since the first close; nothing where it did not shrink.",
        measure: |subject| {
            let (first, last, days) = treasury(subject);
            if last < first {
                last / (first - last) * days
            } else {
                f64::NAN
            }
        },
    },
    Metric {
        name: "insurance.end",
        unit: "token",
        better: Better::Higher,
        doc: "Coins of the insurance pool at the end.",
        measure: |subject| last_tokens(subject, |row| row.insurance_base_units),
    },
    Metric {
        name: "supply.circulating_share",
        unit: "",
        better: Better::Neither,
        doc: "Circulating coins over all coins in existence, mean over epochs.",
        measure: |subject| {
            mean_share(subject, |row| {
                (row.circulating_base_units, row.supply_base_units)
            })
        },
    },
    Metric {
        name: "supply.market_share",
        unit: "",
        better: Better::Neither,
        doc: "Coins on the market over circulating coins, mean over epochs; without any nobody could buy.",
        measure: |subject| {
            mean_share(subject, |row| {
                (row.market_base_units, row.circulating_base_units)
            })
        },
    },
    Metric {
        name: "supply.unbonding_share",
        unit: "",
        better: Better::Neither,
        doc: "Coins in the unbonding queue over circulating coins, mean over epochs; none where bonds are dollars.",
        measure: |subject| {
            mean_share(subject, |row| {
                (row.unbonding_base_units, row.circulating_base_units)
            }) * f64::from(u8::from(
                subject.config.protocol.bond.asset == protocol::Asset::Native,
            ))
        },
    },
    Metric {
        name: "supply.net_sales_share",
        unit: "",
        better: Better::Lower,
        doc: "Coins sold at the market less coins bought there, genesis included, over the whole run, over the circulating coins of the end: what the market had to take up; below zero it gave coins away.",
        measure: |subject| {
            let sold = tokens(subject, |row| row.sold_base_units);
            let bought = tokens(subject, |row| row.bought_base_units);
            (sold - bought) / last_tokens(subject, |row| row.circulating_base_units)
        },
    },
    Metric {
        name: "price.start",
        unit: "USD/token",
        better: Better::Neither,
        doc: "Price of the coin at the start.",
        measure: |subject| subject.config.market.price.nano_per_token() as f64 / 1e9,
    },
    Metric {
        name: "price.log_deviation",
        unit: "",
        better: Better::Lower,
        doc: "Standard deviation of the logarithm of the coin's price over epochs.",
        measure: |subject| {
            let prices = subject.run.epochs.iter().map(|row| row.token_price_usd);
            deviation(prices.map(libm::log))
        },
    },
    Metric {
        name: "price.year_end_ratio",
        unit: "",
        better: Better::Neither,
        doc: "Coin price of the last epoch over the price at the start.",
        measure: |subject| {
            let start = subject.config.market.price.nano_per_token() as f64 / 1e9;
            subject
                .run
                .epochs
                .last()
                .map_or(f64::NAN, |row| row.token_price_usd / start)
        },
    },
];

fn sum(subject: &Subject<'_>, of: fn(&EpochRow) -> f64) -> f64 {
    subject.run.epochs.iter().map(of).sum()
}

/// A sum of amounts in whole coins; the sum itself is exact.
pub(super) fn tokens(subject: &Subject<'_>, of: fn(&EpochRow) -> u64) -> f64 {
    let sum: u128 = subject
        .run
        .epochs
        .iter()
        .map(|row| u128::from(of(row)))
        .sum();
    let base_units = 10u128.pow(u32::from(subject.config.protocol.supply.decimals));
    sum as f64 / base_units as f64
}

fn protocol_share_usd(row: &EpochRow) -> f64 {
    if row.fees_base_units == 0 {
        return 0.0;
    }
    let provider_share = row.fees_provider_base_units as f64 / row.fees_base_units as f64;
    row.fees_usd * (1.0 - provider_share)
}

/// GPU-hours of work that was kept, less the share of GPU time that lazy providers held.
fn useful_gpu_h(subject: &Subject<'_>) -> f64 {
    let kept = sum(subject, |row| row.held_gpu_h * row.goodput);
    let providers = || subject.run.providers.iter();
    let held: f64 = providers().map(|row| row.held_gpu_h).sum();
    let lazy = providers().filter(|row| row.behaviour == "lazy");
    let lazy: f64 = lazy.map(|row| row.held_gpu_h).sum();
    kept * (1.0 - lazy / held)
}

/// The treasury at the first close and at the last, and the days between.
fn treasury(subject: &Subject<'_>) -> (f64, f64, f64) {
    let epochs = &subject.run.epochs;
    let of = |row: Option<&EpochRow>| row.map_or(f64::NAN, |row| row.treasury_base_units as f64);
    let epoch_days = subject.config.epoch.as_secs_floor() as f64 / 86_400.0;
    let days = epochs.len().saturating_sub(1) as f64 * epoch_days;
    (of(epochs.first()), of(epochs.last()), days)
}

/// An amount of the last epoch in whole coins; NaN where no epoch closed.
fn last_tokens(subject: &Subject<'_>, of: fn(&EpochRow) -> u64) -> f64 {
    let base_units = 10u128.pow(u32::from(subject.config.protocol.supply.decimals)) as f64;
    let last = subject.run.epochs.last();
    last.map_or(f64::NAN, |row| of(row) as f64 / base_units)
}

/// Mean over epochs of one amount over another.
pub(super) fn mean_share(subject: &Subject<'_>, of: fn(&EpochRow) -> (u64, u64)) -> f64 {
    let shares = subject.run.epochs.iter().map(of);
    mean(shares.map(|(part, whole)| part as f64 / whole as f64))
}
