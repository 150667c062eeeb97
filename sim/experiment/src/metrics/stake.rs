//! Stake beyond the minimum: commitments, users, redelegations, and the insurance that failed jobs claim.

use world::rows::ProviderRow;

use super::providers::is_honest;
use super::statistics::{quantile, weighted_mean};
use super::token::{mean_share, tokens};
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "commitment.return",
        unit: "1/y",
        better: Better::Higher,
        doc: "Median yearly return of honest providers that commit less that of flexible ones with the same GPU kind; kinds weigh by their committed providers.",
        measure: commitment_return,
    },
    Metric {
        name: "commitment.bound_share",
        unit: "",
        better: Better::Neither,
        doc: "Bonds that a commitment binds over all bonds, mean over epochs.",
        measure: |subject| {
            mean_share(subject, |row| {
                (row.committed_base_units, row.bonded_base_units)
            })
        },
    },
    Metric {
        name: "users.staked_share",
        unit: "",
        better: Better::Neither,
        doc: "Stake of users over circulating coins, mean over epochs.",
        measure: |subject| {
            mean_share(subject, |row| {
                (row.user_stake_base_units, row.circulating_base_units)
            })
        },
    },
    Metric {
        name: "users.rebate_share",
        unit: "",
        better: Better::Lower,
        doc: "Discounts over job fees before them, over the whole run.",
        measure: |subject| {
            let rebates = tokens(subject, |row| row.rebates_base_units);
            rebates / (rebates + tokens(subject, |row| row.fees_base_units))
        },
    },
    Metric {
        name: "delegation.redelegated",
        unit: "token",
        better: Better::Neither,
        doc: "Coins that delegators moved from one provider to another over the whole run.",
        measure: |subject| tokens(subject, |row| row.redelegated_base_units),
    },
    Metric {
        name: "unbonding.matured_share_max",
        unit: "",
        better: Better::Lower,
        doc: "Largest part of all stake, what is unbonding included, that left in one epoch.",
        measure: |subject| {
            let shares = subject.run.epochs.iter().map(|row| {
                let stays =
                    row.bonded_base_units + row.delegated_base_units + row.unbonding_base_units;
                part_of_all(row.matured_base_units, stays)
            });
            shares.fold(f64::NAN, f64::max)
        },
    },
    Metric {
        name: "stake.worth_kept",
        unit: "",
        better: Better::Higher,
        doc: "Smallest worth of all bonds and delegations in dollars at the end of an epoch, over that of the first epoch.",
        measure: |subject| {
            let worths = subject.run.epochs.iter().map(|row| row.staked_usd);
            let first = worths.clone().next().unwrap_or(f64::NAN);
            worths.fold(f64::NAN, f64::min) / first
        },
    },
    Metric {
        name: "insurance.paid",
        unit: "token",
        better: Better::Neither,
        doc: "Coins that the insurance pool paid for failed jobs over the whole run.",
        measure: |subject| tokens(subject, |row| row.insurance_paid_base_units),
    },
    Metric {
        name: "insurance.covered_share",
        unit: "",
        better: Better::Higher,
        doc: "The same over the losses that customers claimed.",
        measure: |subject| {
            let paid = tokens(subject, |row| row.insurance_paid_base_units);
            paid / tokens(subject, |row| row.insurance_claimed_base_units)
        },
    },
    Metric {
        name: "insurance.growth",
        unit: "",
        better: Better::Higher,
        doc: "The insurance pool at the end over what it held at half time, less one; below zero it drains.",
        measure: |subject| {
            let epochs = &subject.run.epochs;
            let at = |at: usize| {
                epochs
                    .get(at)
                    .map_or(f64::NAN, |row| row.insurance_base_units as f64)
            };
            at(epochs.len().wrapping_sub(1)) / at(epochs.len() / 2) - 1.0
        },
    },
];

/// What left, over itself and what stays.
fn part_of_all(left: u64, stays: u64) -> f64 {
    left as f64 / (left as f64 + stays as f64)
}

fn commitment_return(subject: &Subject<'_>) -> f64 {
    let median = |kind: &str, belongs: fn(&ProviderRow) -> bool| {
        let rows = subject.run.providers.iter();
        let rows = rows.filter(|row| row.kind == kind && is_honest(row) && belongs(row));
        let returns: Vec<f64> = rows.filter_map(|row| row.return_per_year).collect();
        (returns.len() as f64, quantile(returns, 0.5))
    };
    let gap = |kind: &str| {
        let (count, committed) = median(kind, |row| row.commitment != "flexible");
        let (_, flexible) = median(kind, |row| row.commitment == "flexible");
        let gap = committed - flexible;
        if gap.is_nan() {
            (0.0, 0.0)
        } else {
            (count, gap)
        }
    };
    weighted_mean(subject.config.gpus.iter().map(|kind| gap(kind.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_left_is_held_against_all_stake() {
        assert_eq!(part_of_all(10, 90), 0.1);
        assert!(part_of_all(0, 0).is_nan());
    }
}
