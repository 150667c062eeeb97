//! A seed's legal parameters: short terms, so that a thousand epochs see everything many times; every rule's every variant.

mod conduct;
mod control;
mod governance;
mod stake;
mod vesting;

use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Ratio};

use super::random::Random;
use conduct::{conduct, matrix};
use control::control;
use governance::{contribution, governance};
use stake::{stake, weighting};
use vesting::vesting;

pub const GROUPS: u8 = 2;

pub const KINDS: u8 = 5;

/// Kinds of every role; once in so many times one that costs nearly nothing.
pub fn kinds(random: &mut Random, cheap: u64) -> Vec<Kind> {
    let roles = [
        Role::Compute,
        Role::Compute,
        Role::Storage,
        Role::Verifier,
        Role::Operator,
    ];
    (0..KINDS)
        .map(|kind| Kind {
            group: GroupId(kind % GROUPS),
            role: roles[usize::from(kind)],
            is_new: random.once_in(2),
            list_price_usd: MoneyRate::from_nano_per_day(match random.below(cheap) {
                0 => i128::from(random.between(1, 1_000)),
                _ => i128::from(random.between(1_000_000_000, 50_000_000_000)),
            }),
        })
        .collect()
}

pub fn params(random: &mut Random) -> Params {
    let mut params = Params::default();
    money(random, &mut params);
    control(random, &mut params);
    conduct(random, &mut params);
    weighting(random, &mut params);
    matrix(random, &mut params);
    contribution(random, &mut params);
    governance(random, &mut params);
    params.epoch_ticks = random.between(100, 2_000);
    params.hour_ticks = random.between(1, params.epoch_ticks / 4);
    vesting(&mut params);
    params
}

fn money(random: &mut Random, params: &mut Params) {
    params.supply.decimals = random.one_of(&[6, 9, 9, 18]);
    let unit = |tokens: u64| Amount::from_tokens(tokens, params.supply.decimals);
    // Some seeds run out of tokens to mint.
    params.supply.max = unit(random.one_of(&[12_000_000, 100_000_000, 1_000_000_000]));
    params.emission.rule = random.one_of(&[
        EmissionRule::Fixed,
        EmissionRule::Decaying,
        EmissionRule::Halving,
        EmissionRule::StableValue,
        EmissionRule::PerGpu,
        EmissionRule::BondingStep,
        EmissionRule::BondingController,
        EmissionRule::Disinflation,
        EmissionRule::IdealStake,
        EmissionRule::Exponential,
        EmissionRule::IssuanceHalving,
        EmissionRule::Taper,
        EmissionRule::SimpleAndBaseline,
        EmissionRule::NetOfBurn,
        EmissionRule::YearlyCaps,
        EmissionRule::WeeklyHalves,
    ]);
    params.emission.per_gpu = unit(random.below(20));
    params.emission.halving_epochs = random.between(1, 200) as u32;
    params.emission.value_usd = Money::from_usd(random.between(0, 50_000) as i64);
    let odd = Amount::new(u128::from(random.below(1_000)));
    params.emission.per_epoch = unit(random.between(0, 50_000)) + odd;
    params.emission.decay_per_epoch = random.ratio(0, 5);
    let [
        performance,
        commitment,
        treasury,
        growth,
        model,
        storage,
        data,
        innovation,
        engagement,
    ] = random.shares();
    params.split = SplitParams {
        performance,
        commitment,
        treasury,
        growth,
        model,
        storage,
        data,
        innovation,
        engagement,
    };
    let [provider, platform, treasury, burn, insurance] = random.shares();
    // No draw of its own, so that the other shares of a seed stay what they were.
    let verification = Ratio::from_parts(provider.parts() / 3);
    let provider = provider.saturating_sub(verification);
    params.fees = FeeParams {
        provider,
        platform,
        treasury,
        burn,
        insurance,
        verification,
        sharing: match platform.parts() % 3 {
            0 => FeeSharing::Owner,
            _ => FeeSharing::AsRewards,
        },
    };
    params.bond.cover_min = random.between(0, 30) as u32;
    params.bond.cover_full = random.between(30, 120) as u32;
    params.bond.weight_base = random.ratio(0, 1_000);
    params.bond.price_ema_epochs = random.between(1, 10) as u32;
    params.bond.shortfall_tolerance = random.ratio(0, 1_000);
    params.bond.shortfall_epochs = random.between(1, 5) as u32;
    params.bond.unbonding_epochs = random.between(1, 6) as u32;
    inflation(random, &mut params.emission.inflation);
    allocation(random, params);
    stake(random, params);
}

/// Ends of years and, as often, of days, so that supply lasts; a target that stake passes both ways.
fn inflation(random: &mut Random, inflation: &mut InflationParams) {
    let most = random.one_of(&[2, 300]);
    let (a, b, c) = (
        random.ratio(0, most),
        random.ratio(0, most),
        random.ratio(0, most),
    );
    let mut ends = [a, b, c];
    ends.sort();
    [inflation.min, inflation.start, inflation.max] = ends;
    inflation.change = match most {
        2 => random.ratio(0, 1),
        _ => random.ratio(0, 1_000),
    };
    inflation.target = random.ratio(1, 600);
    inflation.falloff = random.ratio(1, 500);
    inflation.epochs_per_year = random.between(1, 400) as u32;
}

fn allocation(random: &mut Random, params: &mut Params) {
    let unit = |tokens: u64| Amount::from_tokens(tokens, params.supply.decimals);
    let most = params.supply.max.base_units();
    let share = u128::from(random.between(1, 100));
    let allocation = &mut params.emission.allocation;
    allocation.total = Amount::new(most * share / 100 - share);
    allocation.half_life_epochs = random.between(1, 400) as u32;
    allocation.simple_share = random.ratio(0, 1_000);
    allocation.baseline_gpus = random.between(1, 400);
    allocation.baseline_growth = random.ratio(0, 10_000);
    allocation.net_cap = unit(random.below(2_000));
    allocation.smoothing_epochs = random.between(1, 30) as u32;
    // Before and at the steps, the halvings and the end of the scheduled years, and far beyond.
    let days = random.one_of(&[0, 160, 530, 890, 2_350, 3_645, 40_000]);
    allocation.first_epoch = days + random.below(20) as u32;
}
