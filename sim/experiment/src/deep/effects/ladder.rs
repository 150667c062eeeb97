//! `[protocol.ladder]`, `[protocol.recovery]`, `[protocol.slash_release]`: violations and what follows.

use super::Direction::{Along, Down, Up};
use super::preset::*;
use super::{Effect, Preset, effect};

const FAULTY: Preset = Preset {
    name: "faulty providers, the first violation penalised",
    set: &["jobs.fault_share=20 %", "protocol.ladder.penalty_at=1", "protocol.ladder.severe_at=100"],
};

/// All slashes to one, from which the others take.
const ALL_BURNED: Preset = Preset {
    name: "slashes burned",
    set: &["protocol.slash_release.reporter=0 %", "protocol.slash_release.insurance=0 %", "protocol.slash_release.burn=100 %", "protocol.slash_release.treasury=0 %"],
};

const ALL_INSURED: Preset = Preset {
    name: "slashes to the insurance pool",
    set: &["protocol.slash_release.reporter=0 %", "protocol.slash_release.insurance=100 %", "protocol.slash_release.burn=0 %", "protocol.slash_release.treasury=0 %"],
};

const STRICT: Preset = Preset { name: "the first violation penalised", set: &["protocol.ladder.penalty_at=1", "protocol.ladder.severe_at=100"] };

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["protocol.ladder.window_epochs"], &[("slashes.total", Down)], "a longer window forgives more of an outage, and what was judged leaves it").with(&[EQUALS, PENALTIES]).to(&["14"]),
    effect(&["protocol.ladder.downtime_allowance.*"], &[("slashes.total", Down)], "more downtime is forgiven").with(&[ONLY_CLASS, SHORT_SPELLS, STRICT, only!("protocol.ladder.downtime_allowance.*=10 %")]),
    effect(&["protocol.ladder.failed_job_allowance"], &[("slashes.total", Down)], "more failed jobs are forgiven").with(&[EQUALS, FAULTY]).to(&["80 %"]),
    effect(&["protocol.ladder.failed_jobs_min"], &[("slashes.total", Down)], "more failed jobs are forgiven").with(&[EQUALS, FAULTY]).to(&["100"]),
    effect(&["protocol.ladder.penalty_at"], &[("slashes.total", Down)], "more violations are warnings").with(&[EQUALS, PENALTIES]),
    effect(&["protocol.ladder.severe_at"], &[("slashes.total", Down)], "more violations are penalties").with(&[EQUALS, SEVERE]),
    effect(&["protocol.ladder.memory_half_life_epochs"], &[("slashes.total", Up)], "violations that are remembered longer raise the next one").with(&[EQUALS, PENALTIES, only!("protocol.ladder.penalty_at=3")]).to(&["2"]),
    effect(&["protocol.ladder.penalty_slash"], &[("slashes.total", Up)], "its definition").with(&[EQUALS, PENALTIES]),
    effect(&["protocol.ladder.penalty_forfeit"], &[("treasury.end", Up)], "what is forfeited goes to the treasury").with(&[EQUALS, PENALTIES]),
    effect(&["protocol.ladder.severe_slash"], &[("slashes.total", Up)], "its definition").with(&[EQUALS, SEVERE]),
    effect(&["protocol.ladder.severe_forfeit"], &[("treasury.end", Up)], "what is forfeited goes to the treasury").with(&[EQUALS, SEVERE]),
    effect(&["protocol.ladder.severe_suspension_epochs"], &[("providers.barred_share", Up)], "who is suspended longer is more often so at the end").with(&[EQUALS, SEVERE]),
    effect(&["protocol.ladder.malicious_slash"], &[("slashes.total", Up)], "its definition").with(&[EQUALS, LAZY]),
    effect(&["protocol.ladder.malicious_jail_epochs"], &[("providers.barred_share", Up)], "who is jailed longer is more often so at the end").with(&[EQUALS, LAZY, NOBODY_LEAVES]),
    effect(&["protocol.ladder.slash_order"], &[("providers.return_median", Along(&["own_first", "proportional"]))], "the owner pays for its delegators too")
        .with(&[EQUALS, PENALTIES, NOBODY_LEAVES, only!("protocol.ladder.penalty_slash=5 %")]).to(&["own_first"]),
    effect(&["protocol.recovery.floor"], &[("rewards.uptime_premium", Down)], "who comes back from a suspension, mostly the less available, earns more at once").with(&[EQUALS, SEVERE]).to(&["100 %"]),
    effect(&["protocol.recovery.epochs"], &[("rewards.uptime_premium", Up)], "who comes back from a suspension, mostly the less available, earns less for longer").with(&[EQUALS, SEVERE]),
    effect(&["protocol.slash_release.hold_epochs"], &[("insurance.end", Down)], "what is held longer is released later").with(&[EQUALS, PENALTIES, ALL_INSURED]),
    effect(&["protocol.slash_release.reporter"], &[("emission.burned", Down), ("insurance.end", Up)], "what is not burned; nobody reports for pay, so the insurance pool has the reporter's share").with(&[EQUALS, PENALTIES, ALL_BURNED]),
    effect(&["protocol.slash_release.insurance"], &[("insurance.end", Up)], "its definition").with(&[EQUALS, PENALTIES, ALL_BURNED]),
    effect(&["protocol.slash_release.burn"], &[("emission.burned", Up)], "its definition").with(&[EQUALS, PENALTIES, ALL_INSURED]),
    effect(&["protocol.slash_release.treasury"], &[("treasury.end", Up)], "its definition").with(&[EQUALS, PENALTIES, ALL_BURNED]),
];
