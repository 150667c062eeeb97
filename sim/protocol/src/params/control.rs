//! Parameters of the controllers: job prices, reward scaling, circuit breaker.

use serde::{Deserialize, Serialize};
use units::Ratio;

/// The hourly controller of each group's price multiplier.
///
/// Every product rounds down:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.price.gain = Ratio::from_percent(5);
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (now, why, price) = (Tick(0), Cause(0), TokenPrice::from_nano_per_token(1_000_000_000));
/// protocol.apply(now, why, Operation::ObservePrice { price })?;
///
/// // 7/9 are 0.777777777777; 0.027777777777 above the band, times 0.05, is 0.00138888888885.
/// let load = Operation::ObserveLoad { group: GroupId(0), busy: 7, capacity: 9 };
/// let multiplier = Ratio::from_parts(1_001_388_888_888);
/// assert_eq!(protocol.apply(now, why, load)?, Outcome::Priced(multiplier));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceParams {
    /// Utilisation aimed at, for prices and for rewards.
    pub target: Ratio,
    /// Half-width of the dead band around the target.
    pub band: Ratio,
    /// Relative change per unit of utilisation outside the band.
    pub gain: Ratio,
    /// Largest relative change a step.
    pub step_max: Ratio,
    /// Smallest multiplier.
    pub floor: Ratio,
    /// Largest multiplier.
    pub cap: Ratio,
}

impl Default for PriceParams {
    fn default() -> PriceParams {
        PriceParams {
            target: Ratio::from_percent(65),
            band: Ratio::from_percent(10),
            gain: Ratio::from_percent(2),
            step_max: Ratio::from_percent(2),
            floor: Ratio::from_percent(60),
            cap: Ratio::from_percent(180),
        }
    }
}

/// One bounded controller of a reward factor. It is proportional: it walks towards `1 + gain · gap`, so that a gap that
/// stays moves the factor to one value and leaves it there; an integrator would run into its clamp.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Controller {
    /// Change of the factor aimed at, per unit of gap.
    pub gain: Ratio,
    /// Smallest factor.
    pub floor: Ratio,
    /// Largest factor.
    pub cap: Ratio,
    /// Largest change an epoch.
    pub step_max: Ratio,
}

/// Dynamic reward scaling. Demand, market, staked ratio and growth scale the budget; scarcity weighs kinds against each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScalingParams {
    /// Follows utilisation less the price controller's target.
    pub demand: Controller,
    /// One for each kind: follows the kind's utilisation less the same target.
    pub scarcity: Controller,
    /// Follows `√(reference price / price) − 1`: pays more tokens when each is worth less.
    pub market: Controller,
    /// Follows the target less the staked ratio: pays more when too little is staked.
    pub staked: Controller,
    /// Staked share of the circulating supply aimed at.
    pub staked_target: Ratio,
    /// Length of the reference price's average, epochs.
    pub market_ema_epochs: u32,
    /// Smallest budget, as a multiple of the schedule.
    pub product_floor: Ratio,
    /// Largest budget, as a multiple of the schedule.
    pub product_cap: Ratio,
    /// Follows the share of [`GrowthParams::target_gpus`](super::GrowthParams::target_gpus) that is missing: pays more while
    /// the network is small. Without gain it is neutral.
    pub growth: Controller,
}

impl Default for ScalingParams {
    fn default() -> ScalingParams {
        let controller = |gain, floor, cap, step_per_mille: u64| Controller {
            gain: Ratio::from_percent(gain),
            floor: Ratio::from_percent(floor),
            cap: Ratio::from_percent(cap),
            step_max: Ratio::from_parts(step_per_mille * 1_000_000_000),
        };
        ScalingParams {
            demand: controller(10, 80, 125, 10),
            scarcity: controller(10, 75, 150, 20),
            market: controller(100, 80, 125, 20),
            staked: controller(10, 90, 110, 5),
            staked_target: Ratio::from_percent(40),
            market_ema_epochs: 30,
            product_floor: Ratio::from_percent(70),
            product_cap: Ratio::from_percent(125),
            growth: controller(0, 100, 115, 10),
        }
    }
}

/// The circuit breaker on the token price, and the guards of sustainability; those that have a floor or a bound of zero are off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardParams {
    /// Relative move of the price from one epoch to the next that trips it.
    pub price_move_max: Ratio,
    /// The next epoch's emission ceiling when tripped, as a multiple of the schedule.
    pub tripped_ceiling: Ratio,
    /// How many epochs in a row it may trip.
    pub trips_max: u32,
    /// Fees over emission below which an epoch is low.
    pub fee_floor: Ratio,
    /// How many low epochs in a row cut the next ceiling.
    pub fee_patience: u32,
    /// Share of the ceiling that is left then.
    pub fee_cut: Ratio,
    /// Treasury runway below which grants wait, epochs.
    pub runway_min: u64,
    /// Insurance pool over open job escrow below which the pool gets the treasury's part of fees.
    pub solvency_min: Ratio,
    /// What may be minted in a year, as a share of the circulating supply.
    pub inflation_max: Ratio,
    /// Length of a year, epochs.
    pub year_epochs: u32,
    /// Whether a tripped breaker halts trading.
    pub halts_trading: bool,
    /// For how many epochs.
    pub halt_epochs: u32,
}

impl Default for GuardParams {
    fn default() -> GuardParams {
        GuardParams {
            price_move_max: Ratio::from_percent(25),
            tripped_ceiling: Ratio::from_percent(70),
            trips_max: 3,
            fee_floor: Ratio::ZERO,
            fee_patience: 7,
            fee_cut: Ratio::from_percent(50),
            runway_min: 0,
            solvency_min: Ratio::ZERO,
            inflation_max: Ratio::ZERO,
            year_epochs: 365,
            halts_trading: false,
            halt_epochs: 1,
        }
    }
}
