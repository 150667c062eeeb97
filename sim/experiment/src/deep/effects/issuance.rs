//! `[protocol.emission]` beyond the plain schedules, and the rule of weights.

use super::preset::only;
use super::Direction::{Along, Down, Either, Up};
use super::{Effect, effect};

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["protocol.emission.per_gpu"], &[("emission.minted", Up)], "its definition").with(&[only!("protocol.emission.rule=per_gpu")]),
    effect(&["protocol.emission.inflation.start"], &[("emission.minted", Up)], "its definition").with(&[only!("protocol.emission.rule=bonding_controller")]).to(&["8 %", "19 %"]),
    effect(&["protocol.emission.inflation.min"], &[("emission.minted", Up)], "a curve that begins higher").with(&[only!("protocol.emission.rule=ideal_stake"), only!("protocol.emission.inflation.start=20 %")]),
    effect(&["protocol.emission.inflation.max"], &[("emission.minted", Up)], "a curve that rises higher").with(&[only!("protocol.emission.rule=ideal_stake"), only!("protocol.emission.inflation.start=7 %")]),
    effect(&["protocol.emission.inflation.change"], &[("emission.minted", Up)], "stake is short of the target, and inflation rises faster").with(&[only!("protocol.emission.rule=bonding_controller"), only!("protocol.emission.inflation.start=7 %"), only!("protocol.emission.inflation.target=90 %")]),
    effect(&["protocol.emission.inflation.target"], &[("emission.minted", Up)], "the further stake is short of the target, the faster inflation rises").with(&[only!("protocol.emission.rule=bonding_controller"), only!("protocol.emission.inflation.start=7 %"), only!("protocol.emission.inflation.change=100 %")]),
    effect(&["protocol.emission.inflation.falloff"], &[("emission.minted", Up)], "beyond the ideal inflation falls less").with(&[only!("protocol.emission.rule=ideal_stake"), only!("protocol.emission.inflation.target=5 %")]).to(&["100 %"]),
    effect(&["protocol.emission.inflation.epochs_per_year"], &[("emission.minted", Down)], "a year's inflation in more parts").with(&[only!("protocol.emission.rule=bonding_controller")]),
    effect(&["protocol.emission.allocation.total"], &[("emission.minted", Up)], "its definition").with(&[only!("protocol.emission.rule=simple_and_baseline")]),
    effect(&["protocol.emission.allocation.half_life_epochs"], &[("emission.minted", Down)], "the same over a longer time").with(&[only!("protocol.emission.rule=simple_and_baseline"), only!("protocol.emission.allocation.simple_share=100 %")]),
    effect(&["protocol.emission.allocation.simple_share"], &[("emission.minted", Up)], "capacity lies below its baseline").with(&[only!("protocol.emission.rule=simple_and_baseline"), only!("protocol.emission.allocation.baseline_gpus=1000000")]),
    effect(&["protocol.emission.allocation.baseline_gpus"], &[("emission.minted", Down)], "capacity takes longer to reach it").with(&[only!("protocol.emission.rule=simple_and_baseline"), only!("protocol.emission.allocation.simple_share=0 %")]).to(&["1000000"]),
    effect(&["protocol.emission.allocation.baseline_growth"], &[("emission.minted", Down)], "capacity falls behind a faster baseline").with(&[only!("protocol.emission.rule=simple_and_baseline"), only!("protocol.emission.allocation.simple_share=0 %"), only!("protocol.emission.allocation.baseline_gpus=1000000")]).to(&["1000 %"]),
    effect(&["protocol.emission.allocation.net_cap"], &[("emission.minted", Up)], "more of what is burned is minted again").with(&[only!("protocol.emission.rule=net_of_burn")]).to(&["1 token"]),
    effect(&["protocol.emission.allocation.smoothing_epochs"], &[("emission.minted", Either("what is minted again follows burning later, whichever way it goes"))], "its definition").with(&[only!("protocol.emission.rule=net_of_burn"), only!("protocol.emission.allocation.net_cap=1000000 token")]),
    effect(&["protocol.emission.allocation.first_epoch"], &[("emission.minted", Up)], "the first weeks of the calendar have no rewards").with(&[only!("protocol.emission.rule=weekly_halves")]).to(&["896"]),
    effect(&["protocol.weight.rule"], &[("gini.rewards", Along(&["equal", "cover"]))], "with one weight each the large get no more than the small").to(&["equal"]),
];
