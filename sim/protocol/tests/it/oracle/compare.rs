//! The protocol and the naive one side by side: the same step for both, and where they differ.

use std::collections::BTreeMap;

use stakesim_protocol::*;

use super::apply::Did;
use super::coverage::Coverage;
use super::prorata::Whose;
use super::state::Oracle;

/// One thing done to both.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Do(Tick, Operation),
    Close(Tick),
}

/// Both protocols.
pub struct Pair {
    pub protocol: Protocol,
    pub oracle: Oracle,
    pub coverage: Coverage,
    /// Rewards that the protocol has paid.
    pub claimed: BTreeMap<Whose, u128>,
    /// What happened since the last close but one.
    pub events: Vec<ProtocolEvent>,
}

pub fn differ<T: PartialEq + core::fmt::Debug>(
    what: &str,
    tested: T,
    naive: T,
) -> Result<(), String> {
    if tested == naive {
        Ok(())
    } else {
        Err(format!("{what}: {tested:?}, the oracle says {naive:?}"))
    }
}

impl Pair {
    pub fn new(params: &Params, kinds: &[Kind], groups: u8, people: u32) -> Pair {
        let mut protocol = Protocol::new(params.clone(), kinds, groups).expect("legal parameters");
        protocol.audit_every_epoch(false);
        let mut oracle = Oracle::new(params, kinds, groups);
        for _ in 0..people {
            protocol.open_participant();
            oracle.open_participant();
        }
        Pair {
            protocol,
            oracle,
            coverage: Coverage::default(),
            claimed: BTreeMap::new(),
            events: Vec::new(),
        }
    }

    /// Does a step on both sides.
    pub fn take(&mut self, step: &Step) -> Result<(), String> {
        match *step {
            Step::Do(now, operation) => self.operate(now, operation),
            Step::Close(now) => self.close(now),
        }
    }

    fn operate(&mut self, now: Tick, operation: Operation) -> Result<(), String> {
        let tested = self.protocol.apply(now, Cause(0), operation);
        let naive = self.oracle.apply(now, operation);
        self.coverage.count(&operation, tested.as_ref().err());
        if let Ok(Outcome::Claimed(amount)) = tested {
            let whose = match operation {
                Operation::ClaimDelegation {
                    delegator,
                    provider,
                } => (provider.0 as usize, Some(delegator.0)),
                Operation::Claim { provider } => (provider.0 as usize, None),
                Operation::ClaimContribution { .. } => (usize::MAX, None),
                other => return Err(format!("{other:?} claims nothing")),
            };
            *self.claimed.entry(whose).or_default() += amount.base_units();
        }
        match (tested, naive) {
            (Ok(Outcome::JobOpened(id)), Ok(Did::Opened(job))) => {
                let old = self.oracle.jobs.insert(id.0, job);
                differ("the new job's id is taken", old.is_some(), false)
            }
            (Ok(tested), Ok(Did::Outcome(naive))) => differ("outcome", tested, naive),
            (Err(tested), Err(naive)) => differ("error", tested, naive),
            (tested, naive) => Err(format!("{tested:?}, the oracle says {naive:?}")),
        }
    }

    fn close(&mut self, now: Tick) -> Result<(), String> {
        self.events = self.protocol.drain_events().collect();
        let is_audited = self.oracle.epoch.is_multiple_of(50);
        self.protocol.audit_every_epoch(is_audited);
        match (
            self.protocol.end_epoch(now, Cause(0)),
            self.oracle.close(now),
        ) {
            (Ok(tested), Ok(naive)) => {
                differ("audit", tested.audit_fault, None)?;
                self.summaries(&tested, &naive)?;
                self.everything()
            }
            (Err(tested), Err(naive)) => differ("refused close", tested, naive),
            (tested, naive) => Err(format!("{tested:?}, the oracle says {naive:?}")),
        }
    }
}
