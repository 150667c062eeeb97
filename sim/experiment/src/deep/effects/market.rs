//! `[verification]`, `[behaviour]`, `[market]`, `[delegation]`, `[entry]`.

use super::Direction::{Down, Up};
use super::preset::*;
use super::{Effect, effect, unseen};

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["verification.challenge_rate"], &[("verification.detection_days", Down)], "who is checked more often is caught sooner").with(&[LAZY]),
    effect(&["verification.false_accept"], &[("verification.lazy_detected_share", Down)], "checks that pass bad work catch fewer").with(&[LAZY]).to(&["90 %"]),
    effect(&["verification.false_reject"], &[("verification.false_alarm_share", Up)], "checks that fail good work raise false alarms").to(&["5 %"]),
    effect(&["verification.verdict_delay"], &[("verification.detection_days", Up)], "a later verdict catches later").with(&[LAZY]),

    effect(&["behaviour.lazy"], &[("slashes.total", Up)], "who claims work that is not done is slashed").with(&[EQUALS]).to(&["20 %"]),
    effect(&["behaviour.self_dealing"], &[("emission.burned", Up)], "fake jobs pay fees, of which a part is burned").with(&[EQUALS]).to(&["50 %"]),
    effect(&["behaviour.self_dealing_idle"], &[("self_dealing.return", Down)], "rewards follow capacity, not use: the more idle time one buys from oneself, the more fees one loses").with(&[EQUALS, only!("behaviour.self_dealing=30 %")]),

    effect(&["market.price"], &[("emission.share_of_fees", Up)], "a schedule in coins is worth more dollars"),
    effect(&["market.volatility"], &[("price.log_deviation", Up)], "its definition"),
    effect(&["market.half_life"], &[("price.log_deviation", Up)], "a weaker pull to the start lets the price stray further").to(&["5 d"]),
    effect(&["market.sell_fees"], &[("supply.market_share", Up)], "coins that are sold come back to the market").to(&["0 %"]),
    effect(&["market.sell_rewards"], &[("supply.market_share", Up)], "coins that are sold come to the market").to(&["0 %"]),
    effect(&["market.genesis.circulating"], &[("supply.circulating_share", Up)], "its definition"),
    effect(&["market.genesis.locked"], &[("supply.circulating_share", Down)], "locked coins do not circulate"),
    effect(&["market.genesis.treasury"], &[("treasury.end", Up), ("supply.circulating_share", Down)], "the treasury begins with it, and what it holds does not circulate"),
    effect(&["market.genesis.ecosystem"], &[("supply.circulating_share", Down)], "locked coins do not circulate"),

    unseen(
        &["delegation.delegators"],
        "into how many accounts the same delegated stake is divided",
        "delegators decide alike and by position, so the number of accounts moves postings between accounts and no sum; metrics count sums",
    ),
    effect(&["delegation.staked_ratio"], &[("staked_ratio.mean", Up)], "its definition"),
    effect(&["delegation.commission"], &[("providers.return_median", Up), ("staked_ratio.mean", Down)], "what goes to providers does not go to their delegators, who then withdraw"),
    effect(&["delegation.yield_required"], &[("staked_ratio.mean", Down)], "delegators who ask for more withdraw sooner"),
    effect(&["delegation.step"], &[("staked_ratio.mean", Down)], "at a yield that nobody gets, larger steps withdraw faster").with(&[only!("delegation.yield_required=1000 %")]),

    effect(&["delegation.redelegate"], &[("delegation.redelegated", Up)], "its definition").with(&[PENALTIES]).to(&["50 %"]),

    effect(&["entry.candidates_per_month"], &[("providers.entered", Up)], "of more candidates more enter").with(&[QUICK_ENTRY]),
    effect(&["entry.lead_time"], &[("providers.entered", Down)], "who needs longer comes after the end").with(&[QUICK_ENTRY]),
    effect(&["entry.return_required"], &[("providers.entered", Down)], "a higher hurdle turns more away").with(&[QUICK_ENTRY]),
    effect(&["entry.margin_window"], &[("capacity.gpus_up", Up)], "nobody leaves before the window has passed").with(&[QUICK_ENTRY, only!("entry.margin_required=50 USD/d"), only!("entry.candidates_per_month=0")]),
    effect(&["entry.margin_required"], &[("providers.exited_share", Up)], "owners who ask for more leave more often").with(&[QUICK_ENTRY]),
    effect(&["entry.patience"], &[("capacity.gpus_up", Up)], "who waits longer leaves later").with(&[QUICK_ENTRY, only!("entry.margin_required=50 USD/d"), only!("entry.candidates_per_month=0")]),
];
