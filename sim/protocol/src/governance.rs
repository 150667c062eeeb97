//! Proposals on their way from a deposit to a decision. It holds what is open; how votes are counted is in the close.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::ids::{Cause, ParticipantId, ProposalId};
use crate::params::LiveParameter;
use crate::state::Protocol;

/// What a proposal would do.
///
/// A grant of 5 base units by the only staker, who votes yes: the deposit of 2 is away until the tally at the close of
/// epoch 1 + 1, and the grant can be paid in epoch 3, when no time lock is set.
///
/// ```
/// use stakesim_protocol::*;
/// use units::Amount;
///
/// let (why, amount) = (Cause(0), Amount::new);
/// let mut params = Params::default();
/// params.emission.per_epoch = Amount::ZERO;
/// params.governance = GovernanceParams { deposit: amount(2), voting_epochs: 1, timelock_epochs: 0, ..params.governance };
/// let mut protocol = Protocol::new(params, &[], 1)?;
/// let voter = protocol.open_participant();
/// for (to, minted) in [(Account::Liquid(voter), 100), (Account::Treasury, 7)] {
///     protocol.apply(Tick(0), why, Operation::Genesis { to, amount: amount(minted) })?;
/// }
/// protocol.apply(Tick(0), why, Operation::UserStake { participant: voter, amount: amount(60) })?;
/// protocol.end_epoch(Tick(1), why)?;
///
/// let action = Action::Grant { to: voter, amount: amount(5) };
/// let Outcome::Proposed(proposal) = protocol.apply(Tick(1), why, Operation::Propose { by: voter, action })? else { unreachable!() };
/// protocol.apply(Tick(1), why, Operation::Vote { voter, proposal, choice: Choice::Yes })?;
/// let liquid = |protocol: &Protocol| protocol.balance(Asset::Native, Account::Liquid(voter));
/// assert_eq!(liquid(&protocol), amount(100 - 60 - 2));
/// protocol.end_epoch(Tick(2), why)?;
/// assert_eq!(protocol.proposal_status(proposal), Some(ProposalStatus::Voting));
/// protocol.end_epoch(Tick(3), why)?;
/// assert_eq!(protocol.proposal_status(proposal), Some(ProposalStatus::Passed));
/// protocol.apply(Tick(3), why, Operation::Execute { proposal })?;
/// assert_eq!(liquid(&protocol), amount(100 - 60 + 5));
/// assert_eq!(protocol.balance(Asset::Native, Account::Treasury), amount(7 - 5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // the variant says what its fields are
pub enum Action {
    /// Set a live parameter, in the parameter's own unit.
    Set {
        parameter: LiveParameter,
        value: u128,
    },
    /// Pay a participant from the treasury.
    Grant { to: ParticipantId, amount: Amount },
    /// Say something; its words are the host's.
    Text,
}

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Choice {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither; counts for the quorum.
    Abstain,
    /// Against it, and against its having been proposed.
    Veto,
}

/// Where a proposal stands, or how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProposalStatus {
    /// Open to votes.
    Voting,
    /// Waits to be executed.
    Passed,
    /// Yes did not pass the threshold.
    Rejected,
    /// Too little stake voted.
    NoQuorum,
    /// Veto passed its share: the deposit is burned.
    Vetoed,
    /// Done; a parameter comes into force at the close.
    Executed,
    /// Not executed in its grace.
    Expired,
    /// The parameter would contradict the others.
    Failed,
}

impl ProposalStatus {
    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ProposalStatus::Voting => "voting",
            ProposalStatus::Passed => "passed",
            ProposalStatus::Rejected => "rejected",
            ProposalStatus::NoQuorum => "no_quorum",
            ProposalStatus::Vetoed => "vetoed",
            ProposalStatus::Executed => "executed",
            ProposalStatus::Expired => "expired",
            ProposalStatus::Failed => "failed",
        }
    }
}

/// The weights of a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// For it.
    pub yes: u128,
    /// Against it.
    pub no: u128,
    /// Neither.
    pub abstain: u128,
    /// Against its having been proposed.
    pub veto: u128,
}

/// A parameter and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveChange {
    /// What is set.
    pub parameter: LiveParameter,
    /// To what, in the parameter's own unit.
    pub value: u128,
}

/// A vote with its power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ballot {
    pub(crate) choice: Choice,
    /// The voter's stake at the snapshot.
    pub(crate) stake: Amount,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stage {
    Voting {
        /// The epoch whose close tallies.
        due_epoch: u32,
        deposit: Amount,
        ballots: BTreeMap<ParticipantId, Ballot>,
    },
    Passed {
        /// The first epoch in which it may be executed, and the last.
        from: u32,
        until: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proposal {
    pub(crate) by: ParticipantId,
    pub(crate) action: Action,
    /// The epoch at whose opening stake counts.
    pub(crate) snapshot: u32,
    pub(crate) stage: Stage,
    pub(crate) cause: Cause,
}

/// Everything that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Governance {
    pub(crate) next: u32,
    pub(crate) proposals: BTreeMap<ProposalId, Proposal>,
    /// Executed parameters that wait for the close, in the order of execution.
    pub(crate) changes: Vec<(ProposalId, LiveChange)>,
}

impl Protocol {
    /// Where an open proposal stands; none when it is over or never was.
    #[must_use]
    pub fn proposal_status(&self, proposal: ProposalId) -> Option<ProposalStatus> {
        let proposal = self.governance.proposals.get(&proposal)?;
        Some(match proposal.stage {
            Stage::Voting { .. } => ProposalStatus::Voting,
            Stage::Passed { .. } => ProposalStatus::Passed,
        })
    }

    /// What an open proposal would do.
    #[must_use]
    pub fn proposal_action(&self, proposal: ProposalId) -> Option<Action> {
        Some(self.governance.proposals.get(&proposal)?.action)
    }
}
