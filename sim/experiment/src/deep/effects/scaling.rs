//! `[protocol.price]`, `[protocol.scaling]`, `[protocol.guard]`: the controllers.

use super::Direction::{Down, Up};
use super::preset::*;
use super::{Effect, Preset, effect};

/// A demand factor that goes as far as it may.
const STRONG_DEMAND: Preset = Preset {
    name: "a strong demand factor",
    set: &["protocol.scaling.demand.gain=5", "protocol.scaling.demand.step_max=0.1", "protocol.scaling.product_cap=10", "protocol.scaling.product_floor=0"],
};

const WIDE_DEMAND: Preset = Preset { name: "a wide demand factor", set: &["protocol.scaling.demand.floor=0", "protocol.scaling.demand.cap=10"] };

/// A market factor without limits, which alone moves the budget.
const FREE_MARKET: Preset = Preset {
    name: "a market factor without limits",
    set: &[
        "market.volatility=100 %", "protocol.guard.price_move_max=1000 %",
        "protocol.scaling.market.gain=1", "protocol.scaling.market.floor=0", "protocol.scaling.market.cap=10", "protocol.scaling.market.step_max=1",
        "protocol.scaling.product_cap=10", "protocol.scaling.product_floor=0",
    ],
};

const TOO_LITTLE_STAKE: Preset = Preset { name: "less stake than aimed at", set: &["protocol.scaling.staked_target=80 %", "protocol.scaling.product_cap=10"] };

const TOO_MUCH_STAKE: Preset = Preset { name: "more stake than aimed at", set: &["protocol.scaling.staked_target=0 %", "protocol.scaling.staked.gain=1", "protocol.scaling.staked.step_max=0.05"] };

const UNEVEN: Preset = Preset { name: "a strong scarcity factor", set: &["protocol.scaling.scarcity.gain=3", "protocol.scaling.scarcity.step_max=0.1"] };

const STEADIER: &str = "a factor that answers the coin's price more fully steadies what rewards are worth in dollars";

const TRIPPING: Preset = only!("protocol.guard.price_move_max=1 %");

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["protocol.price.target"], &[("gpu_price.consumer", Down)], "prices rise above the target only"),
    effect(&["protocol.price.band"], &[("gpu_price.consumer", Down)], "prices rise above the band only").with(&[HOT]),
    effect(&["protocol.price.gain"], &[("gpu_price.consumer", Up)], "prices above the band rise faster").with(&[HOT]),
    effect(&["protocol.price.step_max"], &[("gpu_price.consumer", Up)], "prices above the band rise faster").with(&[HOT, only!("protocol.price.gain=100 %")]).to(&["0.2 %"]),
    effect(&["protocol.price.floor"], &[("gpu_price.consumer", Up)], "prices fall less far").with(&[COLD]),
    effect(&["protocol.price.cap"], &[("gpu_price.consumer", Up)], "prices rise further").with(&[HOT]),

    effect(&["protocol.scaling.demand.gain"], &[("emission.minted", Up)], "above the target the budget rises with it").with(&[HOT, STRONG_DEMAND, WIDE_DEMAND, only!("protocol.scaling.demand.gain=0.1")]),
    effect(&["protocol.scaling.demand.floor"], &[("emission.minted", Up)], "the budget falls less far").with(&[COLD, STRONG_DEMAND]),
    effect(&["protocol.scaling.demand.cap"], &[("emission.minted", Up)], "the budget rises further").with(&[HOT, STRONG_DEMAND]),
    effect(&["protocol.scaling.demand.step_max"], &[("emission.minted", Up)], "above the target the budget rises faster").with(&[HOT, STRONG_DEMAND]),
    effect(&["protocol.scaling.scarcity.gain"], &[("rewards.scarcity_spread", Up)], "kinds are told further apart"),
    effect(&["protocol.scaling.scarcity.floor"], &[("rewards.scarcity_spread", Down)], "plentiful kinds fall less far").with(&[UNEVEN]),
    effect(&["protocol.scaling.scarcity.cap"], &[("rewards.scarcity_spread", Up)], "scarce kinds rise further").with(&[UNEVEN]),
    effect(&["protocol.scaling.scarcity.step_max"], &[("rewards.scarcity_spread", Up)], "kinds come apart faster").with(&[UNEVEN]),
    effect(&["protocol.scaling.market.gain"], &[("emission.usd_variation", Down)], STEADIER).with(&[FREE_MARKET]).to(&["0.5", "0"]),
    effect(&["protocol.scaling.market.floor"], &[("emission.usd_variation", Up)], STEADIER).with(&[FREE_MARKET]).to(&["1"]),
    effect(&["protocol.scaling.market.cap"], &[("emission.usd_variation", Down)], STEADIER).with(&[FREE_MARKET]).to(&["1"]),
    effect(&["protocol.scaling.market.step_max"], &[("emission.usd_variation", Down)], STEADIER).with(&[FREE_MARKET]).to(&["0.001"]),
    effect(&["protocol.scaling.staked.gain"], &[("emission.minted", Up)], "with too little stake the budget rises").with(&[TOO_LITTLE_STAKE]),
    effect(&["protocol.scaling.staked.floor"], &[("emission.minted", Up)], "with too much stake the budget falls less far").with(&[TOO_MUCH_STAKE]),
    effect(&["protocol.scaling.staked.cap"], &[("emission.minted", Up)], "with too little stake the budget rises further").with(&[TOO_LITTLE_STAKE, only!("protocol.scaling.staked.gain=1")]),
    effect(&["protocol.scaling.staked.step_max"], &[("emission.minted", Up)], "with too little stake the budget rises faster").with(&[TOO_LITTLE_STAKE]),
    effect(&["protocol.scaling.staked_target"], &[("emission.minted", Up)], "the more stake is aimed at, the larger the budget"),
    effect(&["protocol.scaling.market_ema_epochs"], &[("emission.usd_variation", Down)], "against a longer average more of the price's swings is answered").with(&[FREE_MARKET]).to(&["1"]),
    effect(&["protocol.scaling.product_floor"], &[("emission.minted", Up)], "the budget falls less far").with(&[COLD, STRONG_DEMAND, WIDE_DEMAND]).to(&["0.5", "1"]),
    effect(&["protocol.scaling.product_cap"], &[("emission.minted", Up)], "the budget rises further").with(&[HOT, STRONG_DEMAND, WIDE_DEMAND, only!("protocol.scaling.product_cap=1.1")]),

    effect(&["protocol.guard.price_move_max"], &[("emission.minted", Up)], "the breaker, which lowers the ceiling, trips less often").to(&["1 %", "5 %"]),
    effect(&["protocol.guard.tripped_ceiling"], &[("emission.minted", Up)], "a tripped breaker leaves more").with(&[TRIPPING]),
    effect(&["protocol.guard.trips_max"], &[("emission.minted", Down)], "the breaker may stay tripped longer").with(&[TRIPPING]),
];
