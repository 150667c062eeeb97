//! `[incidents]`, `[appeals]`, `[contributors]`, `[governance]`, `[market.crash]` and the rules of the protocol that they meet.

use super::Direction::{Along, Down, Up};
use super::preset::{EQUALS, NOBODY_LEAVES, only};
use super::{Effect, Preset, effect, unseen};

const INCIDENTS: Preset = Preset { name: "ten incidents a provider and year", set: &["incidents.per_provider_year=10"] };

const FLAWS: Preset = Preset { name: "common flaws", set: &["incidents.flaws_per_year=100", "incidents.flaw_share=30 %"] };

/// Enough incidents for each kind to happen, among equals who stay.
const MANY_INCIDENTS: Preset = Preset { name: "fifty incidents a provider and year", set: &["incidents.per_provider_year=50"] };

/// Terms of a day, after which owners take longer to ask than the run lasts.
const SLOW_OWNERS: Preset = Preset {
    name: "short terms and slow owners",
    set: &["protocol.ladder.penalty_at=1", "protocol.ladder.severe_at=1", "protocol.ladder.severe_suspension_epochs=1", "protocol.ladder.malicious_jail_epochs=1", "incidents.remediation_epochs=3650"],
};

/// Nobody else is out when the run ends: neither for review nor for ever.
const COMES_BACK: Preset = Preset {
    name: "everybody comes back by itself",
    set: &[
        "protocol.matrix.security_breach.recovery=automatic", "protocol.matrix.data_breach.recovery=automatic", "protocol.matrix.heavy.recovery=automatic",
        "protocol.matrix.malicious.tombstone_at=0", "protocol.matrix.security_breach.tombstone_at=0", "protocol.matrix.data_breach.tombstone_at=0",
    ],
};

const ALL_REPORTERS: Preset = Preset {
    name: "all slashes to reporters",
    set: &["protocol.slash_release.reporter=100 %", "protocol.slash_release.insurance=0 %", "protocol.slash_release.burn=0 %", "protocol.slash_release.treasury=0 %"],
};

const ALL_APPEAL: Preset = Preset { name: "every verdict appealed", set: &["appeals.share=100 %"] };

const CONTRIBUTORS: Preset = Preset { name: "contributors", set: &["contributors.count=2000"] };

const BAD: Preset = Preset { name: "half of them bad", set: &["contributors.bad=50 %", "contributors.found_out=10 %"] };

const HELD: Preset = Preset {
    name: "all rewards held back for a week",
    set: &["protocol.contribution.hold_back=100 %", "protocol.contribution.cliff_epochs=1", "protocol.contribution.hold_back_epochs=7", "protocol.contribution.schedule_epochs=1"],
};

const VOTERS: Preset = Preset {
    name: "voters with a proposal every other epoch",
    set: &["governance.voters=2000", "governance.turnout=80 %", "governance.proposal_epochs=2", "protocol.governance.deposit=10 token"],
};

const ALL_YES: Preset = Preset { name: "all vote yes", set: &["governance.vote.yes=100 %", "governance.vote.no=0 %", "governance.vote.abstain=0 %", "governance.vote.veto=0 %"] };

const ALL_NO: Preset = Preset { name: "all vote no", set: &["governance.vote.yes=0 %", "governance.vote.no=100 %", "governance.vote.abstain=0 %", "governance.vote.veto=0 %"] };

const ALL_VETO: Preset = Preset { name: "all veto", set: &["governance.vote.yes=0 %", "governance.vote.no=0 %", "governance.vote.abstain=0 %", "governance.vote.veto=100 %"] };

const DIVIDED: Preset = Preset { name: "divided voters", set: &["governance.vote.yes=50 %", "governance.vote.no=20 %", "governance.vote.abstain=0 %", "governance.vote.veto=30 %"] };

const CRASH: Preset = Preset { name: "a price crash on day 10", set: &["market.crash.at=10 d", "market.crash.fall=70 %"] };

const LOW_FEES: Preset = Preset { name: "fees never enough", set: &["protocol.guard.fee_floor=10", "protocol.guard.fee_patience=1"] };

const CAPPED: Preset = Preset { name: "inflation capped", set: &["protocol.guard.inflation_max=0.5 %"] };

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["incidents.per_provider_year"], &[("incidents.count", Up)], "its definition").to(&["10"]),
    effect(&["incidents.flaws_per_year"], &[("incidents.count", Up)], "its definition").to(&["100"]),
    effect(&["incidents.flaw_share"], &[("incidents.count", Up)], "its definition").with(&[FLAWS]).to(&["100 %"]),
    effect(&["incidents.reported"], &[("insurance.end", Down)], "without a reporter the insurance pool has the reporter's share").with(&[INCIDENTS, ALL_REPORTERS]).to(&["0 %", "100 %"]),
    effect(&["incidents.remediation_epochs"], &[("providers.barred_share", Up)], "who takes longer to ask is more often out at the end").with(&[INCIDENTS, only!("protocol.ladder.malicious_jail_epochs=1")]).to(&["365"]),
    effect(&["appeals.share"], &[("appeals.count", Up)], "its definition").with(&[INCIDENTS]).to(&["50 %", "100 %"]),
    effect(&["appeals.upheld"], &[("appeals.returned_share", Up)], "its definition").with(&[INCIDENTS, ALL_APPEAL]).to(&["0 %", "100 %"]),
    effect(&["appeals.delay_epochs"], &[("appeals.returned_share", Down)], "more appeals are undecided at the end").with(&[INCIDENTS, ALL_APPEAL, only!("appeals.upheld=100 %"), only!("protocol.appeal.max_epochs=365")]).to(&["30"]),

    effect(&["contributors.count"], &[("contributions.earned_share", Up)], "without contributors their categories go to the treasury").to(&["2000"]),
    effect(&["contributors.models"], &[("contributions.model_share", Up)], "its definition").with(&[CONTRIBUTORS]).to(&["0 %", "100 %"]),
    effect(&["contributors.points"], &[("contributions.quality", Up)], "its definition").with(&[CONTRIBUTORS]).to(&["5", "20"]),
    effect(&["contributors.quality_min"], &[("contributions.quality", Up)], "its definition").with(&[CONTRIBUTORS]),
    effect(&["contributors.bad"], &[("contributions.forfeited", Up)], "who is bad can be found out").with(&[CONTRIBUTORS, BAD]).to(&["0 %", "100 %"]),
    effect(&["contributors.found_out"], &[("contributions.forfeited", Up)], "who is found out loses what it vouched with").with(&[CONTRIBUTORS, BAD]).to(&["0 %"]),

    effect(&["governance.voters"], &[("governance.proposals", Up)], "voters propose").to(&["2000"]),
    effect(&["governance.stake_median"], &[("governance.turnout", Up)], "who has no stake has no vote; above nothing, all weights grow alike").with(&[VOTERS]).to(&["0 token"]),
    effect(&["governance.stake_sigma"], &[("governance.deciders", Down)], "the more unequal the stakes, the fewer outweigh all others").with(&[VOTERS]).to(&["0", "3"]),
    effect(&["governance.turnout"], &[("governance.turnout", Up)], "its definition").with(&[VOTERS]).to(&["20 %"]),
    effect(&["governance.vote.yes"], &[("governance.adopted_share", Up)], "its definition").with(&[VOTERS, ALL_NO]),
    effect(&["governance.vote.no", "governance.vote.abstain", "governance.vote.veto"], &[("governance.adopted_share", Down)], "votes that are not for it; the shares are taken from yes").with(&[VOTERS, ALL_YES]),
    effect(&["governance.proposal_epochs"], &[("governance.proposals", Down)], "its definition").with(&[VOTERS]).to(&["8"]),
    unseen(&["governance.change"], "by how much a proposal moves a parameter", "a lot chooses which parameter and which way, so no one metric moves; the effect of each parameter is declared with it").with(&[VOTERS]),
    effect(&["governance.grant"], &[("grants.paid", Up)], "its definition").with(&[VOTERS, ALL_YES]),
    effect(&["market.crash.at"], &[("emission.share_of_fees", Up)], "coins are worth more for longer").with(&[CRASH]).to(&["30 d"]),
    effect(&["market.crash.fall"], &[("emission.share_of_fees", Down), ("guards.breaker_trips", Up)], "coins minted afterwards are worth less; a large fall trips the breaker").with(&[CRASH]).to(&["0 %"]),

    effect(&["protocol.matrix.light.minor", "protocol.matrix.light.moderate", "protocol.matrix.light.major", "protocol.matrix.heavy.minor", "protocol.matrix.heavy.moderate", "protocol.matrix.heavy.major", "protocol.matrix.false_report.slash"],
        &[("slashes.total", Up)], "its definition").with(&[EQUALS, NOBODY_LEAVES, INCIDENTS, only!("incidents.per_provider_year=50"), only!("protocol.ladder.malicious_slash=0 %")]).to(&["0 %", "90 %"]),
    effect(&["protocol.matrix.*.regime"], &[("providers.barred_share", Along(&["graduated", "scaled", "immediate"]))], "graduated begins with a warning, immediate jails the first")
        .with(&[EQUALS, NOBODY_LEAVES, MANY_INCIDENTS]).to(&["immediate", "graduated"]),
    effect(&["protocol.matrix.*.tombstone_at"], &[("slashes.total", Down)], "fewer violations take everything").with(&[EQUALS, NOBODY_LEAVES, MANY_INCIDENTS, only!("protocol.matrix.*.tombstone_at=1")]).to(&["1000000"]),
    effect(&["protocol.matrix.*.correlated"], &[("slashes.total", Along(&["no", "yes"]))], "the slash grows with what fails together")
        .with(&[EQUALS, NOBODY_LEAVES, MANY_INCIDENTS, only!("protocol.ladder.penalty_at=1"), only!("protocol.correlation.gain=100"), only!("protocol.correlation.cap=10"), only!("protocol.correlation.window_epochs=64")]),
    effect(&["protocol.matrix.*.recovery"], &[("providers.barred_share", Along(&["automatic", "review"]))], "who has to ask is out until it does")
        .with(&[EQUALS, NOBODY_LEAVES, MANY_INCIDENTS, SLOW_OWNERS, COMES_BACK, only!("protocol.matrix.*.regime=immediate")]),
    effect(&["protocol.correlation.rule"], &[("slashes.total", Along(&["multiply", "add"]))], "a share of all stake is added to slashes that are smaller shares than the cap times themselves")
        .with(&[EQUALS, NOBODY_LEAVES, FLAWS, COMES_BACK, only!("incidents.flaws_per_year=1000"), only!("protocol.correlation.gain=1"), only!("protocol.ladder.malicious_slash=1 %")]),
    effect(&["protocol.correlation.gain"], &[("slashes.total", Up)], "its definition").with(&[FLAWS]).to(&["3"]),
    effect(&["protocol.correlation.cap"], &[("slashes.total", Up)], "a higher cap lets the slash grow further").with(&[FLAWS, only!("protocol.correlation.gain=100")]).to(&["1"]),
    effect(&["protocol.correlation.window_epochs"], &[("slashes.total", Up)], "more failures count as together").with(&[FLAWS, only!("protocol.correlation.gain=3"), only!("protocol.correlation.cap=10")]).to(&["0", "64"]),
    effect(&["protocol.appeal.deposit"], &[("insurance.end", Up)], "rejected appeals forfeit it to the insurance pool").with(&[INCIDENTS, ALL_APPEAL, only!("appeals.upheld=0 %")]).to(&["100 token"]),
    effect(&["protocol.appeal.max_epochs"], &[("appeals.returned_share", Up)], "an appeal that is not decided by then is rejected").with(&[INCIDENTS, ALL_APPEAL, only!("appeals.upheld=100 %"), only!("appeals.delay_epochs=10")]).to(&["14"]),

    effect(&["protocol.contribution.bond_per_point"], &[("contributions.forfeited", Up)], "who is found out loses what it vouched with").with(&[CONTRIBUTORS, BAD]).to(&["10 token"]),
    effect(&["protocol.contribution.hold_back"], &[("contributions.claimed_share", Down)], "its definition").with(&[CONTRIBUTORS]).to(&["0 %", "100 %"]),
    effect(&["protocol.contribution.vesting"], &[("contributions.claimed_share", Along(&["linear_with_cliff", "none"]))], "its definition").with(&[CONTRIBUTORS]),
    effect(&["protocol.contribution.hold_back_epochs", "protocol.contribution.cliff_epochs", "protocol.contribution.schedule_epochs"], &[("contributions.claimed_share", Down)], "what is held back comes free later").with(&[CONTRIBUTORS, HELD]).to(&["28"]),
    effect(&["protocol.governance.deposit"], &[("emission.burned", Up)], "vetoed deposits are burned").with(&[VOTERS, ALL_VETO]).to(&["1000 token"]),
    effect(&["protocol.governance.voting_epochs", "protocol.governance.timelock_epochs"], &[("grants.paid", Down)], "grants are paid later").with(&[VOTERS, ALL_YES, only!("protocol.governance.open_max=256")]).to(&["20"]),
    effect(&["protocol.governance.weight"], &[("governance.deciders", Along(&["linear", "capped", "quadratic"]))], "large stakes weigh less").with(&[VOTERS, only!("protocol.governance.cap=20 %")]),
    effect(&["protocol.governance.cap"], &[("governance.deciders", Down)], "large stakes weigh more").with(&[VOTERS, only!("protocol.governance.weight=capped")]).to(&["0.1 %", "100 %"]),
    effect(&["protocol.governance.quorum"], &[("governance.decided_share", Down)], "its definition").with(&[VOTERS]).to(&["95 %"]),
    effect(&["protocol.governance.threshold"], &[("governance.adopted_share", Down)], "its definition").with(&[VOTERS]).to(&["0 %", "95 %"]),
    effect(&["protocol.governance.veto_share"], &[("governance.adopted_share", Up)], "fewer proposals are vetoed").with(&[VOTERS, DIVIDED]).to(&["0 %", "100 %"]),
    effect(&["protocol.governance.grace_epochs"], &[("grants.paid", Up)], "a grant that the treasury's guard has held back may still be paid")
        .with(&[VOTERS, ALL_YES, only!("governance.proposal_epochs=1"), only!("governance.grant=10 %"), only!("protocol.guard.runway_min=3650")]).to(&["1"]),
    effect(&["protocol.governance.open_max"], &[("governance.proposals", Up)], "its definition").with(&[VOTERS]).to(&["1"]),

    effect(&["protocol.guard.fee_floor"], &[("guards.bound_share", Up)], "more epochs are low").with(&[LOW_FEES]).to(&["0"]),
    effect(&["protocol.guard.fee_patience"], &[("guards.bound_share", Down)], "its definition").with(&[LOW_FEES]).to(&["20"]),
    effect(&["protocol.guard.fee_cut"], &[("emission.minted", Up)], "what is left of the ceiling").with(&[LOW_FEES]),
    effect(&["protocol.guard.runway_min"], &[("guards.grants_paused_share", Up)], "its definition").with(&[VOTERS, ALL_YES, only!("governance.grant=10 %")]).to(&["3650"]),
    effect(&["protocol.guard.solvency_min"], &[("guards.insurance_first_share", Up)], "its definition").to(&["10"]),
    effect(&["protocol.guard.inflation_max"], &[("guards.bound_share", Down)], "above nothing, which is off, a higher bound binds less often").with(&[CAPPED]).to(&["1000 %"]),
    effect(&["protocol.guard.year_epochs"], &[("emission.minted", Down)], "what may be minted in a year is divided among more epochs").with(&[CAPPED]).to(&["730"]),
    effect(&["protocol.guard.halts_trading"], &[("guards.halted_share", Along(&["no", "yes"]))], "its definition").with(&[CRASH]),
    effect(&["protocol.guard.halt_epochs"], &[("guards.halted_share", Up)], "its definition").with(&[CRASH, only!("protocol.guard.halts_trading=yes")]).to(&["5"]),
];
