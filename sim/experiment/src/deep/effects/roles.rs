//! `[roles.<role>]` and the rules of the protocol that concern them.

use super::Direction::{Along, Down, Up};
use super::preset::only;
use super::{Effect, Preset, effect};

/// So many, at the reference fleet, that a small network has dozens.
const SOME: Preset = Preset { name: "many of role *", set: &["roles.*.count=2000"] };

const VERIFIERS: Preset = only!("roles.verifier.count=2000");

const STORAGE: Preset = only!("roles.storage.count=2000");

const LAZY: Preset = only!("roles.verifier.lazy=50 %");

/// Delegators withdraw, so that there is something in the queue.
const EXODUS: Preset = Preset { name: "delegators withdraw", set: &["delegation.yield_required=1000 %", "delegation.step=20 %"] };

const CONTRIBUTING_VOTERS: Preset = Preset {
    name: "voters, who contribute too",
    set: &["governance.voters=2000", "governance.turnout=80 %", "governance.proposal_epochs=2", "protocol.governance.deposit=10 token"],
};

const OFTEN_DOWN: Preset = Preset { name: "storage that is down half of the time", set: &["roles.storage.up_mean=12 h", "roles.storage.down_mean=12 h"] };

const WAITS: &str = "coins stay in the queue longer";

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["roles.verifier.count", "roles.operator.count", "roles.storage.count"], &[("roles.providers", Up)], "its definition, before those leave who cannot live of it").with(&[only!("horizon=5 d")]).to(&["2000"]),
    effect(&["roles.*.list_price"], &[("roles.bond", Up)], "a bond is so many days of list price").with(&[SOME]),
    effect(&["roles.*.capital"], &[("roles.net", Down)], "what costs more wears more").with(&[SOME]),
    effect(&["roles.*.life"], &[("roles.net", Up)], "what lasts longer wears less in a year").with(&[SOME]),
    effect(&["roles.*.power", "roles.*.other_cost"], &[("roles.net", Down)], "its definition").with(&[SOME]),
    effect(&["roles.*.up_mean"], &[("roles.availability", Up)], "its definition").with(&[SOME]),
    effect(&["roles.*.down_mean"], &[("roles.availability", Down)], "its definition").with(&[SOME]),
    effect(&["roles.verifier.lazy"], &[("verifiers.false_verdicts", Up)], "who does not check passes planted work").with(&[VERIFIERS]).to(&["50 %"]),
    effect(&["roles.verifier.planted"], &[("verifiers.false_verdicts", Up), ("verifiers.lazy_gain", Down)], "more lies are found out, and each costs bond").with(&[VERIFIERS, LAZY]).to(&["0 %", "50 %"]),
    effect(&["roles.verifier.check_cost"], &[("roles.net", Down)], "its definition").with(&[VERIFIERS]).to(&["0 USD", "1 USD"]),
    effect(&["roles.storage.copies"], &[("jobs.goodput", Up)], "a checkpoint that more providers keep is lost less often").with(&[STORAGE, OFTEN_DOWN]).to(&["1", "20"]),
    effect(&["protocol.fees.verification"], &[("verifiers.fees", Up)], "its definition").with(&[VERIFIERS]),
    effect(&["protocol.score.storage"], &[("gini.storage_rewards", Along(&["proofs", "mean"]))], "below its benchmark the mean takes more than the share of what is missing, its line ending above zero").with(&[STORAGE, OFTEN_DOWN]),
    effect(&["protocol.engagement.operator_share"], &[("roles.net", Up)], "what is theirs is not the contributors'").with(&[VERIFIERS, CONTRIBUTING_VOTERS]),
    effect(&["protocol.bond.unbonding_epochs_by_role.storage"], &[("supply.unbonding_share", Up)], WAITS).with(&[STORAGE, EXODUS, only!("protocol.bond.unbonding_epochs_by_role.storage=14")]),
    effect(&["protocol.bond.unbonding_epochs_by_role.verifier"], &[("supply.unbonding_share", Up)], WAITS).with(&[VERIFIERS, EXODUS, only!("protocol.bond.unbonding_epochs_by_role.verifier=14")]),
    effect(&["protocol.bond.unbonding_epochs_by_role.operator"], &[("supply.unbonding_share", Up)], WAITS).with(&[only!("roles.operator.count=2000"), EXODUS, only!("protocol.bond.unbonding_epochs_by_role.operator=14")]),
];
