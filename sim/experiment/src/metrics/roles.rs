//! Providers that rent out no GPUs: what they earn, miss and lose.

use world::rows::RoleRow;

use super::statistics::{gini, mean};
use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "roles.providers",
        unit: "",
        better: Better::Neither,
        doc: "Verifiers, operators and providers of storage in business at the end.",
        measure: |subject| {
            let rows = subject.run.roles.iter();
            rows.filter(|row| row.exited_epoch.is_none()).count() as f64
        },
    },
    Metric {
        name: "roles.bond",
        unit: "USD",
        better: Better::Neither,
        doc: "Their bond at entry, mean.",
        measure: |subject| all(subject, |row| row.bond_usd),
    },
    Metric {
        name: "roles.net",
        unit: "USD",
        better: Better::Higher,
        doc: "What each of them earned in the run after costs, depreciation and slashes, mean.",
        measure: |subject| all(subject, |row| row.net_usd),
    },
    Metric {
        name: "roles.availability",
        unit: "",
        better: Better::Higher,
        doc: "Share of their time in business that they were up, mean.",
        measure: |subject| all(subject, |row| row.availability),
    },
    Metric {
        name: "roles.verifier_return",
        unit: "1/y",
        better: Better::Higher,
        doc: "Yearly return of verifiers in business for at least 30 days, mean.",
        measure: |subject| returns(subject, "verifier"),
    },
    Metric {
        name: "roles.operator_return",
        unit: "1/y",
        better: Better::Higher,
        doc: "Yearly return of operators in business for at least 30 days, mean.",
        measure: |subject| returns(subject, "operator"),
    },
    Metric {
        name: "roles.storage_return",
        unit: "1/y",
        better: Better::Higher,
        doc: "Yearly return of providers of storage in business for at least 30 days, mean.",
        measure: |subject| returns(subject, "storage"),
    },
    Metric {
        name: "verifiers.fees",
        unit: "USD",
        better: Better::Neither,
        doc: "Fees for checks paid to verifiers over the whole run, at receipt.",
        measure: |subject| of(subject, "verifier").map(|row| row.fees_usd).sum(),
    },
    Metric {
        name: "verifiers.missed_share",
        unit: "",
        better: Better::Lower,
        doc: "Verdicts that verifiers owed and did not give, over all that they owed.",
        measure: |subject| missed(subject, "verifier"),
    },
    Metric {
        name: "verifiers.false_verdicts",
        unit: "",
        better: Better::Lower,
        doc: "Verdicts of verifiers that were found to be false.",
        measure: |subject| {
            let rows = of(subject, "verifier");
            rows.map(|row| f64::from(row.false_verdicts)).sum()
        },
    },
    Metric {
        name: "verifiers.lazy_gain",
        unit: "USD",
        better: Better::Lower,
        doc: "What a lazy verifier earned in the run less what one earned that checks, both after everything, means.",
        measure: |subject| {
            let of = |is_lazy| {
                let rows = of(subject, "verifier");
                let rows = rows.filter(move |row| (row.behaviour == "lazy") == is_lazy);
                mean(rows.map(|row| row.net_usd))
            };
            of(true) - of(false)
        },
    },
    Metric {
        name: "storage.missed_share",
        unit: "",
        better: Better::Lower,
        doc: "Proofs of storage that were not served, over all that were asked for.",
        measure: |subject| missed(subject, "storage"),
    },
    Metric {
        name: "gini.storage_rewards",
        unit: "",
        better: Better::Lower,
        doc: "Gini coefficient of rewards among providers of storage.",
        measure: |subject| gini(of(subject, "storage").map(|row| row.rewards_usd)),
    },
];

fn of<'a>(subject: &Subject<'a>, role: &'static str) -> impl Iterator<Item = &'a RoleRow> {
    let rows = subject.run.roles.iter();
    rows.filter(move |row| row.role == role)
}

fn all(subject: &Subject<'_>, value: impl Fn(&RoleRow) -> f64) -> f64 {
    mean(subject.run.roles.iter().map(value))
}

fn returns(subject: &Subject<'_>, role: &'static str) -> f64 {
    mean(of(subject, role).filter_map(|row| row.return_per_year))
}

fn missed(subject: &Subject<'_>, role: &'static str) -> f64 {
    let sum = |value: fn(&RoleRow) -> u64| of(subject, role).map(value).sum::<u64>() as f64;
    sum(|row| row.missed) / sum(|row| row.asked)
}
