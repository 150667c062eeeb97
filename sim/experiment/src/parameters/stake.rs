//! `[protocol]` continued: what binds, what waits and what multiplies a weight; users, prices of a job, insurance.

use ::protocol::{Asset, BondUnit, UnbondingRule};

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    commitment(table);
    market_share(table);
    unbonding(table);
    users(table);
    valuation(table);
}

fn commitment(table: &mut Vec<Parameter>) {
    table.extend([
        live("protocol.commitment.epochs.monthly", U32(|d| &mut d.config.protocol.commitment.epochs[1]), "1..3650", "30", ASSUMPTION, "Epochs that a monthly commitment binds a provider's own bond."),
        live("protocol.commitment.epochs.annual", U32(|d| &mut d.config.protocol.commitment.epochs[2]), "1..3650", "365", ASSUMPTION, "The same for an annual one."),
        live("protocol.commitment.multiplier.monthly", Factor(|d| &mut d.config.protocol.commitment.multiplier[1]), "1..10", "1.05", "assumption: Swarm has annual above monthly above flexible, without figures", "Multiplier of weight while a monthly commitment runs."),
        live("protocol.commitment.multiplier.annual", Factor(|d| &mut d.config.protocol.commitment.multiplier[2]), "1..10", "1.2", "assumption: Swarm has annual above monthly above flexible, without figures", "The same for an annual one."),
        live("protocol.tenure.step_epochs", U32(|d| &mut d.config.protocol.tenure.step_epochs), "1..3650", "30", ASSUMPTION, "Epochs of work without a break that are one step of tenure."),
        live("protocol.tenure.bonus_per_step", Ratio(|d| &mut d.config.protocol.tenure.bonus_per_step), "0 %..100 %", "0 %", "off; Swarm names tenure without a figure", "Added to the multiplier of weight by each step."),
        live("protocol.tenure.cap", Ratio(|d| &mut d.config.protocol.tenure.cap), "0 %..100 %", "10 %", ASSUMPTION, "The most that all steps add."),
        live("protocol.growth.epochs", U32(|d| &mut d.config.protocol.growth.epochs), "0..3650", "0", "off: the treasury gets the share", "Epochs after registration in which a provider shares in the growth category."),
        live("protocol.growth.target_gpus", U64(|d| &mut d.config.protocol.growth.target_gpus), "0..1000000000", "10000", ASSUMPTION, "Active GPUs at the reference fleet below which the growth factor asks for more emission."),
        live("protocol.engagement.operator_share", Ratio(|d| &mut d.config.protocol.engagement.operator_share), "0 %..100 %", "50 %", ASSUMPTION, "Share of the engagement category for verifiers and operators; a side without participants leaves its part to the other."),
    ]);
}

fn market_share(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("protocol.market_share.rule", Choice(&["none", "bonus", "damping"], |d, at| d.market_share.rule = at), "", "none", "off; Swarm names a market-share factor without a formula", "How a provider's share of its kind changes its weight: none: not at all; bonus: more for a larger share; damping: less beyond a share."),
        fixed("protocol.market_share.gain", Ratio(|d| &mut d.market_share.gain), "0 %..100 %", "50 %", ASSUMPTION, "Bonus per unit of share under the bonus rule."),
        fixed("protocol.market_share.cap", Ratio(|d| &mut d.market_share.cap), "0 %..100 %", "10 %", ASSUMPTION, "Largest bonus."),
        fixed("protocol.market_share.above", Ratio(|d| &mut d.market_share.above), "0.01 %..100 %", "5 %", ASSUMPTION, "Share beyond which the damping rule lets a weight grow with its root only."),
    ]);
}

macro_rules! role {
    ($at:literal, $name:literal) => {
        fixed(concat!("protocol.bond.unbonding_epochs_by_role.", $name), U32(|d| &mut d.unbonding_by_role[$at]), "0..3650", "0", ASSUMPTION, "Epochs in the unbonding queue at a provider of this role; 0: as protocol.bond.unbonding_epochs.")
    };
}

fn unbonding(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("protocol.bond.unit", Choice(&["usd", "native"], |d, at| d.config.protocol.bond.unit = [BondUnit::Usd, BondUnit::Native][at]), "", "usd", ASSUMPTION, "In what the size of a bond stays the same: dollars at the smoothed price, or coins as many as they bought at the start."),
        fixed("protocol.bond.unbonding", Choice(&["fixed_delay", "queue"], |d, at| d.config.protocol.bond.unbonding = [UnbondingRule::FixedDelay, UnbondingRule::Queue][at]), "", "fixed_delay", "usual: Cosmos Hub; a queue: Ethereum", "How coins leave once their delay is over: all at once, or first come first served under a churn limit."),
        live("protocol.bond.churn_max", Ratio(|d| &mut d.config.protocol.bond.churn_max), "0 %..100 %", "1 %", ASSUMPTION, "Share of all bonds and delegations that may leave in an epoch under the queue."),
        live("protocol.bond.churn_floor", Amount(|d| &mut d.config.protocol.bond.churn_floor), "1 token..1000000000 token", "10000 token", ASSUMPTION, "What may leave in an epoch in any case, at the reference fleet."),
        fixed("protocol.bond.entries_max", U32(|d| &mut d.config.protocol.bond.entries_max), "1..4294967295", "4294967295", "no limit; Cosmos Hub has 7", "Most unbonding entries of an owner at one provider; leaving the network is exempt."),
        fixed("protocol.bond.redelegations_max", U32(|d| &mut d.config.protocol.bond.redelegations_max), "1..1000000", "7", "Cosmos Hub", "Most redelegations of a delegator in transit to one provider."),
        live("protocol.bond.commission_step_max", Ratio(|d| &mut d.config.protocol.bond.commission_step_max), "0 %..100 %", "100 %", "no limit", "Largest change of a commission in an epoch."),
        role!(0, "compute"), role!(1, "storage"), role!(2, "verifier"), role!(3, "operator"),
        fixed("protocol.bond.asset", Choice(&["native", "stable"], |d, at| d.config.protocol.bond.asset = [Asset::Native, Asset::Stable][at]), "", "native", ASSUMPTION, "What is bonded, delegated and vouched: coins bought at the market, or dollars brought in from outside, whose sizes stay the same in dollars whatever protocol.bond.unit says; amounts of them given in coins are then dollars."),
    ]);
}

macro_rules! tier {
    ($at:literal, $name:literal, $threshold:literal, $discount:literal) => {
        [
            live(concat!("protocol.users.thresholds.", $name), Amount(|d| &mut d.config.protocol.users.thresholds[$at]), "1 token..1000000000 token", $threshold, ASSUMPTION, "User stake from which this tier begins."),
            live(concat!("protocol.users.discounts.", $name), Ratio(|d| &mut d.config.protocol.users.discounts[$at]), "0 %..100 %", $discount, "off; Swarm names tiers without figures", "Discount of this tier on job fees; the largest is at most what platform and treasury get of them."),
        ]
    };
}

fn users(table: &mut Vec<Parameter>) {
    table.extend(tier!(0, "tier_1", "500 token", "0 %"));
    table.extend(tier!(1, "tier_2", "5000 token", "0 %"));
    table.extend(tier!(2, "tier_3", "50000 token", "0 %"));
    table.extend([
        fixed("protocol.users.history_epochs", U32(|d| &mut d.config.protocol.users.history_epochs), "1..3650", "90", ASSUMPTION, "Closed epochs for which the user stake at their start stays readable, for votes."),
        live("protocol.insurance.cover", Ratio(|d| &mut d.config.protocol.insurance.cover), "0 %..100 %", "100 %", ASSUMPTION, "Share of a claimed loss that the insurance pool covers."),
        live("protocol.insurance.claim_max", Ratio(|d| &mut d.config.protocol.insurance.claim_max), "0 %..100 %", "10 %", ASSUMPTION, "Largest share of the pool that one claim may take."),
    ]);
}

macro_rules! hours {
    ($($at:literal $name:literal),+) => {
        [$(live(concat!("protocol.valuation.hour.", $name), Factor(|d| &mut d.config.protocol.valuation.hour[$at]), "0.01..10", "1", "off", "Factor of the price of a job opened in this hour of the day.")),+]
    };
}

macro_rules! regions {
    ($($at:literal $name:literal),+) => {
        [$(live(concat!("protocol.valuation.region.", $name), Factor(|d| &mut d.config.protocol.valuation.region[$at]), "0.01..10", "1", "off", "Factor of the price of a job from this region; jobs come from regions as providers do.")),+]
    };
}

macro_rules! priorities {
    ($($at:literal $name:literal),+) => {
        [$(live(concat!("protocol.valuation.priority.", $name), Factor(|d| &mut d.config.protocol.valuation.priority[$at]), "0.01..10", "1", "off", "Factor of the price of a job of this priority; see jobs.higher_priority.")),+]
    };
}

fn valuation(table: &mut Vec<Parameter>) {
    table.extend(hours!(
        0 "h00", 1 "h01", 2 "h02", 3 "h03", 4 "h04", 5 "h05", 6 "h06", 7 "h07", 8 "h08", 9 "h09", 10 "h10", 11 "h11",
        12 "h12", 13 "h13", 14 "h14", 15 "h15", 16 "h16", 17 "h17", 18 "h18", 19 "h19", 20 "h20", 21 "h21", 22 "h22", 23 "h23"
    ));
    table.extend(regions!(0 "north_america", 1 "europe", 2 "asia"));
    table.extend(priorities!(0 "p0", 1 "p1", 2 "p2", 3 "p3"));
}
