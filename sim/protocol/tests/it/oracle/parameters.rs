//! A seed's legal parameters: short terms, so that a thousand epochs see everything many times; every rule's every variant.

use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Ratio};

use super::random::Random;

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

fn controller(random: &mut Random) -> Controller {
    Controller {
        gain: random.ratio(0, 2_000),
        floor: random.ratio(100, 1_000),
        cap: random.ratio(1_000, 3_000),
        step_max: random.ratio(0, 200),
    }
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
    ]);
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
    params.fees = FeeParams {
        provider,
        platform,
        treasury,
        burn,
        insurance,
    };
    params.bond.cover_min = random.between(0, 30) as u32;
    params.bond.cover_full = random.between(30, 120) as u32;
    params.bond.weight_base = random.ratio(0, 1_000);
    params.bond.price_ema_epochs = random.between(1, 10) as u32;
    params.bond.shortfall_tolerance = random.ratio(0, 1_000);
    params.bond.shortfall_epochs = random.between(1, 5) as u32;
    params.bond.unbonding_epochs = random.between(1, 6) as u32;
    stake(random, params);
}

fn control(random: &mut Random, params: &mut Params) {
    params.price = PriceParams {
        target: random.ratio(400, 600),
        band: random.ratio(0, 300),
        gain: random.ratio(0, 500),
        step_max: random.ratio(0, 300),
        floor: random.ratio(100, 1_000),
        cap: random.ratio(1_000, 5_000),
    };
    params.scaling = ScalingParams {
        demand: controller(random),
        scarcity: controller(random),
        market: controller(random),
        staked: controller(random),
        growth: controller(random),
        staked_target: random.ratio(0, 1_000),
        market_ema_epochs: random.between(1, 20) as u32,
        product_floor: random.ratio(0, 1_000),
        product_cap: random.ratio(1_000, 3_000),
    };
    params.guard = GuardParams {
        price_move_max: random.ratio(10, 400),
        tripped_ceiling: random.ratio(0, 1_200),
        trips_max: random.between(0, 4) as u32,
        fee_floor: random.ratio(0, 1_000),
        fee_patience: random.between(1, 4) as u32,
        fee_cut: random.ratio(300, 1_000),
        runway_min: random.one_of(&[0, u64::MAX, u64::MAX]),
        solvency_min: random.ratio(0, 10_000),
        inflation_max: match random.below(3) {
            0 => Ratio::ZERO,
            _ => random.ratio(10, 1_000),
        },
        year_epochs: random.between(1, 60) as u32,
        halts_trading: random.once_in(2),
        halt_epochs: random.between(1, 3) as u32,
    };
}

fn conduct(random: &mut Random, params: &mut Params) {
    let score = &mut params.score;
    score.weight_uptime = random.below(5) as u32;
    score.weight_error = random.below(5) as u32;
    score.weight_response = random.below(5) as u32;
    score.weight_rating = random.between(1, 5) as u32;
    score.zero_below = random.ratio(0, 900);
    score.cap = random.ratio(1_000, 1_500);
    score.benchmark_uptime = [0; 3].map(|_| random.ratio(500, 1_000));
    score.benchmark_error = random.ratio(0, 200);
    let ladder = &mut params.ladder;
    ladder.window_epochs = random.between(1, 6) as u32;
    ladder.downtime_allowance = [0; 3].map(|_| random.ratio(200, 900));
    ladder.failed_job_allowance = random.ratio(0, 500);
    ladder.failed_jobs_min = random.below(10) as u32;
    ladder.penalty_at = random.between(1, 3) as u32;
    ladder.severe_at = ladder.penalty_at + random.below(3) as u32;
    ladder.memory_half_life_epochs = random.between(1, 10) as u32;
    // A penalty may take everything, which empties pools behind a provider that goes on.
    ladder.penalty_slash = match random.below(2) {
        0 => Ratio::ONE,
        _ => random.ratio(0, 20),
    };
    ladder.penalty_forfeit = random.ratio(0, 1_000);
    ladder.severe_slash = random.ratio(0, 60);
    ladder.severe_forfeit = random.ratio(0, 1_000);
    ladder.severe_suspension_epochs = random.between(1, 4) as u32;
    ladder.malicious_slash = random.ratio(0, 500);
    ladder.malicious_jail_epochs = random.between(1, 5) as u32;
    params.recovery.floor = random.ratio(0, 1_000);
    params.recovery.epochs = random.below(5) as u32;
    let [reporter, insurance, burn, treasury] = random.shares();
    params.slash_release = SlashReleaseParams {
        hold_epochs: random.below(5) as u32,
        reporter,
        insurance,
        burn,
        treasury,
    };
}

fn weighting(random: &mut Random, params: &mut Params) {
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
    params.growth.epochs = random.below(40) as u32;
    params.growth.target_gpus = random.below(100);
    params.engagement.operator_share = random.ratio(0, 1_000);
}

fn stake(random: &mut Random, params: &mut Params) {
    let decimals = params.supply.decimals;
    let bond = &mut params.bond;
    bond.unbonding = random.one_of(&[UnbondingRule::FixedDelay, UnbondingRule::Queue]);
    bond.churn_max = random.ratio(0, 100);
    bond.churn_floor = Amount::from_tokens(random.between(1, 20_000), decimals);
    bond.entries_max = random.between(1, 12) as u32;
    bond.redelegations_max = random.between(1, 4) as u32;
    bond.unit = random.one_of(&[BondUnit::Usd, BondUnit::Usd, BondUnit::Native]);
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

/// The matrix beside the ladder: mostly the groups' rows, some of the host's own.
fn matrix(random: &mut Random, params: &mut Params) {
    let mut rising = |most: u64| {
        let mut shares = [0; 3].map(|_| random.ratio(0, most));
        shares.sort_unstable();
        shares
    };
    let [light, heavy] = [rising(100), rising(400)];
    params.matrix.light_slash = light;
    params.matrix.heavy_slash = heavy;
    params.matrix.false_report_slash = random.ratio(0, 200);
    for row in &mut params.matrix.rows {
        *row = random.once_in(6).then(|| own_row(random));
    }
    params.correlation.gain = random.ratio(0, 5_000);
    params.correlation.cap = random.ratio(1_000, 4_000);
    params.correlation.window_epochs = random.below(8) as u32;
    params.appeal.deposit = Amount::new(u128::from(random.next()) >> random.between(8, 40));
    params.appeal.max_epochs = random.between(1, 5) as u32;
}

fn own_row(random: &mut Random) -> MatrixRow {
    let regime = random.one_of(&[Regime::Graduated, Regime::Immediate, Regime::Scaled]);
    let mut row = MatrixRow {
        regime,
        slash: [0; 3].map(|_| random.ratio(0, 200)),
        forfeit: [0; 3].map(|_| random.ratio(0, 1_000)),
        term_epochs: [0; 3].map(|_| random.below(4) as u32),
        tombstone_at: 0,
        is_correlated: random.once_in(2),
        recovery: random.one_of(&[RecoveryPath::Automatic, RecoveryPath::Review]),
    };
    match regime {
        Regime::Graduated => {
            row.slash[0] = Ratio::ZERO;
            row.forfeit[0] = Ratio::ZERO;
            row.term_epochs[0] = 0;
        }
        Regime::Immediate => row.term_epochs = [0; 3].map(|_| random.between(1, 4) as u32),
        Regime::Scaled => {}
    }
    row
}

fn contribution(random: &mut Random, params: &mut Params) {
    let decimals = params.supply.decimals;
    params.contribution = ContributionParams {
        bond_per_point: Amount::new(
            u128::from(random.below(2_000)) * 10u128.pow(u32::from(decimals)) / 1_000,
        ),
        hold_back: random.ratio(0, 1_000),
        vesting: random.one_of(&[
            Vesting::None,
            Vesting::LinearWithCliff,
            Vesting::LinearWithCliff,
        ]),
        hold_back_epochs: random.below(20) as u32,
        cliff_epochs: random.below(6) as u32,
        schedule_epochs: random.between(1, 6) as u32,
    };
}

fn governance(random: &mut Random, params: &mut Params) {
    params.governance = GovernanceParams {
        deposit: Amount::from_tokens(random.below(50), params.supply.decimals),
        voting_epochs: random.between(1, 6) as u32,
        weight: match random.below(3) {
            0 => VotingRule::Linear,
            1 => VotingRule::Capped {
                share: random.ratio(1, 300),
            },
            _ => VotingRule::Quadratic,
        },
        quorum: random.ratio(0, 300),
        threshold: random.ratio(0, 600),
        veto_share: random.ratio(0, 900),
        timelock_epochs: random.below(3) as u32,
        grace_epochs: random.between(1, 5) as u32,
        open_max: random.between(2, 10) as u32,
    };
}
