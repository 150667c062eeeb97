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
