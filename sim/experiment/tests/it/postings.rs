//! A second reader of the books: it rebuilds every figure of an epoch from the exported postings alone, for every asset, and
//! shares no code with the ledger. It knows accounts and reasons by the names in the table, nothing else.

use std::collections::{BTreeMap, BTreeSet};

use world::rows::{BalanceRow, EpochRow, PostingRow};

use crate::stage::{Told, minimal, told};

/// An account by the names in the table.
type Account = (&'static str, &'static str, u32);

/// Sums by asset and reason.
type Flows = BTreeMap<(&'static str, &'static str), u128>;

/// What the postings say of one epoch.
#[derive(Default)]
struct Rebuilt {
    /// Flows between the epoch's opening and its settlement.
    settled: Flows,
    /// Flows until the next epoch's first event: what actors do right after the settlement is told with the epoch too.
    told: Flows,
    /// Of the latter, fees that a provider paid to itself.
    self_dealt: Flows,
    /// Balances when the epoch's row was written.
    balances: BTreeMap<Account, i128>,
}

impl Rebuilt {
    fn sum(flows: &Flows, asset: &'static str, reasons: &[&'static str]) -> u128 {
        reasons
            .iter()
            .map(|&reason| flows.get(&(asset, reason)).copied().unwrap_or(0))
            .sum()
    }

    fn balance(&self, asset: &'static str, account: &'static str) -> i128 {
        self.balances
            .iter()
            .filter(|((of, name, _), _)| (*of, *name) == (asset, account))
            .map(|(_, amount)| amount)
            .sum()
    }
}

const MINT: &[&str] = &["emission", "emission_treasury"];
const FEES: &[&str] = &[
    "job_provider",
    "job_hold",
    "job_delegators",
    "fee_platform",
    "fee_treasury",
    "fee_insurance",
    "fee_burn",
    "fee_verification",
];

/// Number of the event that closed each epoch: the cause of its emission.
fn closings(postings: &[PostingRow]) -> BTreeMap<u32, u64> {
    postings
        .iter()
        .filter(|row| MINT.contains(&row.reason))
        .map(|row| (row.epoch, row.cause))
        .collect()
}

/// Reads all postings in order. An error names the first account that fell below nothing.
fn rebuild(postings: &[PostingRow]) -> Result<Vec<Rebuilt>, String> {
    let closings = closings(postings);
    let owners: BTreeSet<u32> = postings
        .iter()
        .filter(|row| row.reason == "bond")
        .map(|row| row.from_id)
        .collect();
    let mut epochs: Vec<Rebuilt> = closings.keys().map(|_| Rebuilt::default()).collect();
    let mut balances: BTreeMap<Account, i128> = BTreeMap::new();
    let mut running = 0;
    let mut is_self_dealing = false;
    for row in postings {
        // The first posting of a later event than the one that closed the epoch ends what is told with it.
        let is_closed = closings
            .get(&(running as u32))
            .is_some_and(|&closing| row.epoch as usize > running && row.cause > closing);
        if is_closed {
            epochs[running].balances = balances.clone();
            running += 1;
        }
        let amount = u128::from(row.amount_base_units);
        let flow = (row.asset, row.reason);
        if let Some(epoch) = epochs.get_mut(row.epoch as usize) {
            *epoch.settled.entry(flow).or_default() += amount;
        }
        match row.reason {
            // A provider that pays for a job deals with itself, until it changes the money back.
            "escrow_open" => is_self_dealing = owners.contains(&row.from_id),
            "trade" => is_self_dealing = false,
            _ => {}
        }
        if let Some(epoch) = epochs.get_mut(running) {
            *epoch.told.entry(flow).or_default() += amount;
            if is_self_dealing {
                *epoch.self_dealt.entry(flow).or_default() += amount;
            }
        }
        let from = (row.asset, row.from, row.from_id);
        let left = balances.entry(from).or_default();
        *left -= i128::from(row.amount_base_units);
        if *left < 0 && row.from != "issuance" {
            return Err(format!("{from:?} fell to {left} in epoch {}", row.epoch));
        }
        *balances.entry((row.asset, row.to, row.to_id)).or_default() +=
            i128::from(row.amount_base_units);
    }
    if let Some(last) = epochs.get_mut(running) {
        last.balances = balances;
    }
    Ok(epochs)
}

/// Compares one epoch with its row in every column that the postings can say.
fn disagreement(row: &EpochRow, of: &Rebuilt) -> Option<String> {
    let told = |reasons: &[&'static str]| Rebuilt::sum(&of.told, "native", reasons) as i128;
    let settled = |reasons: &[&'static str]| Rebuilt::sum(&of.settled, "native", reasons) as i128;
    let paid = |reasons: &[&'static str]| {
        told(reasons) - Rebuilt::sum(&of.self_dealt, "native", reasons) as i128
    };
    let held = |account| of.balance("native", account);
    let supply = -held("issuance");
    let slashed = row.slashed_downtime_base_units
        + row.slashed_failed_job_base_units
        + row.slashed_malicious_base_units;
    let columns: &[(&str, u64, i128)] = &[
        ("minted", row.minted_base_units, settled(MINT)),
        (
            "minted_performance",
            row.minted_performance_base_units,
            settled(&["emission"]),
        ),
        (
            "minted_treasury",
            row.minted_treasury_base_units,
            settled(&["emission_treasury"]),
        ),
        (
            "burned",
            row.burned_base_units,
            settled(&["fee_burn", "slash_burn"]),
        ),
        (
            "claimed",
            row.claimed_base_units,
            told(&["reward_claim", "vesting_release", "delegation_claim"]),
        ),
        ("fees", row.fees_base_units, paid(FEES)),
        (
            "fees_provider",
            row.fees_provider_base_units,
            paid(&["job_provider", "job_hold", "job_delegators"]),
        ),
        (
            "slashed",
            slashed,
            settled(&["slash", "slash_unbonding", "slash_vesting"]),
        ),
        ("supply", row.supply_base_units, supply),
        (
            "circulating",
            row.circulating_base_units,
            supply - held("treasury") - held("insurance") - held("locked") - held("vesting"),
        ),
        (
            "slash_escrow",
            row.slash_escrow_base_units,
            held("slash_escrow"),
        ),
        ("bonded", row.bonded_base_units, held("self_bond")),
        ("delegated", row.delegated_base_units, held("delegated")),
        ("treasury", row.treasury_base_units, held("treasury")),
        ("insurance", row.insurance_base_units, held("insurance")),
    ];
    let wrong = columns
        .iter()
        .find(|(_, said, rebuilt)| i128::from(*said) != *rebuilt)?;
    Some(format!(
        "epoch {}: {} is {}, the postings say {}",
        row.epoch, wrong.0, wrong.1, wrong.2
    ))
}

/// The first thing on which the rows and the postings disagree.
fn first_disagreement(epochs: &[EpochRow], postings: &[PostingRow]) -> Option<String> {
    let rebuilt = match rebuild(postings) {
        Ok(rebuilt) => rebuilt,
        Err(fault) => return Some(fault),
    };
    if rebuilt.len() != epochs.len() {
        return Some(format!(
            "{} epochs, the postings close {}",
            epochs.len(),
            rebuilt.len()
        ));
    }
    epochs
        .iter()
        .zip(&rebuilt)
        .find_map(|(row, of)| disagreement(row, of))
}

/// A network in which everything happens to money that can: slashes of each kind and their release, dealing with oneself,
/// exits, entries, top-ups, unbonding.
fn eventful() -> Told {
    eventful_with(&[])
}

fn eventful_with(more: &[&str]) -> Told {
    let changes: &[&str] = &[
        "horizon=60 d",
        "behaviour.lazy=20 %",
        "behaviour.self_dealing=15 %",
        "verification.challenge_rate=40 %",
        "jobs.fault_share=10 %",
        "protocol.ladder.downtime_allowance.individual=15 %",
        "protocol.ladder.downtime_allowance.edge=2 %",
        "protocol.ladder.downtime_allowance.datacentre=1 %",
        "market.volatility=200 %",
        "entry.margin_window=5 d",
        "entry.patience=10 d",
        "entry.candidates_per_month=2000",
        "entry.lead_time=3 d",
        "entry.return_required=0 %",
        "protocol.bond.unbonding_epochs=5",
        "protocol.slash_release.hold_epochs=3",
    ];
    told(
        &minimal(&[changes, more]),
        Told {
            with_postings: true,
            ..Told::default()
        },
    )
    .1
}

#[test]
fn the_postings_say_as_much_where_pay_is_shared_held_back_and_pays_for_slashes() {
    let told = eventful_with(&[
        "protocol.vesting.share=75 %",
        "protocol.vesting.covers=rewards_and_jobs",
        "protocol.vesting.epochs=20",
        "protocol.vesting.liability=slashes",
        "protocol.fees.sharing=as_rewards",
    ]);
    assert_eq!(first_disagreement(&told.epochs, &told.postings), None);
    let reasons: BTreeSet<_> = told.postings.iter().map(|row| row.reason).collect();
    for reason in [
        "reward_hold",
        "job_hold",
        "job_delegators",
        "vesting_release",
        "slash_vesting",
    ] {
        assert!(reasons.contains(reason), "no {reason} in {reasons:?}");
    }
}

#[test]
fn the_postings_alone_say_what_every_epoch_minted_burned_paid_and_slashed() {
    let told = eventful();
    assert_eq!(first_disagreement(&told.epochs, &told.postings), None);
    // The test is about nothing where nothing happened.
    let sum = |of: fn(&EpochRow) -> u64| told.epochs.iter().map(of).sum::<u64>();
    let happened = [
        sum(|row| row.slashed_downtime_base_units),
        sum(|row| row.slashed_failed_job_base_units),
        sum(|row| row.slashed_malicious_base_units),
        sum(|row| u64::from(row.exits)),
        sum(|row| u64::from(row.entries)),
        sum(|row| row.burned_base_units),
    ];
    assert!(happened.iter().all(|&amount| amount > 0), "{happened:?}");
    let reasons: BTreeSet<_> = told.postings.iter().map(|row| row.reason).collect();
    for reason in [
        "unbond",
        "mature",
        "withdraw",
        "slash_unbonding",
        "slash_release",
        "reward_forfeit",
        "escrow_refund",
    ] {
        let is_there = reasons.contains(reason)
            || reason == "slash_release" && reasons.contains("slash_insurance");
        assert!(is_there, "no {reason} in {reasons:?}");
    }
}

#[test]
fn each_asset_is_conserved_on_its_own() {
    let told = eventful();
    for epoch in rebuild(&told.postings).unwrap() {
        let mut totals: BTreeMap<&str, i128> = BTreeMap::new();
        for ((asset, _, _), amount) in &epoch.balances {
            *totals.entry(asset).or_default() += amount;
        }
        assert!(
            totals.contains_key("native") && totals.values().all(|&total| total == 0),
            "{totals:?}"
        );
    }
}

/// The kind under which an account of the postings is counted.
fn kind(account: &'static str) -> &'static str {
    match account {
        "self_bond" | "delegated" => "staked",
        account => account,
    }
}

#[test]
fn the_flows_of_a_run_are_its_postings_summed_by_reason_and_kinds_of_account() {
    let told = eventful();
    type Route = (&'static str, &'static str, &'static str, &'static str);
    let mut posted: BTreeMap<Route, u64> = BTreeMap::new();
    for row in &told.postings {
        let route = (row.asset, row.reason, kind(row.from), kind(row.to));
        *posted.entry(route).or_default() += row.amount_base_units;
    }
    let rows = told.flows.iter();
    let flows: BTreeMap<Route, u64> = rows
        .map(|row| {
            (
                (row.asset, row.reason, row.from, row.to),
                row.amount_base_units,
            )
        })
        .collect();
    assert_eq!(flows.len(), told.flows.len(), "each route has one row");
    assert_eq!(flows, posted);
}

#[test]
fn what_a_kind_of_account_opened_with_and_got_is_what_it_paid_and_holds() {
    let told = eventful();
    let sum = |of: fn(&BalanceRow) -> u64| -> u128 {
        told.balances.iter().map(|row| u128::from(of(row))).sum()
    };
    let last = rebuild(&told.postings).unwrap().pop().unwrap();
    for row in &told.balances {
        let (opening, closing) = (row.opening_base_units, row.closing_base_units);
        assert_eq!(
            u128::from(opening) + u128::from(row.in_base_units),
            u128::from(row.out_base_units) + u128::from(closing),
            "{row:?}"
        );
        let accounts = last.balances.iter();
        let held: i128 = accounts
            .filter(|((asset, name, _), _)| (*asset, kind(name)) == (row.asset, row.account))
            .map(|(_, amount)| amount)
            .sum();
        assert_eq!(i128::from(closing), i128::from(opening) + held, "{row:?}");
    }
    assert_eq!(
        sum(|row| row.opening_base_units),
        sum(|row| row.closing_base_units)
    );
    assert_eq!(sum(|row| row.in_base_units), sum(|row| row.out_base_units));
    assert!(told.balances.len() > 8);
}

#[test]
fn slashes_by_provider_are_those_of_the_violations() {
    let told = eventful();
    let mut posted: BTreeMap<(u32, u32), [u64; 3]> = BTreeMap::new();
    for row in told
        .postings
        .iter()
        .filter(|row| row.reason.starts_with("slash") && row.to == "slash_escrow")
    {
        let place = ["self_bond", "delegated", "unbonding"]
            .iter()
            .position(|name| *name == row.from);
        let place = place.unwrap_or_else(|| panic!("slashed from {}", row.from));
        posted.entry((row.epoch, row.from_id)).or_default()[place] += row.amount_base_units;
    }
    let mut judged: BTreeMap<(u32, u32), [u64; 3]> = BTreeMap::new();
    for row in &told.violations {
        let parts = [
            row.slashed_self_base_units,
            row.slashed_delegated_base_units,
            row.slashed_unbonding_base_units,
        ];
        let sums = judged.entry((row.epoch, row.provider)).or_default();
        sums.iter_mut()
            .zip(parts)
            .for_each(|(sum, part)| *sum += part);
    }
    judged.retain(|_, parts| *parts != [0; 3]);
    assert!(
        posted.len() > 10 && posted == judged,
        "{} provider-epochs slashed, {} judged",
        posted.len(),
        judged.len()
    );
}

#[test]
fn a_posting_that_is_missing_doubled_or_changed_is_noticed() {
    let told = eventful();
    let reasons = [
        "emission",
        "fee_burn",
        "job_provider",
        "slash",
        "slash_insurance",
        "bond",
        "delegate",
        "reward_claim",
    ];
    for reason in reasons {
        let at = told
            .postings
            .iter()
            .rposition(|row| row.reason == reason && row.epoch < 50)
            .unwrap();
        let faults: [fn(&mut Vec<PostingRow>, usize); 3] = [
            |rows, at| {
                rows.remove(at);
            },
            |rows, at| rows.insert(at, rows[at].clone()),
            |rows, at| rows[at].amount_base_units += 1,
        ];
        for plant in faults {
            let mut postings = told.postings.clone();
            plant(&mut postings, at);
            assert!(
                first_disagreement(&told.epochs, &postings).is_some(),
                "a planted fault in {reason} went unnoticed"
            );
        }
    }
}
