//! `[protocol.emission]` beyond the plain schedules, and what a provider weighs: the rules that live networks choose among.

use ::protocol::{EmissionRule, WeightRule};

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

/// Emission rules by name.
pub(super) const RULES: [(&str, EmissionRule); 16] = [
    ("fixed", EmissionRule::Fixed),
    ("decaying", EmissionRule::Decaying),
    ("halving", EmissionRule::Halving),
    ("stable_value", EmissionRule::StableValue),
    ("per_gpu", EmissionRule::PerGpu),
    ("bonding_step", EmissionRule::BondingStep),
    ("bonding_controller", EmissionRule::BondingController),
    ("disinflation", EmissionRule::Disinflation),
    ("taper", EmissionRule::Taper),
    ("ideal_stake", EmissionRule::IdealStake),
    ("exponential", EmissionRule::Exponential),
    ("simple_and_baseline", EmissionRule::SimpleAndBaseline),
    ("net_of_burn", EmissionRule::NetOfBurn),
    ("issuance_halving", EmissionRule::IssuanceHalving),
    ("yearly_caps", EmissionRule::YearlyCaps),
    ("weekly_halves", EmissionRule::WeeklyHalves),
];

/// Their names.
pub(super) static EMISSION_RULES: [&str; RULES.len()] = {
    let mut names = [""; RULES.len()];
    let mut at = 0;
    while at < RULES.len() {
        names[at] = RULES[at].0;
        at += 1;
    }
    names
};

/// Weight rules, in the order of their names.
const WEIGHTS: [WeightRule; 6] = [
    WeightRule::Cover,
    WeightRule::Value,
    WeightRule::Gpus,
    WeightRule::Equal,
    WeightRule::Stake,
    WeightRule::StakeRoot,
];

const COSMOS: &str = "Cosmos SDK, x/mint";

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        live("protocol.emission.per_gpu", Amount(|d| &mut d.config.protocol.emission.per_gpu), "", "1 token", ASSUMPTION, "What an active GPU is worth an epoch under the per_gpu rule."),
        live("protocol.emission.inflation.start", Ratio(|d| &mut d.config.protocol.emission.inflation.start), "0 %..100 %", "13 %", COSMOS, "Inflation in the first epoch: of a year, under bonding_step of an epoch."),
        live("protocol.emission.inflation.min", Ratio(|d| &mut d.config.protocol.emission.inflation.min), "0 %..100 %", "7 %", COSMOS, "Least inflation."),
        live("protocol.emission.inflation.max", Ratio(|d| &mut d.config.protocol.emission.inflation.max), "0 %..100 %", "20 %", COSMOS, "Most inflation."),
        live("protocol.emission.inflation.change", Ratio(|d| &mut d.config.protocol.emission.inflation.change), "0 %..100 %", "13 %", COSMOS, "Change of inflation: bonding_controller: the most in a year; bonding_step: in an epoch; disinflation, taper: the share of itself that it loses in a year."),
        live("protocol.emission.inflation.target", Ratio(|d| &mut d.config.protocol.emission.inflation.target), "0.01 %..99.99 %", "67 %", COSMOS, "Staked share of the supply that bonding_step, bonding_controller and ideal_stake steer towards."),
        live("protocol.emission.inflation.falloff", Ratio(|d| &mut d.config.protocol.emission.inflation.falloff), "0.01 %..100 %", "5 %", "Polkadot", "Stake beyond the ideal that halves what is above the least inflation, under ideal_stake."),
        live("protocol.emission.inflation.epochs_per_year", U32(|d| &mut d.config.protocol.emission.inflation.epochs_per_year), "1..1000000", "365", "an epoch is a day", "Epochs in a year, where a rule counts in years."),
        live("protocol.emission.allocation.total", Amount(|d| &mut d.config.protocol.emission.allocation.total), "", "500000000 token", ASSUMPTION, "All that simple_and_baseline will ever mint; under yearly_caps what stands for the cap after ten years, under weekly_halves for what vests by halves."),
        live("protocol.emission.allocation.half_life_epochs", U32(|d| &mut d.config.protocol.emission.allocation.half_life_epochs), "1..1000000", "2190", "Filecoin: six years", "Epochs in which half of it is minted."),
        live("protocol.emission.allocation.simple_share", Ratio(|d| &mut d.config.protocol.emission.allocation.simple_share), "0 %..100 %", "30 %", "Filecoin", "Part of it that is minted by time alone."),
        live("protocol.emission.allocation.baseline_gpus", U64(|d| &mut d.config.protocol.emission.allocation.baseline_gpus), "1..1000000000", "10000", ASSUMPTION, "Baseline at the start, GPUs at the reference fleet."),
        live("protocol.emission.allocation.baseline_growth", Ratio(|d| &mut d.config.protocol.emission.allocation.baseline_growth), "0 %..1000 %", "100 %", "Filecoin", "Growth of the baseline in a year."),
        live("protocol.emission.allocation.net_cap", Amount(|d| &mut d.config.protocol.emission.allocation.net_cap), "", "1644 token", "Helium", "The most that net_of_burn mints again of what was burned, an epoch."),
        live("protocol.emission.allocation.smoothing_epochs", U32(|d| &mut d.config.protocol.emission.allocation.smoothing_epochs), "1..3650", "7", "Helium", "Epochs over which burning is smoothed under net_of_burn."),
        live("protocol.emission.allocation.first_epoch", U32(|d| &mut d.config.protocol.emission.allocation.first_epoch), "0..1000000", "0", "assumption: a run begins with the calendar", "Epoch of the network's calendar with which a run begins under yearly_caps (years of inflation.epochs_per_year) and weekly_halves (weeks of seven)."),
        fixed("protocol.weight.rule", Choice(&["cover", "value", "gpus", "equal", "stake", "stake_root"], |d, at| d.config.protocol.weight = WEIGHTS[at]), "", "cover", "Gonka's cover by collateral", "What a provider weighs: cover: list value as far as collateral covers it; value: list value; gpus; equal: one each; stake: bond and delegations; stake_root: their square root."),
    ]);
}
