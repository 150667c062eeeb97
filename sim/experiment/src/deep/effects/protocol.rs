//! `[protocol]` without its controllers and its ladder: supply, emission, shares, bonds, scores.

use super::Direction::{Along, Down, Up};
use super::preset::*;
use super::{Effect, Preset, effect, unseen};

/// All emission to performance, from which the other categories take.
const ALL_PERFORMANCE: Preset = Preset {
    name: "all emission to performance",
    set: &[
        "protocol.split.performance=100 %", "protocol.split.commitment=0 %", "protocol.split.treasury=0 %", "protocol.split.growth=0 %", "protocol.split.model=0 %",
        "protocol.split.storage=0 %", "protocol.split.data=0 %", "protocol.split.innovation=0 %", "protocol.split.engagement=0 %",
    ],
};

/// All fees to providers, from which the others take.
const ALL_TO_PROVIDERS: Preset = Preset {
    name: "all fees to providers",
    set: &["protocol.fees.provider=100 %", "protocol.fees.platform=0 %", "protocol.fees.treasury=0 %", "protocol.fees.burn=0 %", "protocol.fees.insurance=0 %"],
};

/// Collateral that has come apart: ordinary downtime costs a fifth of it, and delegators add a fifth a week to all that is left.
const APART: Preset = Preset {
    name: "unequal collateral",
    set: &["protocol.ladder.penalty_slash=20 %", "delegation.staked_ratio=3 %", "delegation.step=20 %", "delegation.yield_required=0 %"],
};

/// Bonds alone, small enough in coins that the market holds them at any price.
pub(super) const BONDS_ALONE: Preset = Preset { name: "bonds without delegations", set: &["delegation.staked_ratio=0 %", "market.price=3 USD/token", "protocol.emission.per_epoch=10000 token"] };

/// Bonds that are short as soon as the price falls.
const SHORT: Preset = Preset {
    name: "bonds short at any fall",
    set: &["protocol.bond.shortfall_tolerance=100 %", "protocol.bond.price_ema_epochs=1", "protocol.bond.shortfall_epochs=1"],
};

pub(super) const BOTH_SIZES: Preset = Preset {
    name: "individuals and edge with rtx_4090",
    set: &[
        "fleet.individual.share=70 %", "fleet.edge.share=30 %", "fleet.datacentre.share=0 %",
        "fleet.individual.mix.rtx_3090=0 %", "fleet.individual.mix.rtx_4090=100 %", "fleet.individual.mix.rtx_5090=0 %", "fleet.individual.mix.l40s=0 %", "fleet.individual.mix.a100_sxm_80gb=0 %", "fleet.individual.mix.h100_sxm=0 %",
        "fleet.edge.mix.rtx_3090=0 %", "fleet.edge.mix.rtx_4090=100 %", "fleet.edge.mix.rtx_5090=0 %", "fleet.edge.mix.l40s=0 %", "fleet.edge.mix.a100_sxm_80gb=0 %", "fleet.edge.mix.h100_sxm=0 %",
    ],
};

const WITH_DATACENTRES: Preset = Preset { name: "individuals and data centres", set: &["fleet.individual.share=70 %", "fleet.edge.share=0 %", "fleet.datacentre.share=30 %"] };

const CONSTANT_PART: &str = "a part that is nearly the same for everybody weighs more, and uptime less";

const SMALLER_EARN_LESS: &str = "a higher benchmark lowers the scores of individuals, who have few rewards already";

const LARGER_EARN_LESS: &str = "a higher benchmark lowers the scores of a class of large providers, who have most rewards";

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["protocol.epoch"], &[("emission.minted", Down)], "the schedule is an amount for each epoch"),
    unseen(
        &["protocol.supply.decimals"],
        "how many base units a coin has",
        "by design it decides nothing but rounding, a part in a million of any metric; the metamorphic test of the coin's decimals holds that",
    ),
    effect(&["protocol.supply.max"], &[("emission.minted", Up)], "nothing is minted beyond it").with(&[only!("protocol.emission.per_epoch=50000000 token")]),
    effect(&["protocol.emission.rule"], &[("emission.minted", Along(&["halving", "decaying", "fixed", "stable_value"]))], "a schedule that halves every five epochs mints least, one that decays less than one that does not, and twice the dollars of the first epoch buy most")
        .with(&[only!("protocol.emission.halving_epochs=5"), only!("protocol.emission.value_usd=60000 USD")]).to(&["halving", "fixed", "stable_value"]),
    effect(&["protocol.emission.per_epoch"], &[("emission.minted", Up)], "its definition"),
    effect(&["protocol.emission.decay_per_epoch"], &[("emission.minted", Down)], "its definition").with(&[only!("protocol.emission.rule=decaying")]),
    effect(&["protocol.emission.halving_epochs"], &[("emission.minted", Up)], "halvings come later").with(&[only!("protocol.emission.rule=halving")]).to(&["5"]),
    effect(&["protocol.emission.value_usd"], &[("emission.minted", Up)], "its definition").with(&[only!("protocol.emission.rule=stable_value")]),

    effect(&["protocol.split.performance"], &[("providers.return_median", Up)], "rewards of compute providers").with(&[EQUALS, NOBODY_LEAVES, ALL_PERFORMANCE, only!("protocol.emission.per_epoch=500000 token")]),
    effect(
        &["protocol.split.commitment", "protocol.split.treasury", "protocol.split.growth", "protocol.split.model", "protocol.split.storage", "protocol.split.data", "protocol.split.innovation", "protocol.split.engagement"],
        &[("treasury.end", Up), ("providers.return_median", Down)], "emission that providers do not get; categories without participants go to the treasury",
    ).with(&[ALL_PERFORMANCE]),
    effect(&["protocol.fees.provider"], &[("providers.return_median", Up)], "revenue of providers").with(&[ALL_TO_PROVIDERS]),
    effect(&["protocol.fees.platform"], &[("fee_to_emission", Up), ("providers.return_median", Down)], "what others get of fees, providers do not").with(&[ALL_TO_PROVIDERS]),
    effect(&["protocol.fees.treasury"], &[("treasury.end", Up)], "its definition").with(&[ALL_TO_PROVIDERS]),
    effect(&["protocol.fees.burn"], &[("emission.burned", Up)], "its definition").with(&[ALL_TO_PROVIDERS]),
    effect(&["protocol.fees.insurance"], &[("insurance.end", Up)], "its definition").with(&[ALL_TO_PROVIDERS]),
    effect(&["protocol.fees.sharing"], &[("providers.return_median", Along(&["as_rewards", "owner"]))], "delegators' part of fees is not the owner's").with(&[ALL_TO_PROVIDERS]),

    effect(&["protocol.bond.cover_min"], &[("staked_ratio.mean", Up)], "larger bonds").with(&[BONDS_ALONE]),
    effect(&["protocol.bond.cover_full"], &[("rewards.uptime_premium", Up)], "where weight is collateral alone, a higher cap on it tells those who were slashed from those who were not for longer")
        .with(&[EQUALS, PENALTIES, APART, only!("protocol.bond.weight_base=0 %")]).to(&["480"]),
    effect(&["protocol.bond.weight_base"], &[("rewards.uptime_premium", Down)], "weight that everybody has tells those who were slashed less from those who were not")
        .with(&[EQUALS, PENALTIES, APART, only!("protocol.bond.cover_full=960")]).to(&["100 %"]),
    effect(&["protocol.bond.price_ema_epochs"], &[("staked_ratio.max", Down)], "bonds sized by a steadier price are topped up less when it falls").with(&[VOLATILE, BONDS_ALONE]).to(&["1"]),
    effect(&["protocol.bond.shortfall_tolerance"], &[("utilisation.consumer", Down)], "providers whose bond is short get no new jobs").with(&[EQUALS, HOT, SMALL_GANGS, VOLATILE, BONDS_ALONE, SHORT]).to(&["50 %"]),
    effect(&["protocol.bond.shortfall_epochs"], &[("utilisation.consumer", Up)], "with more time to top up fewer providers are shut").with(&[EQUALS, HOT, SMALL_GANGS, VOLATILE, BONDS_ALONE, SHORT]).to(&["7"]),
    effect(&["protocol.bond.unbonding_epochs"], &[("supply.unbonding_share", Up)], "coins stay in the queue longer").with(&[only!("delegation.yield_required=1000 %")]),

    effect(&["protocol.score.weight_uptime"], &[("rewards.uptime_premium", Up)], "uptime counts for more").with(&[EQUALS]),
    effect(&["protocol.score.weight_error", "protocol.score.weight_response", "protocol.score.weight_rating"], &[("rewards.uptime_premium", Down)], CONSTANT_PART).with(&[EQUALS]),
    effect(&["protocol.score.zero_below"], &[("rewards.uptime_premium", Up)], "the same gap in scores is a larger one in multipliers").with(&[EQUALS]),
    effect(&["protocol.score.cap"], &[("rewards.uptime_premium", Up)], "uptime above its benchmark may earn more").with(&[EQUALS]),
    effect(&["protocol.score.benchmark_error"], &[("rewards.uptime_premium", Down)], "lenience lifts the less available too, while the more available stand at the cap").with(&[EQUALS]),
    effect(&["protocol.score.benchmark_uptime.individual"], &[("gini.rewards", Up)], SMALLER_EARN_LESS).with(&[BOTH_SIZES]),
    effect(&["protocol.score.benchmark_uptime.edge"], &[("gini.rewards", Down)], LARGER_EARN_LESS).with(&[BOTH_SIZES]),
    effect(&["protocol.score.benchmark_uptime.datacentre"], &[("gini.rewards", Down)], LARGER_EARN_LESS).with(&[WITH_DATACENTRES, DEAR_COINS]),
];
