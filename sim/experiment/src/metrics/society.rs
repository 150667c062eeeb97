//! Those around the providers: votes, appeals, contributions; and what the guards did.

use world::rows::{ContributionRow, EpochRow, ProposalRow};

use super::statistics::mean;
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "governance.decided_share",
        unit: "",
        better: Better::Higher,
        doc: "Share of the tallied proposals that reached their quorum.",
        measure: |subject| {
            tallied(subject, |row| {
                f64::from(u8::from(row.status != "no_quorum"))
            })
        },
    },
    Metric {
        name: "governance.adopted_share",
        unit: "",
        better: Better::Neither,
        doc: "Share of the tallied proposals that passed, whether they were executed or not.",
        measure: |subject| {
            let is_adopted =
                |row: &ProposalRow| !matches!(row.status, "no_quorum" | "rejected" | "vetoed");
            tallied(subject, |row| f64::from(u8::from(is_adopted(row))))
        },
    },
    Metric {
        name: "governance.executed_share",
        unit: "",
        better: Better::Neither,
        doc: "Share of the tallied proposals that were executed before the end.",
        measure: |subject| tallied(subject, |row| f64::from(u8::from(row.status == "executed"))),
    },
    Metric {
        name: "governance.turnout",
        unit: "",
        better: Better::Higher,
        doc: "Stake that voted over all user stake, mean over tallied proposals.",
        measure: |subject| tallied(subject, |row| row.turnout),
    },
    Metric {
        name: "governance.deciders",
        unit: "voters",
        better: Better::Higher,
        doc: "Fewest voters who together outweigh all others who voted, mean over tallied proposals.",
        measure: |subject| tallied(subject, |row| f64::from(row.deciders)),
    },
    Metric {
        name: "governance.proposals",
        unit: "",
        better: Better::Neither,
        doc: "Proposals made in the run.",
        measure: |subject| subject.run.proposals.len() as f64,
    },
    Metric {
        name: "grants.paid",
        unit: "token",
        better: Better::Neither,
        doc: "Coins granted from the treasury over the whole run.",
        measure: |subject| super::token::tokens(subject, |row| row.grants_base_units),
    },
    Metric {
        name: "incidents.count",
        unit: "",
        better: Better::Neither,
        doc: "Incidents reported over the whole run.",
        measure: |subject| {
            let rows = subject.run.epochs.iter();
            rows.map(|row| f64::from(row.incidents)).sum()
        },
    },
    Metric {
        name: "appeals.count",
        unit: "",
        better: Better::Neither,
        doc: "Appeals made over the whole run.",
        measure: |subject| {
            let rows = subject.run.epochs.iter();
            rows.map(|row| f64::from(row.appeals)).sum()
        },
    },
    Metric {
        name: "appeals.returned_share",
        unit: "",
        better: Better::Neither,
        doc: "Returned by upheld appeals over all that was slashed, over the whole run.",
        measure: |subject| {
            let returned: u64 = epochs(subject, |row| row.returned_base_units);
            returned as f64 / epochs(subject, slashed) as f64
        },
    },
    Metric {
        name: "contributions.earned_share",
        unit: "",
        better: Better::Neither,
        doc: "Minted for data and models over all that was minted, over the whole run.",
        measure: |subject| {
            let minted = epochs(subject, |row| row.minted_base_units);
            contributed(subject, |row| row.minted_base_units) as f64 / minted as f64
        },
    },
    Metric {
        name: "contributions.quality",
        unit: "",
        better: Better::Higher,
        doc: "Points of data and models for each contributor and epoch.",
        measure: |subject| {
            let heads = contributed(subject, |row| u64::from(row.contributors));
            contributed(subject, |row| row.points) as f64 / heads as f64
        },
    },
    Metric {
        name: "contributions.model_share",
        unit: "",
        better: Better::Neither,
        doc: "Points of models over points of data and models.",
        measure: |subject| {
            let models = |row: &ContributionRow| if row.kind == "model" { row.points } else { 0 };
            contributed(subject, models) as f64 / contributed(subject, |row| row.points) as f64
        },
    },
    Metric {
        name: "contributions.claimed_share",
        unit: "",
        better: Better::Higher,
        doc: "Claimed for data and models over what was minted for them; the rest is held back, forfeited or not yet claimed.",
        measure: |subject| {
            let claimed = contributed(subject, |row| row.claimed_base_units);
            claimed as f64 / contributed(subject, |row| row.minted_base_units) as f64
        },
    },
    Metric {
        name: "contributions.forfeited",
        unit: "token",
        better: Better::Neither,
        doc: "Held-back rewards and vouching bonds that contributors of data and models lost.",
        measure: |subject| {
            let token =
                (0..subject.config.protocol.supply.decimals).fold(1.0, |unit, _| unit * 10.0);
            contributed(subject, |row| row.forfeited_base_units) as f64 / token
        },
    },
    Metric {
        name: "guards.breaker_trips",
        unit: "",
        better: Better::Lower,
        doc: "Epochs at whose close the circuit breaker tripped.",
        measure: |subject| epochs(subject, |row| u64::from(row.is_breaker_tripped)) as f64,
    },
    Metric {
        name: "guards.bound_share",
        unit: "",
        better: Better::Neither,
        doc: "Share of epochs at whose close a guard of fees or inflation bounds emission.",
        measure: |subject| share(subject, |row| row.is_fee_cut || row.is_inflation_capped),
    },
    Metric {
        name: "guards.grants_paused_share",
        unit: "",
        better: Better::Neither,
        doc: "Share of epochs at whose close the guard of the treasury's runway holds grants back.",
        measure: |subject| share(subject, |row| row.are_grants_paused),
    },
    Metric {
        name: "guards.insurance_first_share",
        unit: "",
        better: Better::Neither,
        doc: "Share of epochs at whose close the guard of solvency fills the insurance pool.",
        measure: |subject| share(subject, |row| row.is_insurance_first),
    },
    Metric {
        name: "guards.halted_share",
        unit: "",
        better: Better::Lower,
        doc: "Share of epochs after whose close trading is halted.",
        measure: |subject| share(subject, |row| row.is_trading_halted),
    },
];

fn tallied(subject: &Subject<'_>, of: impl Fn(&ProposalRow) -> f64) -> f64 {
    let rows = subject.run.proposals.iter();
    mean(rows.filter(|row| row.tallied_epoch.is_some()).map(of))
}

fn epochs(subject: &Subject<'_>, of: impl Fn(&EpochRow) -> u64) -> u64 {
    subject.run.epochs.iter().map(of).sum()
}

fn share(subject: &Subject<'_>, of: impl Fn(&EpochRow) -> bool) -> f64 {
    mean(
        subject
            .run
            .epochs
            .iter()
            .map(|row| f64::from(u8::from(of(row)))),
    )
}

/// All that was slashed in an epoch.
pub(super) fn slashed(row: &EpochRow) -> u64 {
    row.slashed_downtime_base_units
        + row.slashed_failed_job_base_units
        + row.slashed_malicious_base_units
        + row.slashed_other_base_units
}

fn contributed(subject: &Subject<'_>, of: impl Fn(&ContributionRow) -> u64) -> u64 {
    let rows = subject.run.contributions.iter();
    rows.filter(|row| row.kind != "governance").map(of).sum()
}
