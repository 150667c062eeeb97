//! What the system tests share: a scenario with a few changes, and an observer that keeps everything.

use std::path::Path;

use stakesim_experiment::run::{Audit, run};
use stakesim_experiment::scenario::{Overrides, Scenario, Start};
use world::Ending;
use world::observe::Observer;
use world::rows::{
    BalanceRow, ContributionRow, EpochRow, FlowRow, JobRow, KindRow, PostingRow, ProposalRow,
    ProviderRow, RoleRow, StandingRow, VerdictRow, ViolationRow,
};

/// Changes that leave a network in which nothing fails, moves, joins, leaves or cheats: a test adds what it is about.
pub const QUIET: &[&str] = &[
    "market.volatility=0 %",
    "behaviour.lazy=0 %",
    "behaviour.self_dealing=0 %",
    "jobs.elasticity=0",
    "jobs.fault_share=0 %",
    "verification.false_reject=0 %",
    "entry.candidates_per_month=0",
    "entry.patience=730 d",
    "entry.margin_window=730 d",
];

/// No customers: neither trace jobs nor large ones.
pub const IDLE: &[&str] = &[
    "jobs.trace_scale=0",
    "jobs.load.consumer=0 %",
    "jobs.load.datacentre=0 %",
];

/// Nodes that never fail within any horizon used here.
pub const UNFAILING: &[&str] = &[
    "failures.individual.up_law=lognormal",
    "failures.individual.up_mean=36500 d",
    "failures.individual.up_shape=0.2",
    "failures.edge.up_law=lognormal",
    "failures.edge.up_mean=36500 d",
    "failures.edge.up_shape=0.2",
    "failures.datacentre.up_law=lognormal",
    "failures.datacentre.up_mean=36500 d",
    "failures.datacentre.up_shape=0.2",
];

/// A built-in scenario or a file of the scenarios folder, with `--set`-style changes.
pub fn scenario(base: &str, changes: &[&[&str]]) -> Scenario {
    let set = changes
        .iter()
        .copied()
        .flatten()
        .map(|&text| text.to_owned())
        .collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../scenarios")
        .join(base);
    let overrides = Overrides { set, seed: None };
    Scenario::load(Start::File(&file), &overrides).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The minimal scenario with changes.
pub fn minimal(changes: &[&[&str]]) -> Scenario {
    scenario("minimal.toml", changes)
}

/// Everything that a run told, and which large tables it was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    pub with_jobs: bool,
    pub with_postings: bool,
    pub epochs: Vec<EpochRow>,
    pub kinds: Vec<KindRow>,
    pub providers: Vec<ProviderRow>,
    pub jobs: Vec<JobRow>,
    pub verdicts: Vec<VerdictRow>,
    pub violations: Vec<ViolationRow>,
    pub standings: Vec<StandingRow>,
    pub contributions: Vec<ContributionRow>,
    pub proposals: Vec<ProposalRow>,
    pub roles: Vec<RoleRow>,
    pub flows: Vec<FlowRow>,
    pub balances: Vec<BalanceRow>,
    pub postings: Vec<PostingRow>,
}

impl Told {
    pub fn all() -> Self {
        Self {
            with_jobs: true,
            with_postings: true,
            ..Self::default()
        }
    }
}

impl Observer for Told {
    fn wants_jobs(&self) -> bool {
        self.with_jobs
    }
    fn wants_postings(&self) -> bool {
        self.with_postings
    }
    fn epoch(&mut self, row: EpochRow) {
        self.epochs.push(row);
    }
    fn kind(&mut self, row: KindRow) {
        self.kinds.push(row);
    }
    fn provider(&mut self, row: ProviderRow) {
        self.providers.push(row);
    }
    fn jobs(&mut self, rows: &[JobRow]) {
        self.jobs.extend_from_slice(rows);
    }
    fn verdict(&mut self, row: VerdictRow) {
        self.verdicts.push(row);
    }
    fn flow(&mut self, row: FlowRow) {
        self.flows.push(row);
    }
    fn balance(&mut self, row: BalanceRow) {
        self.balances.push(row);
    }
    fn violation(&mut self, row: ViolationRow) {
        self.violations.push(row);
    }
    fn standing(&mut self, row: StandingRow) {
        self.standings.push(row);
    }
    fn contribution(&mut self, row: ContributionRow) {
        self.contributions.push(row);
    }
    fn proposal(&mut self, row: ProposalRow) {
        self.proposals.push(row);
    }
    fn role(&mut self, row: RoleRow) {
        self.roles.push(row);
    }
    fn posting(&mut self, row: PostingRow) {
        self.postings.push(row);
    }
}

/// Runs a scenario under its own seed, audited every epoch.
pub fn told(scenario: &Scenario, mut observer: Told) -> (Ending, Told) {
    let ending = run(&scenario.inputs, scenario.seed, Audit::Epoch, &mut observer)
        .expect("nobody stops it and no invariant breaks");
    (ending, observer)
}
