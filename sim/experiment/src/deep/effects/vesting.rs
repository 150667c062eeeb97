//! `[protocol.vesting]`: what is held back does not circulate.

use super::Direction::{Along, Down, Up};
use super::preset::{EQUALS, NOBODY_LEAVES, only};
use super::{Effect, Preset, effect};

const HELD: Preset = Preset { name: "all rewards held back", set: &["protocol.vesting.share=100 %"] };

const SHORT: Preset = Preset { name: "lines of ten days", set: &["protocol.vesting.epochs=10"] };

const AT_AGE: Preset = Preset { name: "held back until the age of 20 days", set: &["protocol.vesting.rule=at_age", "protocol.vesting.age_epochs=20"] };

/// The first malicious result is for ever.
const FINAL: Preset = Preset {
    name: "lazy providers who are out for ever at once",
    set: &["behaviour.lazy=30 %", "verification.challenge_rate=20 %", "protocol.matrix.malicious.tombstone_at=1", "protocol.ladder.malicious_slash=0 %"],
};

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["protocol.vesting.share"], &[("supply.circulating_share", Down)], "what is held back does not circulate").to(&["50 %", "100 %"]),
    effect(&["protocol.vesting.share_step"], &[("supply.circulating_share", Up)], "less is held back of older providers").with(&[HELD, only!("protocol.vesting.step_epochs=10")]).to(&["25 %"]),
    effect(&["protocol.vesting.step_epochs"], &[("supply.circulating_share", Down)], "the share falls later").with(&[HELD, only!("protocol.vesting.share_step=25 %"), only!("protocol.vesting.step_epochs=10")]).to(&["40"]),
    effect(&["protocol.vesting.covers"], &[("supply.circulating_share", Along(&["rewards_and_jobs", "rewards"]))], "less is held back").with(&[HELD]),
    effect(&["protocol.vesting.rule"], &[("supply.circulating_share", Along(&["at_age", "linear"]))], "nothing comes free before the age").with(&[HELD, SHORT]),
    effect(&["protocol.vesting.epochs"], &[("supply.circulating_share", Down)], "it comes free later").with(&[HELD, SHORT]).to(&["40"]),
    effect(&["protocol.vesting.age_epochs"], &[("supply.circulating_share", Down)], "it comes free later").with(&[HELD, AT_AGE]).to(&["40"]),
    effect(&["protocol.vesting.age_share"], &[("supply.circulating_share", Up)], "more of it comes free").with(&[HELD, AT_AGE]).to(&["0 %", "100 %"]),
    effect(&["protocol.vesting.liability"], &[("treasury.end", Along(&["none", "tombstone"]))], "a tombstone takes it to the treasury").with(&[EQUALS, NOBODY_LEAVES, HELD, FINAL]).to(&["tombstone"]),
];
