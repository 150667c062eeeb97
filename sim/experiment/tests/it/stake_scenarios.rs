//! The scenarios about stake beyond the minimum load, run audited, and what they are about really happens in them.

use stakesim_experiment::scenario::Scenario;

use crate::stage::{QUIET, Told, scenario, told};

/// A short run of a scenario on a small fleet, with postings.
fn run(scenario: &Scenario) -> Told {
    let observer = Told {
        with_postings: true,
        ..Told::default()
    };
    told(scenario, observer).1
}

fn small(name: &str, changes: &[&str]) -> Scenario {
    scenario(name, &[&["fleet.providers=100", "horizon=40 d"], changes])
}

/// Coins that moved for a reason.
fn moved(told: &Told, reason: &str) -> u64 {
    let rows = told.postings.iter().filter(|row| row.reason == reason);
    rows.map(|row| row.amount_base_units).sum()
}

#[test]
fn committed_providers_are_bound_again_and_again_and_share_a_category_of_emission() {
    let told = run(&small("commitment.toml", &[]));
    let bound: Vec<f64> = told
        .epochs
        .iter()
        .map(|row| row.committed_base_units as f64 / row.bonded_base_units as f64)
        .collect();
    // Monthly ones end in epoch 30 and commit again at once.
    assert!(bound.iter().all(|share| *share > 0.2), "{bound:?}");
    for tier in ["flexible", "monthly", "annual"] {
        assert!(told.providers.iter().any(|row| row.commitment == tier));
    }
    let plain = run(&small(
        "commitment.toml",
        &["commitment.monthly=0 %", "commitment.annual=0 %"],
    ));
    let to_treasury = |told: &Told| told.epochs[0].minted_treasury_base_units;
    assert!(to_treasury(&told) < to_treasury(&plain));
    assert!(plain.epochs.iter().all(|row| row.committed_base_units == 0));
}

#[test]
fn a_committed_provider_outlasts_a_flexible_one_that_loses_as_much() {
    let loses = [
        "entry.margin_required=50 USD/d",
        "entry.margin_window=5 d",
        "entry.patience=5 d",
        "entry.candidates_per_month=0",
    ];
    let told = run(&small("commitment.toml", &loses));
    let left = |tier: &str| {
        let rows = told
            .providers
            .iter()
            .filter(move |row| row.commitment == tier);
        rows.filter_map(|row| row.exited_epoch).collect::<Vec<_>>()
    };
    assert!(left("flexible").iter().all(|epoch| *epoch < 30));
    assert!(!left("flexible").is_empty());
    assert!(!left("monthly").is_empty() && left("monthly").iter().all(|epoch| *epoch >= 29));
    assert!(left("annual").is_empty());
}

#[test]
fn customers_stake_and_their_discounts_come_out_of_fees() {
    let told = run(&small("user_stake.toml", &[]));
    let last = told.epochs.last().unwrap();
    assert!(last.user_stake_base_units > 0);
    let rebates: u64 = told.epochs.iter().map(|row| row.rebates_base_units).sum();
    let fees: u64 = told.epochs.iter().map(|row| row.fees_base_units).sum();
    let share = rebates as f64 / (rebates + fees) as f64;
    assert!((0.001..0.08).contains(&share), "{share}");
    assert!(moved(&told, "user_stake") > moved(&told, "user_unstake"));
    // What customers pay is what arrives.
    let parts = [
        "job_provider",
        "fee_platform",
        "fee_treasury",
        "fee_insurance",
        "fee_burn",
    ];
    let arrived: u64 = parts.iter().map(|part| moved(&told, part)).sum();
    assert_eq!(arrived, fees);
}

#[test]
fn customers_without_a_discount_do_not_stake_and_pay_what_one_account_pays() {
    let quiet = [
        QUIET,
        &[
            "protocol.users.discounts.tier_1=0 %",
            "protocol.users.discounts.tier_2=0 %",
            "protocol.users.discounts.tier_3=0 %",
        ],
    ]
    .concat();
    let fees = |customers: &str| {
        let changes = [&quiet[..], &[customers]].concat();
        let told = run(&small("user_stake.toml", &changes));
        assert_eq!(moved(&told, "user_stake"), 0);
        let fees = told.epochs.iter().map(|row| row.fees_base_units);
        fees.collect::<Vec<_>>()
    };
    assert_eq!(fees("users.customers=2000"), fees("users.customers=0"));
}

#[test]
fn a_queue_lets_no_more_out_than_its_limit() {
    let most = |told: &Told| {
        let shares = told.epochs.iter().map(|row| {
            let stake = row.bonded_base_units + row.delegated_base_units;
            row.matured_base_units as f64 / stake as f64
        });
        shares.fold(0.0, f64::max)
    };
    let queue = run(&small("churn_limit.toml", &[]));
    let open = run(&small(
        "churn_limit.toml",
        &["protocol.bond.unbonding=fixed_delay"],
    ));
    assert!(most(&queue) < 0.006, "{}", most(&queue));
    assert!(most(&open) > 0.05, "{}", most(&open));
    let waits = |told: &Told| told.epochs.last().unwrap().unbonding_base_units;
    assert!(waits(&queue) > waits(&open));
}

#[test]
fn the_pool_pays_what_failed_jobs_claim() {
    let told = run(&small("insurance.toml", &[]));
    let paid: u64 = told
        .epochs
        .iter()
        .map(|row| row.insurance_paid_base_units)
        .sum();
    let claimed: u64 = told
        .epochs
        .iter()
        .map(|row| row.insurance_claimed_base_units)
        .sum();
    assert!(0 < paid && paid <= claimed, "{paid} of {claimed}");
    assert_eq!(moved(&told, "insurance_payout"), paid);
    let none = run(&small("insurance.toml", &["jobs.loss_claimed=0 %"]));
    assert_eq!(moved(&none, "insurance_payout"), 0);
}

#[test]
fn delegators_turn_from_providers_that_were_slashed() {
    let slashing = [
        "protocol.ladder.downtime_allowance.individual=10 %",
        "protocol.ladder.penalty_at=1",
        "delegation.delegators=50",
    ];
    let with = |share: &str| {
        let changes = [&slashing[..], &[share]].concat();
        run(&small("commitment.toml", &changes))
    };
    let told = with("delegation.redelegate=50 %");
    let sum: u64 = told
        .epochs
        .iter()
        .map(|row| row.redelegated_base_units)
        .sum();
    assert!(sum > 0);
    // What is done after the last close stands in no row of an epoch.
    let closed = told
        .postings
        .iter()
        .filter(|row| row.reason == "redelegate" && (row.epoch as usize) < told.epochs.len());
    assert_eq!(closed.map(|row| row.amount_base_units).sum::<u64>(), sum);
    assert_eq!(moved(&with("delegation.redelegate=0 %"), "redelegate"), 0);
}

#[test]
fn an_hour_a_region_and_a_priority_price_jobs() {
    let fees = |changes: &[&str]| {
        let changes = [QUIET, &["jobs.elasticity=0"], changes].concat();
        let told = run(&small("insurance.toml", &changes));
        let fees: u64 = told.epochs.iter().map(|row| row.fees_base_units).sum();
        fees as f64
    };
    let plain = fees(&[]);
    // A quarter of the jobs come from Asia, and half of all are above the lowest priority.
    let of_region = fees(&["protocol.valuation.region.asia=2"]) / plain;
    assert!((1.05..1.6).contains(&of_region), "{of_region}");
    let of_priority = fees(&[
        "jobs.higher_priority=50 %",
        "protocol.valuation.priority.p1=2",
        "protocol.valuation.priority.p2=2",
        "protocol.valuation.priority.p3=2",
    ]);
    let of_priority = of_priority / plain;
    assert!((1.2..1.8).contains(&of_priority), "{of_priority}");
    let of_hour = fees(&["protocol.valuation.hour.h12=10"]) / plain;
    assert!((1.02..2.0).contains(&of_hour), "{of_hour}");
}

#[test]
fn bonds_in_dollars_move_dollars_and_nothing_else_does() {
    let changes = [
        "behaviour.lazy=20 %",
        "entry.margin_required=50 USD/d",
        "entry.margin_window=5 d",
        "entry.patience=5 d",
    ];
    let told = run(&small("stable_bond.toml", &changes));
    let is_of_bonds = |reason: &str| {
        let parts = ["bond", "delegate", "mature", "withdraw", "slash", "stable"];
        parts.iter().any(|part| reason.contains(part))
    };
    for row in &told.postings {
        let expected = match is_of_bonds(row.reason) {
            true => "stable",
            false => "native",
        };
        assert_eq!(row.asset, expected, "{row:?}");
    }
    for reason in ["delegate", "slash", "withdraw", "stable_redeem"] {
        assert!(moved(&told, reason) > 0, "no {reason}");
    }
    let left = moved(&told, "stable_redeem");
    assert!(left < moved(&told, "stable_deposit"));
}

#[test]
fn bonds_in_dollars_keep_their_worth_when_the_coin_falls_and_nobody_buys_coins_for_them() {
    let with = |asset: &str| run(&small("stable_bond.toml", &["market.crash.at=10 d", asset]));
    let stable = with("protocol.bond.asset=stable");
    let native = with("protocol.bond.asset=native");
    let kept = |told: &Told| {
        let worths = told.epochs.iter().map(|row| row.staked_usd);
        worths.fold(f64::INFINITY, f64::min) / told.epochs[0].staked_usd
    };
    let (in_dollars, in_coins) = (kept(&stable), kept(&native));
    assert!(
        in_dollars > 0.95 && in_coins < 0.75,
        "{in_dollars} {in_coins}"
    );
    let at_first = |told: &Told| told.epochs[0].bought_base_units;
    assert!(at_first(&stable) < at_first(&native) / 10);
}
