//! A made-up run with plausible numbers: a year of 600 providers from small arithmetic, the same on every call.

use std::collections::BTreeMap;

use experiment::results::{
    Better, Changed, DataFile, Manifest, MetricValue, RESULT_SCHEMA, RunResult,
};
use world::rows::{
    BalanceRow, EpochRow, FlowRow, KindRow, ProposalRow, ProviderRow, RoleRow, StandingRow,
    VerdictRow, ViolationRow,
};

const TOKEN: f64 = 1e9;

/// The GPU kinds: name, group, GPUs up, list price in USD an hour.
const KINDS: [(&str, &str, f64, f64); 6] = [
    ("rtx_3090", "consumer", 2_200.0, 0.17),
    ("rtx_4090", "consumer", 6_700.0, 0.30),
    ("rtx_5090", "consumer", 1_450.0, 0.42),
    ("l40s", "datacentre", 1_800.0, 0.70),
    ("a100_sxm_80gb", "datacentre", 3_200.0, 1.30),
    ("h100_sxm", "datacentre", 2_000.0, 2.20),
];

/// A number in 0..1 that looks random: a multiplicative hash.
fn noise(key: u64) -> f64 {
    let mixed = (key + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 32)) >> 11) as f64 / (1u64 << 53) as f64
}

/// A smooth wave in -1..1 with the given period.
fn wave(epoch: u32, period: u32) -> f64 {
    let phase = f64::from(epoch % period) / f64::from(period) * 4.0;
    if phase < 2.0 {
        1.0 - (phase - 1.0) * (phase - 1.0)
    } else {
        (phase - 3.0) * (phase - 3.0) - 1.0
    }
}

fn units(tokens: f64) -> u64 {
    (tokens * TOKEN) as u64
}

/// A run of `epochs` epochs.
pub fn run(epochs: u32) -> RunResult {
    RunResult {
        manifest: manifest(epochs),
        epochs: (0..epochs).map(epoch_row).collect(),
        kinds: (0..epochs).flat_map(kind_rows).collect(),
        providers: (0..600).map(provider_row).collect(),
        violations: (0..120).map(violation_row).collect(),
        standings: (0..epochs).map(standing_row).collect(),
        contributions: Vec::new(),
        proposals: (0..epochs / 14).map(proposal_row).collect(),
        roles: (0..30).map(role_row).collect(),
        verdicts: (0..400).map(verdict_row).collect(),
        flows: flow_rows(epochs),
        balances: balance_rows(&flow_rows(epochs)),
        metrics: metrics(),
    }
}

fn role_row(number: u32) -> RoleRow {
    let role = ["verifier", "operator", "storage"][number as usize % 3];
    let is_lazy = role == "verifier" && number.is_multiple_of(9);
    let rewards_usd = 300.0 + 90.0 * noise(u64::from(number));
    RoleRow {
        provider: 5_000 + number,
        role,
        behaviour: if is_lazy { "lazy" } else { "honest" },
        standing: "active",
        exited_epoch: None,
        availability: 0.98,
        asked: 900,
        missed: 18,
        false_verdicts: if is_lazy { 40 } else { 0 },
        hardware_usd: 1_800.0,
        bond_usd: 216.0,
        fees_usd: if role == "verifier" { 240.0 } else { 0.0 },
        finds_usd: if is_lazy { 0.0 } else { 12.0 },
        rewards_usd,
        power_usd: 130.0,
        other_usd: 44.0,
        depreciation_usd: 200.0,
        slashed_usd: if is_lazy { 190.0 } else { 0.0 },
        net_usd: rewards_usd - 374.0,
        return_per_year: Some((rewards_usd - 374.0) / 2_016.0),
        warnings: 0,
        slashes: 0,
    }
}

fn epoch_row(epoch: u32) -> EpochRow {
    let e = f64::from(epoch);
    let key = u64::from(epoch) * 8;
    let ceiling = 100_000.0 * (1.0 - 0.000_475 * e + 0.000_000_1 * e * e);
    let product = 0.95 + 0.07 * wave(epoch, 160);
    let minted = ceiling * product.min(1.0);
    let fees = 610_000.0 + 60_000.0 * wave(epoch, 120) + 90_000.0 * (noise(key) - 0.5);
    let burned = fees * 0.05 + 40.0;
    let price =
        0.30 + 0.06 * wave(epoch, 210) + 0.02 * (noise(key / 40) - 0.5) + 0.004 * noise(key + 1);
    let supply = 740e6 + e * 62_000.0;
    let circulating = 300e6 + e * 48_000.0;
    let (bonded, delegated) = (31e6 + e * 9_000.0, 84e6 + e * 21_000.0);
    let (down, failed, bad) = (
        400.0 + 300.0 * noise(key + 2),
        90.0 * noise(key + 3),
        if epoch % 9 == 4 { 2_600.0 } else { 0.0 },
    );
    EpochRow {
        epoch,
        supply_base_units: units(supply),
        circulating_base_units: units(circulating),
        emission_ceiling_base_units: units(ceiling),
        minted_base_units: units(minted),
        burned_base_units: units(burned),
        minted_performance_base_units: units(minted * 0.6),
        minted_treasury_base_units: units(minted * 0.30),
        claimed_base_units: units(minted * 0.55),
        fees_base_units: units(fees),
        fees_provider_base_units: units(fees * 0.8),
        rebates_base_units: 0,
        committed_base_units: 0,
        user_stake_base_units: 0,
        redelegated_base_units: 0,
        matured_base_units: 0,
        insurance_claimed_base_units: 0,
        insurance_paid_base_units: 0,
        slashed_downtime_base_units: units(down),
        slashed_failed_job_base_units: units(failed),
        slashed_malicious_base_units: units(bad),
        slashed_honest_base_units: units((down + failed) * 0.4),
        slash_escrow_base_units: units(20_000.0 + 9_000.0 * wave(epoch, 60)),
        bonded_base_units: units(bonded),
        unbonding_base_units: units(1_000_000.0),
        market_base_units: units(90_000_000.0),
        delegated_base_units: units(delegated),
        treasury_base_units: units(150e6 + e * 65_000.0),
        insurance_base_units: units(e * 18_000.0),
        staked_ratio: (bonded + delegated) / circulating,
        token_price_usd: price,
        token_price_smoothed_usd: 0.30 + 0.05 * wave((epoch + 195) % 210, 210),
        factor_demand: 1.0 + 0.04 * wave(epoch, 140),
        factor_market: (1.0 + 0.12 * wave(epoch, 210)).min(1.08),
        factor_staked: 1.01 - 0.01 * e / 365.0,
        factor_product: product,
        fee_to_emission: fees * 0.2 / minted,
        providers_individual: 4_600 + epoch / 3 - (epoch * epoch) / 900,
        providers_edge: 380 + epoch / 12,
        providers_datacentre: 20 + epoch / 90,
        entries: (3.0 * noise(key + 4)) as u32,
        exits: (2.6 * noise(key + 5)) as u32,
        warnings: (9.0 * noise(key + 6)) as u32,
        penalties: (3.0 * noise(key + 7)) as u32,
        severe: u32::from(epoch % 9 == 4),
        jobs_submitted: 9_000 + (800.0 * wave(epoch, 7)) as u32,
        jobs_started: 8_950 + (700.0 * wave(epoch, 7)) as u32,
        jobs_finished: 8_950 + (700.0 * wave(epoch, 7)) as u32,
        jobs_interrupted: (140.0 + 60.0 * noise(key + 2)) as u32,
        jobs_abandoned: (4.0 * noise(key + 6)) as u32,
        jobs_waiting: (300.0 + 250.0 * wave(epoch, 45)) as u32,
        wait_mean_h: 0.9 + 0.7 * wave(epoch, 45) * noise(key + 3) + 0.2 * noise(key),
        wait_max_h: 12.0 + 50.0 * noise(key + 1) * noise(key + 2),
        goodput: 0.91 + 0.03 * wave(epoch, 90) + 0.02 * noise(key + 5),
        held_gpu_h: 271_000.0,
        lost_gpu_h: 3_100.0,
        fees_usd: fees * price,
        minted_usd: minted * price,
        slashed_other_base_units: units(if epoch % 40 == 7 { 90.0 } else { 0.0 }),
        incidents: u32::from(epoch % 40 == 7),
        appeals: u32::from(epoch % 40 == 7),
        appeals_upheld: u32::from(epoch % 80 == 10),
        returned_base_units: units(if epoch % 80 == 10 { 90.0 } else { 0.0 }),
        grants_base_units: 0,
        is_breaker_tripped: epoch == 200,
        is_fee_cut: false,
        are_grants_paused: false,
        is_insurance_first: false,
        is_inflation_capped: false,
        is_trading_halted: false,
        staked_usd: (bonded + delegated) * price,
        bought_base_units: units(fees),
        sold_base_units: units(fees * 0.8 + minted * 0.5),
        weight_monthly_share: 0.0,
        weight_annual_share: 0.0,
        users_tier_1: 0,
        users_tier_2: 0,
        users_tier_3: 0,
        unbonding_waiting_base_units: 0,
        unbonding_wait_epochs: 0,
        insurance_in_base_units: units(18_000.0),
    }
}

fn standing_row(epoch: u32) -> StandingRow {
    let key = u64::from(epoch) * 4;
    StandingRow {
        epoch,
        registered: 0,
        active: 570 + (20.0 * noise(key)) as u32,
        recovering: (6.0 * noise(key + 1)) as u32,
        suspended: (4.0 * noise(key + 2)) as u32,
        jailed: 2 + epoch / 200,
        awaiting_review: 0,
        tombstoned: epoch / 60,
        exited: epoch / 30,
        appealing: 0,
    }
}

fn proposal_row(number: u32) -> ProposalRow {
    let weight = |part: u64| units(900.0 * noise(u64::from(number) * 8 + part));
    ProposalRow {
        proposal: number,
        opened_epoch: number * 14 + 7,
        tallied_epoch: Some(number * 14 + 14),
        action: "set",
        parameter: "price.gain",
        yes_weight: weight(0),
        no_weight: weight(1) / 3,
        abstain_weight: weight(2) / 9,
        veto_weight: weight(3) / 9,
        ballots: 30 + number,
        turnout: 0.3 + 0.4 * noise(u64::from(number)),
        deciders: 3 + number % 4,
        status: ["executed", "rejected", "no_quorum", "executed"][number as usize % 4],
    }
}

fn kind_rows(epoch: u32) -> Vec<KindRow> {
    let row =
        |(index, &(kind, group, up, price)): (usize, &(&'static str, &'static str, f64, f64))| {
            let is_consumer = group == "consumer";
            let multiplier = if is_consumer {
                1.0 + 0.2 * wave(epoch, 150)
            } else {
                1.1 + 0.15 * wave(epoch, 220)
            };
            KindRow {
                epoch,
                kind,
                group,
                up_gpus: up * (1.0 + 0.0004 * f64::from(epoch))
                    + 40.0 * noise(u64::from(epoch) * 6 + index as u64),
                utilisation: 0.62
                    + 0.09 * wave(epoch, if is_consumer { 110 } else { 170 })
                    + 0.02 * index as f64 / 6.0
                    + 0.03 * (noise(u64::from(epoch) * 11) - 0.5),
                price_multiplier: multiplier,
                price_usd_per_gpu_h: price * multiplier,
                factor_scarcity: 1.0
                    + 0.04 * (index as f64 - 2.5) * f64::from(epoch.min(120)) / 120.0,
                demand_factor: 1.0 / multiplier,
            }
        };
    KINDS.iter().enumerate().map(row).collect()
}

fn provider_row(number: u32) -> ProviderRow {
    let key = u64::from(number) * 16;
    let class = if number.is_multiple_of(25) {
        "datacentre"
    } else if number % 5 == 1 {
        "edge"
    } else {
        "individual"
    };
    let (gpus, kinds) = match class {
        "datacentre" => (100 + number, [4, 5]),
        "edge" => (10 + number % 30, [1, 3]),
        _ => (1 + number % 4, [1, (number % 3) as usize]),
    };
    let (kind, _, _, price) = KINDS[kinds[(number as usize / 2) % 2]];
    let hardware = f64::from(gpus) * price * 6_000.0;
    let spread = noise(key) + noise(key + 1) + noise(key + 2) - 1.5;
    let return_per_year = 0.12 + 0.22 * spread;
    let revenue = hardware * (0.6 + 0.4 * return_per_year);
    let has_left = number % 17 == 3;
    ProviderRow {
        provider: number,
        class,
        ordinal: number,
        region: ["north_america", "europe", "asia"][(number % 3) as usize],
        kind,
        behaviour: if number % 97 == 5 { "lazy" } else { "honest" },
        commitment: "flexible",
        gpus,
        standing: if has_left { "Exited" } else { "Active" },
        entered_epoch: if number.is_multiple_of(11) { 60 } else { 0 },
        exited_epoch: has_left.then_some(200),
        availability: 0.85 + 0.14 * noise(key + 3),
        utilisation: 0.5 + 0.3 * noise(key + 4),
        held_gpu_h: f64::from(gpus) * 4_800.0,
        power_price_usd_per_kwh: 0.10 + 0.12 * noise(key + 5),
        hardware_usd: hardware,
        bond_usd: hardware * 0.12,
        revenue_usd: revenue,
        rewards_usd: revenue * 0.07,
        power_usd: hardware * 0.18,
        other_usd: hardware * 0.02,
        depreciation_usd: hardware * 0.25,
        slashed_usd: if number.is_multiple_of(23) {
            hardware * 0.001
        } else {
            0.0
        },
        net_usd: hardware * 1.12 * return_per_year,
        return_per_year: (number % 40 != 7).then_some(return_per_year),
        payback_years: (return_per_year > -0.2).then_some(1.0 / (return_per_year + 0.25)),
        jobs_settled: 600,
        jobs_failed: 2,
        warnings: number % 3,
        slashes: u32::from(number.is_multiple_of(23)),
        self_deal_cost_usd: 0.0,
        bonded_base_units: (hardware * 0.4 * 1e9) as u64,
        delegated_base_units: 0,
        reward_weight: hardware,
    }
}

fn violation_row(number: u32) -> ViolationRow {
    let is_bad = number.is_multiple_of(13);
    ViolationRow {
        epoch: number * 3,
        provider: number * 5 % 600,
        class: if number % 5 == 1 {
            "edge"
        } else {
            "individual"
        },
        behaviour: if is_bad { "lazy" } else { "honest" },
        violation: if is_bad {
            "malicious_result"
        } else if number.is_multiple_of(4) {
            "failed_jobs"
        } else {
            "downtime"
        },
        rung: if is_bad {
            "severe"
        } else if number.is_multiple_of(3) {
            "penalty"
        } else {
            "warning"
        },
        slashed_self_base_units: if is_bad || number.is_multiple_of(3) {
            units(210.0)
        } else {
            0
        },
        slashed_delegated_base_units: 0,
        slashed_unbonding_base_units: 0,
        cause: u64::from(number) * 1_000,
    }
}

fn verdict_row(number: u32) -> VerdictRow {
    let is_lazy = number % 40 == 5;
    VerdictRow {
        epoch: number,
        provider: number,
        behaviour: if is_lazy { "lazy" } else { "honest" },
        first_failed: is_lazy || number == 77,
        confirmed: is_lazy,
        decided_s: u64::from(number) * 86_400,
        verifier: None,
    }
}

/// What moved a day, in tokens; genesis and bonds moved once.
fn flow_rows(epochs: u32) -> Vec<FlowRow> {
    let rows = [
        ("genesis", "issuance", "liquid", 300e6),
        ("genesis", "issuance", "locked", 290e6),
        ("genesis", "issuance", "treasury", 150e6),
        ("bond", "liquid", "staked", 31e6),
        ("emission", "issuance", "reward_pool", 70_000.0),
        ("emission_treasury", "issuance", "treasury", 30_000.0),
        ("escrow_open", "liquid", "job_escrow", 640_000.0),
        ("escrow_refund", "job_escrow", "liquid", 20_000.0),
        ("job_provider", "job_escrow", "liquid", 490_000.0),
        ("fee_platform", "job_escrow", "platform", 60_000.0),
        ("fee_treasury", "job_escrow", "treasury", 20_000.0),
        ("fee_insurance", "job_escrow", "insurance", 18_000.0),
        ("fee_burn", "job_escrow", "issuance", 30_000.0),
        ("reward_claim", "reward_pool", "liquid", 25_000.0),
        ("delegation_claim", "reward_pool", "liquid", 40_000.0),
        ("slash", "staked", "slash_escrow", 500.0),
        ("slash_compensation", "slash_escrow", "liquid", 60.0),
        ("slash_insurance", "slash_escrow", "insurance", 200.0),
        ("slash_burn", "slash_escrow", "issuance", 120.0),
        ("slash_reporter", "slash_escrow", "liquid", 20.0),
        ("trade", "liquid", "liquid", 1_000_000.0),
    ];
    let row = |(reason, from, to, tokens): (&'static str, &'static str, &'static str, f64)| {
        let times = if matches!(reason, "genesis" | "bond") {
            1.0
        } else {
            f64::from(epochs)
        };
        FlowRow {
            asset: "native",
            reason,
            from,
            to,
            amount_base_units: units(tokens * times),
            amount_tokens: tokens * times,
        }
    };
    let rows = rows.into_iter().filter(|_| epochs > 0);
    rows.map(row).collect()
}

fn balance_rows(flows: &[FlowRow]) -> Vec<BalanceRow> {
    let mut sums: BTreeMap<&'static str, (u64, u64)> = BTreeMap::new();
    for row in flows {
        sums.entry(row.from).or_default().1 += row.amount_base_units;
        sums.entry(row.to).or_default().0 += row.amount_base_units;
    }
    let row = |(account, (paid_in, paid_out))| {
        let opening = if account == "issuance" { units(1e9) } else { 0 };
        BalanceRow {
            asset: "native",
            account,
            opening_base_units: opening,
            in_base_units: paid_in,
            out_base_units: paid_out,
            closing_base_units: opening + paid_in - paid_out,
            closing_tokens: (opening + paid_in - paid_out) as f64 / TOKEN,
        }
    };
    sums.into_iter().map(row).collect()
}

fn metrics() -> Vec<MetricValue> {
    let metric = |name, unit, better, value, doc| MetricValue {
        name,
        unit,
        better,
        value,
        doc,
    };
    vec![
        metric(
            "providers.return_median",
            "1/y",
            Better::Higher,
            0.118,
            "Median yearly return of providers.",
        ),
        metric(
            "providers.losing_share",
            "",
            Better::Lower,
            0.24,
            "Share of providers with a negative return.",
        ),
        metric(
            "utilisation.consumer",
            "",
            Better::Neither,
            0.642,
            "Mean utilisation of consumer cards.",
        ),
        metric(
            "utilisation.datacentre",
            "",
            Better::Neither,
            0.655,
            "Mean utilisation of data-centre cards.",
        ),
        metric(
            "staked_ratio.mean",
            "",
            Better::Neither,
            0.394,
            "Mean staked ratio.",
        ),
        metric(
            "emission.share_of_fees",
            "",
            Better::Lower,
            0.152,
            "Value minted over fees.",
        ),
        metric(
            "fees.usd",
            "USD",
            Better::Higher,
            67.4e6,
            "Job fees of the run.",
        ),
        metric(
            "controllers.clamped_share_max",
            "",
            Better::Lower,
            0.31,
            "Largest share of epochs at a clamp.",
        ),
        metric(
            "verification.lazy_detected_share",
            "",
            Better::Higher,
            f64::NAN,
            "Share of lazy providers caught.",
        ),
    ]
}

fn manifest(epochs: u32) -> Manifest {
    let data = DataFile {
        file: "philly_jobs.csv".to_owned(),
        digest: "9f31".to_owned(),
        rows: 82_247,
    };
    let changed = Changed {
        path: "verification.challenge_rate".to_owned(),
        baseline: "20 %".to_owned(),
        value: "40 %".to_owned(),
    };
    Manifest {
        name: "sample <&>".to_owned(),
        version: "0.1.0".to_owned(),
        schema: RESULT_SCHEMA,
        seed: 7,
        scenario_digest: "a1b2c3".to_owned(),
        data: BTreeMap::from([("jobs.trace_file".to_owned(), data)]),
        changed: vec![changed],
        digest: "0123456789abcdef".to_owned(),
        state_digest: "fedcba9876543210".to_owned(),
        events: 41_203_118,
        events_by_class: BTreeMap::from([
            ("job_arrival".to_owned(), 3_284_120),
            ("node_down".to_owned(), 410_200),
        ]),
        epochs,
        horizon: format!("{epochs} d"),
        wall_seconds: 12.5,
        events_per_second: 3.3e6,
        peak_memory_bytes: Some(700 << 20),
        interrupted: false,
        metrics: BTreeMap::new(),
        scenario: SCENARIO.to_owned(),
    }
}

const SCENARIO: &str = r#"
schema = 1
name = "sample"
horizon = "365 d"
[fleet]
providers = 600
[protocol]
epoch = "1 d"
[protocol.supply]
decimals = 9
[protocol.price]
target = "65 %"
band = "10 %"
[protocol.scaling]
staked_target = "40 %"
product_floor = "0.7"
product_cap = "1.25"
[protocol.scaling.market]
floor = "0.8"
cap = "1.08"
[protocol.emission]
per_epoch = "100000 token"
[protocol.fees]
provider = "80 %"
[verification]
challenge_rate = "40 %"
[jobs]
elasticity = "1"
[jobs.load]
consumer = "65 %"
datacentre = "65 %"
[market]
price = "0.3 USD/token"
volatility = "80 %"
"#;
