//! `[commitment]`, `[users]`, and of `[protocol]` what binds, waits, multiplies a weight or prices a job.

use super::Direction::{Along, Down, Either, Up};
use super::preset::*;
use super::protocol::{BONDS_ALONE, BOTH_SIZES};
use super::{Effect, Preset, effect, idle};

/// Everybody would rather leave.
const BOUND: Preset = Preset { name: "losses from the start, nobody new", set: &["entry.margin_required=50 USD/d", "entry.candidates_per_month=0"] };

/// Suspensions end what tenure has grown.
const TENURE: Preset = Preset { name: "tenure by the day", set: &["protocol.tenure.step_epochs=1", "protocol.tenure.bonus_per_step=5 %", "protocol.tenure.cap=100 %"] };

const BELOW_TARGET: Preset = Preset {
    name: "a network below its target size",
    set: &["protocol.growth.target_gpus=1000000", "protocol.scaling.growth.gain=1", "protocol.scaling.growth.step_max=0.001", "protocol.scaling.product_cap=10"],
};

/// A growth factor that is at its cap at once.
const AT_CAP: Preset = only!("protocol.scaling.growth.step_max=1");

const EXODUS: Preset = Preset { name: "delegators withdraw", set: &["delegation.yield_required=1000 %", "delegation.step=20 %"] };

const QUEUE: Preset = Preset { name: "a queue at the exit", set: &["protocol.bond.unbonding=queue", "protocol.bond.unbonding_epochs=2", "protocol.bond.churn_max=0.2 %", "protocol.bond.churn_floor=1 token"] };

const DISCOUNTS: Preset = Preset { name: "discounts for stake", set: &["protocol.users.discounts.tier_1=2 %", "protocol.users.discounts.tier_2=5 %", "protocol.users.discounts.tier_3=8 %"] };

const USERS: Preset = only!("users.customers=1000");

/// The other tiers are out of reach.
const FIRST_TIER: Preset = Preset { name: "the first tier alone", set: &["protocol.users.thresholds.tier_2=100000000 token", "protocol.users.thresholds.tier_3=100000000 token"] };

/// So many that most spend too little for the third tier.
const MEDIUM: Preset = only!("users.customers=20000");

const FEWER_STAKE: &str = "fewer customers save what a higher stake would yield";

const CLAIMS: Preset = Preset { name: "many claims", set: &["jobs.fault_share=20 %", "jobs.loss_claimed=1000 %", "protocol.insurance.claim_max=1 %"] };

const SMALL_CLAIMS: Preset = Preset { name: "claims that the pool can pay", set: &["jobs.fault_share=5 %", "jobs.loss_claimed=100 %", "protocol.insurance.claim_max=100 %"] };

const PRIORITIES: Preset = only!("jobs.higher_priority=50 %");

const LOSES_TENURE: &str = "who is down less is suspended less and keeps its tenure";

const DEARER: &str = "a factor of the price of jobs to which demand does not answer";

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["commitment.monthly", "commitment.annual"], &[("commitment.bound_share", Up)], "its definition").to(&["50 %"]),
    effect(&["protocol.commitment.multiplier.monthly"], &[("commitment.return", Up)], "a committed provider weighs more").with(&[EQUALS, NOBODY_LEAVES, only!("commitment.monthly=50 %")]).to(&["2"]),
    effect(&["protocol.commitment.multiplier.annual"], &[("commitment.return", Up)], "a committed provider weighs more").with(&[EQUALS, NOBODY_LEAVES, only!("commitment.annual=50 %")]).to(&["2"]),
    effect(&["protocol.commitment.epochs.monthly"], &[("capacity.gpus_up", Up)], "who is bound leaves later").with(&[QUICK_ENTRY, BOUND, only!("commitment.monthly=100 %")]).to(&["6"]),
    effect(&["protocol.commitment.epochs.annual"], &[("capacity.gpus_up", Up)], "who is bound leaves later").with(&[QUICK_ENTRY, BOUND, only!("commitment.annual=100 %")]).to(&["6"]),
    effect(&["protocol.tenure.bonus_per_step"], &[("rewards.uptime_premium", Up)], LOSES_TENURE).with(&[EQUALS, SEVERE, TENURE, only!("protocol.tenure.bonus_per_step=0 %")]).to(&["5 %"]),
    effect(&["protocol.tenure.cap"], &[("rewards.uptime_premium", Up)], LOSES_TENURE).with(&[EQUALS, SEVERE, TENURE]),
    effect(&["protocol.tenure.step_epochs"], &[("rewards.uptime_premium", Either("longer steps are fewer, but a break then costs the same weight for longer"))], LOSES_TENURE).with(&[EQUALS, SEVERE, TENURE]),
    effect(&["protocol.growth.epochs"], &[("treasury.end", Down)], "what newcomers share in does not go to the treasury").to(&["30"]),
    effect(&["protocol.growth.target_gpus"], &[("emission.minted", Up)], "the more GPUs are missing, the larger the budget").with(&[BELOW_TARGET, AT_CAP, only!("protocol.growth.target_gpus=20000"), only!("protocol.scaling.growth.cap=10")]),
    effect(&["protocol.scaling.growth.gain"], &[("emission.minted", Up)], "a network below its target gets more").with(&[BELOW_TARGET, AT_CAP, only!("protocol.scaling.growth.gain=0.05")]),
    effect(&["protocol.scaling.growth.cap"], &[("emission.minted", Up)], "the budget rises further").with(&[BELOW_TARGET, AT_CAP]),
    effect(&["protocol.scaling.growth.step_max"], &[("emission.minted", Up)], "the budget rises faster").with(&[BELOW_TARGET]),
    idle(&["protocol.scaling.growth.floor"], "the smallest growth factor", "the factor follows a missing share of GPUs, which is never negative, and so never falls below one"),

    effect(&["protocol.market_share.rule"], &[("gini.rewards", Along(&["damping", "none", "bonus"]))], "a bonus favours the large, damping the small").with(&[BOTH_SIZES, only!("protocol.market_share.gain=100 %"), only!("protocol.market_share.cap=100 %"), only!("protocol.market_share.above=0.5 %")]),
    effect(&["protocol.market_share.gain", "protocol.market_share.cap"], &[("gini.rewards", Up)], "the large get more of a larger bonus").with(&[BOTH_SIZES, only!("protocol.market_share.rule=bonus")]),
    effect(&["protocol.market_share.above"], &[("gini.rewards", Up)], "the later damping begins, the more the large keep").with(&[BOTH_SIZES, only!("protocol.market_share.rule=damping")]).to(&["0.5 %"]),

    effect(&["protocol.bond.unit"], &[("staked_ratio.max", Along(&["native", "usd"]))], "bonds in dollars are topped up when the coin falls").with(&[VOLATILE, BONDS_ALONE, only!("protocol.bond.price_ema_epochs=1")]),
    effect(&["protocol.bond.asset"], &[("stake.worth_kept", Along(&["native", "stable"])), ("supply.net_sales_share", Along(&["native", "stable"]))], "a falling coin takes nothing from dollars, and nobody buys coins to bond them")
        .with(&[only!("market.crash.at=10 d"), only!("market.crash.fall=70 %")]),
    effect(&["protocol.bond.unbonding"], &[("supply.unbonding_share", Along(&["fixed_delay", "queue"]))], "who queues waits longer").with(&[EXODUS, QUEUE]),
    effect(&["protocol.bond.churn_max"], &[("supply.unbonding_share", Down), ("unbonding.matured_share_max", Up)], "a faster queue is a shorter one").with(&[EXODUS, QUEUE]),
    effect(&["protocol.bond.churn_floor"], &[("supply.unbonding_share", Down), ("unbonding.matured_share_max", Up)], "a faster queue is a shorter one").with(&[EXODUS, QUEUE, only!("protocol.bond.churn_max=0 %"), only!("protocol.bond.churn_floor=100000 token")]),
    effect(&["protocol.bond.entries_max"], &[("staked_ratio.mean", Down)], "who may have more entries can withdraw more often").with(&[EXODUS]).to(&["1"]),
    effect(&["protocol.bond.redelegations_max"], &[("delegation.redelegated", Up)], "fewer moves are refused").with(&[PENALTIES, only!("delegation.redelegate=50 %"), only!("delegation.delegators=1"), only!("fleet.providers=20")]).to(&["1"]),
    idle(&["protocol.bond.commission_step_max"], "how fast a commission may change", "no simulated provider changes its commission"),
    effect(&["protocol.bond.unbonding_epochs_by_role.compute"], &[("supply.unbonding_share", Up)], "coins stay in the queue longer").with(&[EXODUS, only!("protocol.bond.unbonding_epochs_by_role.compute=14")]),

    effect(&["users.customers"], &[("users.rebate_share", Up)], "without accounts of their own nobody stakes").with(&[DISCOUNTS]).to(&["1000"]),
    effect(&["users.share"], &[("users.rebate_share", Up)], "more jobs of those who stake").with(&[DISCOUNTS, USERS]),
    effect(&["users.yield_required"], &[("users.staked_share", Down)], "whose coins could earn more stakes fewer").with(&[DISCOUNTS, USERS]),
    effect(&["protocol.users.thresholds.tier_1"], &[("users.rebate_share", Down)], FEWER_STAKE).with(&[DISCOUNTS, MEDIUM, FIRST_TIER]).to(&["8000 token"]),
    effect(&["protocol.users.thresholds.tier_2"], &[("users.rebate_share", Down)], FEWER_STAKE).with(&[DISCOUNTS, MEDIUM]),
    effect(&["protocol.users.thresholds.tier_3"], &[("users.rebate_share", Down)], FEWER_STAKE).with(&[DISCOUNTS, USERS]),
    effect(&["protocol.users.discounts.tier_1"], &[("users.rebate_share", Up)], "its definition").with(&[DISCOUNTS, MEDIUM, FIRST_TIER]).to(&["4 %"]),
    effect(&["protocol.users.discounts.tier_2"], &[("users.rebate_share", Up)], "its definition").with(&[DISCOUNTS, MEDIUM]).to(&["7 %"]),
    effect(&["protocol.users.discounts.tier_3"], &[("users.rebate_share", Up)], "its definition").with(&[DISCOUNTS, USERS]).to(&["12 %"]),
    idle(&["protocol.users.history_epochs"], "how far back stake stays readable for votes", "no vote looks back further than the shortest history that is usual; without votes nobody looks back at all"),

    effect(&["jobs.loss_claimed"], &[("insurance.paid", Up)], "the pool pays what is claimed").with(&[only!("jobs.fault_share=20 %")]).to(&["100 %"]),
    effect(&["protocol.insurance.cover"], &[("insurance.covered_share", Up)], "its definition").with(&[SMALL_CLAIMS]).to(&["10 %"]),
    effect(&["protocol.insurance.claim_max"], &[("insurance.covered_share", Up)], "a claim may take more of the pool").with(&[CLAIMS]).to(&["0.01 %"]),

    effect(&["protocol.valuation.hour.*"], &[("fees.usd", Up)], DEARER).with(&[NO_GANGS, only!("jobs.trace_scale=100"), only!("jobs.elasticity=0")]),
    effect(&["protocol.valuation.region.*"], &[("fees.usd", Up)], DEARER),
    effect(&["protocol.valuation.priority.*"], &[("fees.usd", Up)], DEARER).with(&[PRIORITIES]),
    effect(&["jobs.higher_priority"], &[("fees.usd", Up)], "dearer jobs").with(&[only!("protocol.valuation.priority.p1=2"), only!("protocol.valuation.priority.p2=3"), only!("protocol.valuation.priority.p3=4")]).to(&["50 %"]),
];
