//! Random parameters of the controllers and guards.

use stakesim_protocol::*;
use units::Ratio;

use super::super::random::Random;

pub fn control(random: &mut Random, params: &mut Params) {
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
        runway_min: random.one_of(&[0, u64::MAX, u64::MAX, u64::MAX]),
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

fn controller(random: &mut Random) -> Controller {
    Controller {
        gain: random.ratio(0, 2_000),
        floor: random.ratio(100, 1_000),
        cap: random.ratio(1_000, 3_000),
        step_max: random.ratio(0, 200),
    }
}
