//! Those around the providers: incidents and appeals, contributors, voters. What they remember, and when each has its turn.
//! Everything here is off in the baseline.

use std::collections::BTreeMap;

use protocol::{CaseId, EpochSummary, ParticipantId, ProtocolEvent};
use serde::{Deserialize, Serialize};

use crate::assembly::Motion;
use crate::contributors::{Contributed, Contributor};
use crate::world::World;

/// What they remember.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Society {
    /// Appeals by the epoch in which they are decided.
    pub appeals: BTreeMap<u32, Vec<PendingAppeal>>,
    /// Providers that ask to come back, by the epoch in which they do.
    pub reviews: BTreeMap<u32, Vec<u32>>,
    /// Contributors of data and models.
    pub contributors: Vec<Contributor>,
    /// Their running epoch: data, models, governance.
    pub contributed: [Contributed; 3],
    /// Voters.
    pub voters: Vec<ParticipantId>,
    /// Proposals under way, by number.
    pub motions: BTreeMap<u32, Motion>,
}

/// An appeal on its way to a decision.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct PendingAppeal {
    /// The verdict.
    pub case: CaseId,
    /// Whom it was about.
    pub provider: u32,
    /// What will be decided.
    pub is_upheld: bool,
}

impl World<'_> {
    /// Contributors and voters have their stakes before the first epoch.
    pub(crate) fn society_genesis(&mut self) {
        self.found_contributors();
        self.found_voters();
    }

    /// What belongs to the epoch that closes.
    pub(crate) fn society_before_close(&mut self) {
        self.incidents();
        self.decide_appeals();
        self.contribute();
    }

    /// What people do when they have seen the close.
    pub(crate) fn society_after_close(&mut self, summary: &EpochSummary) {
        self.remediate();
        self.reward_contributors(summary);
        self.assemble();
    }

    /// What the protocol says that concerns them.
    pub(crate) fn tell_society(&mut self, event: &ProtocolEvent) {
        match *event {
            ProtocolEvent::CaseOpened {
                provider,
                case,
                kind,
                ..
            } => self.consider_appeal(provider, case, kind),
            ProtocolEvent::AwaitsReview { provider } => self.plan_review(provider),
            ProtocolEvent::ProposalTallied {
                proposal,
                status,
                votes,
            } => self.note_tally(proposal, status, votes),
            ProtocolEvent::ProposalClosed { proposal, status } => {
                self.note_end(proposal, status);
            }
            _ => {}
        }
    }
}
