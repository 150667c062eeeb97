//! The world: one value that pops an event, hands it to the file that knows it, and tells an observer what happened.

use engine::Event;
use protocol::AuditFault;
use units::SimTime;

use crate::actors::{Action, Habits};
use crate::closing::posting_row;
use crate::config::Inputs;
use crate::event::EventClass;
use crate::fingerprint::fingerprint;
use crate::observe::Observer;
use crate::owners::habits;
use crate::rows::{
    ContributionRow, EpochRow, JobRow, KindRow, ProposalRow, StandingRow, VerdictRow, ViolationRow,
};
use crate::state::{Setup, State};

/// Epochs between hashes of the full state.
const STATE_HASH_EVERY: u32 = 30;

/// A simulated network. State changes only by [`World::handle`]; the rows beside it are told and forgotten.
pub struct World<'a> {
    pub(crate) inputs: &'a Inputs,
    pub(crate) setup: Setup,
    pub(crate) habits: Habits,
    pub(crate) state: State,
    pub(crate) actions: Vec<Action>,
    /// Room to count GPUs by provider in; zero between uses.
    pub(crate) gpus_of: Vec<u32>,
    pub(crate) is_market_dry: bool,
    pub(crate) wants_jobs: bool,
    pub(crate) wants_postings: bool,
    pub(crate) epoch_rows: Vec<EpochRow>,
    pub(crate) kind_rows: Vec<KindRow>,
    pub(crate) job_rows: Vec<JobRow>,
    pub(crate) verdict_rows: Vec<VerdictRow>,
    pub(crate) violation_rows: Vec<ViolationRow>,
    pub(crate) standing_rows: Vec<StandingRow>,
    pub(crate) contribution_rows: Vec<ContributionRow>,
    pub(crate) proposal_rows: Vec<ProposalRow>,
}

impl<'a> World<'a> {
    /// A world at its genesis, with its first events scheduled.
    #[must_use]
    pub fn new(inputs: &'a Inputs, seed: u64, observer: &impl Observer) -> Self {
        let setup = Setup::new(inputs, seed);
        let state = crate::genesis::empty(inputs, &setup);
        let mut world = Self::with(inputs, setup, state, observer);
        world.genesis();
        world.schedule_first();
        world
    }

    /// A world that goes on from a snapshot of the same scenario and seed.
    ///
    /// # Errors
    /// When the bytes are no snapshot of this version.
    pub fn restore(
        inputs: &'a Inputs,
        seed: u64,
        snapshot: &[u8],
        observer: &impl Observer,
    ) -> Result<Self, postcard::Error> {
        let state = postcard::from_bytes(snapshot)?;
        Ok(Self::with(
            inputs,
            Setup::new(inputs, seed),
            state,
            observer,
        ))
    }

    fn with(inputs: &'a Inputs, setup: Setup, mut state: State, observer: &impl Observer) -> Self {
        state.rules.record_postings(observer.wants_postings());
        // The run audits, as often as its caller asks.
        state.rules.audit_every_epoch(false);
        Self {
            inputs,
            setup,
            habits: habits(&inputs.config),
            state,
            actions: Vec::new(),
            gpus_of: Vec::new(),
            is_market_dry: false,
            wants_jobs: observer.wants_jobs(),
            wants_postings: observer.wants_postings(),
            epoch_rows: Vec::new(),
            kind_rows: Vec::new(),
            job_rows: Vec::new(),
            verdict_rows: Vec::new(),
            violation_rows: Vec::new(),
            standing_rows: Vec::new(),
            contribution_rows: Vec::new(),
            proposal_rows: Vec::new(),
        }
    }

    /// The whole state in its one canonical encoding.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        postcard::to_allocvec(&self.state).expect("every part of the state has an encoding")
    }

    /// The end of the run.
    #[must_use]
    pub fn end(&self) -> SimTime {
        SimTime::ZERO + self.inputs.config.horizon
    }

    /// When the running epoch closes.
    pub(crate) fn next_close(&self) -> SimTime {
        SimTime::from_ns(u64::from(self.state.epoch + 1) * self.inputs.config.epoch.ns())
    }

    /// The next event, if any is left before the end. The last epoch closes at the end itself.
    pub fn pop(&mut self) -> Option<Event> {
        self.state.engine.pop(self.end() + units::Span::from_ns(1))
    }

    /// Carries out one event.
    pub fn handle(&mut self, event: Event) {
        match EventClass::of(event.class) {
            EventClass::NodeUp => self.node_up(event.entity),
            EventClass::NodeDown => self.node_down(event.entity),
            EventClass::JobEnd => self.job_end(event.entity),
            EventClass::TraceArrival => self.trace_arrival(),
            EventClass::GangArrival => self.gang_arrival(event.entity),
            EventClass::Candidate => self.candidate(),
            EventClass::Entry => self.entry(event.entity),
            EventClass::HealthCheck => self.health_check(),
            EventClass::Verdict => self.verdict(event.entity),
            EventClass::EpochClose => self.epoch_close(),
        }
    }

    /// Tells an observer what happened since the last time, and hashes the full state when it is due.
    pub fn tell(&mut self, observer: &mut impl Observer) {
        self.epoch_rows
            .drain(..)
            .for_each(|row| observer.epoch(row));
        self.kind_rows.drain(..).for_each(|row| observer.kind(row));
        observer.jobs(&self.job_rows);
        self.job_rows.clear();
        self.verdict_rows
            .drain(..)
            .for_each(|row| observer.verdict(row));
        self.violation_rows
            .drain(..)
            .for_each(|row| observer.violation(row));
        self.standing_rows
            .drain(..)
            .for_each(|row| observer.standing(row));
        self.contribution_rows
            .drain(..)
            .for_each(|row| observer.contribution(row));
        self.proposal_rows
            .drain(..)
            .for_each(|row| observer.proposal(row));
        if self.wants_postings {
            self.state
                .rules
                .drain_postings()
                .for_each(|posting| observer.posting(posting_row(&posting)));
        }
        if self.state.epoch.is_multiple_of(STATE_HASH_EVERY) {
            self.hash_state();
        }
    }

    fn hash_state(&mut self) -> u64 {
        let hash = fingerprint(&self.state);
        self.state.digest.mix(hash);
        hash
    }

    /// Recomputes every balance and every named invariant of the protocol.
    ///
    /// # Errors
    /// The first invariant that does not hold: a bug in the rules.
    pub fn audit(&self) -> Result<(), AuditFault> {
        self.state.rules.audit()
    }

    /// Ends a run: tells where the money went and every provider's story, and closes the digest.
    pub fn finish(mut self, observer: &mut impl Observer) -> Ending {
        self.tell_open_proposals();
        self.tell(observer);
        let state_digest = self.hash_state();
        self.flow_rows()
            .into_iter()
            .for_each(|row| observer.flow(row));
        self.balance_rows()
            .into_iter()
            .for_each(|row| observer.balance(row));
        self.book_what_is_due();
        for id in 0..self.state.fleet.providers.len() as u32 {
            if self.is_compute(id) {
                observer.provider(self.provider_row(id));
            } else {
                observer.role(self.role_row(id));
            }
        }
        // A closing draw from every purpose: a draw that somebody hid elsewhere would not move it, a renumbered one does.
        for &purpose in crate::purpose::ALL {
            self.state
                .digest
                .mix(self.setup.draws.word(purpose, u32::MAX, 0));
        }
        self.state.digest.mix(self.state.engine.digest());
        Ending {
            digest: self.state.digest.value(),
            state_digest,
            events: self.state.engine.events(),
            events_by_class: EventClass::ALL
                .map(|class| (class.name(), self.state.engine.count(class.class())))
                .to_vec(),
            epochs: self.state.epoch,
        }
    }

    /// Whether somebody wanted to buy more coins than the market holds: from then on a run means nothing.
    #[must_use]
    pub fn is_market_dry(&self) -> bool {
        self.is_market_dry
    }

    /// Events handled so far.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.state.engine.events()
    }

    /// Number of the running epoch.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.state.epoch
    }

    /// The simulated time.
    #[must_use]
    pub fn now(&self) -> SimTime {
        self.state.engine.now()
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Rolling digest over events, epochs' aggregates and full states.
    pub digest: u64,
    /// Hash of the full state at the end.
    pub state_digest: u64,
    /// Events handled.
    pub events: u64,
    /// The same by class, in the order of effects.
    pub events_by_class: Vec<(&'static str, u64)>,
    /// Epochs closed.
    pub epochs: u32,
}
