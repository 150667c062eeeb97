//! Random parameters of stake, users, jobs and weights.

use stakesim_protocol::*;
use units::{Amount, Ratio};

use super::super::random::Random;

pub fn stake(random: &mut Random, params: &mut Params) {
    let decimals = params.supply.decimals;
    let bond = &mut params.bond;
    bond.unbonding = random.one_of(&[UnbondingRule::FixedDelay, UnbondingRule::Queue]);
    bond.churn_max = random.ratio(0, 100);
    bond.churn_floor = Amount::from_tokens(random.between(1, 20_000), decimals);
    bond.entries_max = random.between(1, 12) as u32;
    bond.redelegations_max = random.between(1, 4) as u32;
    bond.unit = random.one_of(&[BondUnit::Usd, BondUnit::Usd, BondUnit::Native]);
    bond.asset = random.one_of(&[Asset::Native, Asset::Native, Asset::Stable]);
    bond.commission_step_max = random.ratio(10, 1_000);
    let first = random.between(1, 1_000);
    params.users.thresholds =
        [first, 10 * first, 30 * first].map(|n| Amount::from_tokens(n, decimals));
    let most = params
        .fees
        .platform
        .saturating_add(params.fees.treasury)
        .parts();
    let mut discounts = [0; 3].map(|_| Ratio::from_parts(random.below(most + 1)));
    discounts.sort_unstable();
    params.users.discounts = discounts;
    params.users.history_epochs = random.between(7, 20) as u32;
    let valuation = &mut params.valuation;
    valuation.hour = [0; 24].map(|_| random.ratio(100, 3_000));
    let regions = random.between(1, 4);
    valuation.region = (0..regions).map(|_| random.ratio(100, 3_000)).collect();
    valuation.priority = [0; 4].map(|_| random.ratio(500, 3_000));
    params.insurance.cover = random.ratio(0, 1_000);
    params.insurance.claim_max = random.ratio(0, 500);
}

pub fn weighting(random: &mut Random, params: &mut Params) {
    for delay in &mut params.bond.unbonding_epochs_by_role {
        *delay = random.once_in(2).then(|| random.between(1, 8) as u32);
    }
    params.commitment.epochs = [0, random.between(1, 4) as u32, random.between(1, 8) as u32];
    params.commitment.multiplier = [
        Ratio::ONE,
        random.ratio(1_000, 1_500),
        random.ratio(1_000, 3_000),
    ];
    params.tenure = TenureParams {
        step_epochs: random.between(1, 5) as u32,
        bonus_per_step: if random.once_in(3) {
            Ratio::ZERO
        } else {
            random.ratio(0, 100)
        },
        cap: random.ratio(0, 300),
    };
    params.market_share = match random.below(3) {
        0 => MarketShareRule::None,
        1 => MarketShareRule::Bonus {
            gain: random.ratio(0, 1_000),
            cap: random.ratio(0, 1_000),
        },
        _ => MarketShareRule::Damping {
            above: random.ratio(1, 1_000),
        },
    };
    params.weight = match random.below(10) {
        0 => WeightRule::Value,
        1 => WeightRule::Gpus,
        2 => WeightRule::Equal,
        3 => WeightRule::Stake,
        4 => WeightRule::StakeRoot,
        _ => WeightRule::Cover,
    };
    params.growth.epochs = random.below(40) as u32;
    params.growth.target_gpus = random.below(100);
    params.engagement.operator_share = random.ratio(0, 1_000);
}
