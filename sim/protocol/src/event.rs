//! What has happened to providers, in the past tense, for whoever tells their story. Money is told by the postings.

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::governance::{LiveChange, ProposalStatus, Votes};
use crate::guards::GuardAction;
use crate::ids::{CaseId, Cause, ParticipantId, ProposalId, ProviderId};
use crate::operation::ViolationKind;
use crate::params::CommitmentTier;

/// The step of the ladder that a violation reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rung {
    /// Nothing but the mark.
    Warning,
    /// A small slash and part of the epoch's reward.
    Penalty,
    /// A larger slash, the epoch's reward and a suspension.
    Severe,
    /// The slash for malicious work, and jail.
    Malicious,
    /// Everything, for ever.
    Final,
    /// A scaled violation of the lowest class, where that takes anything.
    Minor,
    /// A scaled violation of the middle class.
    Moderate,
    /// A scaled violation of the highest class.
    Major,
}

/// Something that happened to a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // the variant says what its fields are
pub enum ProtocolEvent {
    /// Reached the minimum bond.
    Activated { provider: ProviderId },
    /// A first violation, marked and not punished.
    Warned {
        provider: ProviderId,
        kind: ViolationKind,
        cause: Cause,
    },
    /// Stake moved to slash escrow, by whose it was; the owner's with its unvested pay, where that answers.
    Slashed {
        provider: ProviderId,
        kind: ViolationKind,
        rung: Rung,
        from_self: Amount,
        from_delegated: Amount,
        from_unbonding: Amount,
        cause: Cause,
    },
    /// Pay that was held back and had not vested went to the treasury.
    VestingForfeited {
        provider: ProviderId,
        amount: Amount,
        cause: Cause,
    },
    /// Rewards that were not claimed went to the treasury.
    Forfeited {
        provider: ProviderId,
        amount: Amount,
        cause: Cause,
    },
    /// Set aside until the close of an epoch.
    Suspended {
        provider: ProviderId,
        until_epoch: u32,
        cause: Cause,
    },
    /// Jailed until the close of an epoch.
    Jailed {
        provider: ProviderId,
        until_epoch: u32,
        cause: Cause,
    },
    /// Out for ever.
    Tombstoned { provider: ProviderId, cause: Cause },
    /// Back from suspension or jail, at the floor of the recovery ramp.
    Reinstated { provider: ProviderId },
    /// The bond has been worth too little for too long: no new jobs.
    Underbonded { provider: ProviderId },
    /// The bond is worth enough again.
    Topped { provider: ProviderId },
    /// Left.
    Exited { provider: ProviderId },
    /// The token price moved so far that the next epoch's emission is bounded.
    BreakerTripped { in_a_row: u32 },
    /// Bound its self-bond until an epoch.
    Committed {
        provider: ProviderId,
        tier: CommitmentTier,
        until_epoch: u32,
    },
    /// Its commitment is over, and with it the multiplier.
    CommitmentEnded { provider: ProviderId },
    /// A verdict that can be appealed until it is released.
    CaseOpened {
        provider: ProviderId,
        case: CaseId,
        kind: ViolationKind,
        cause: Cause,
    },
    /// The owner objected.
    Appealed { provider: ProviderId, case: CaseId },
    /// The objection was right: `returned` left slash escrow, the verdict's standing is over.
    AppealUpheld {
        provider: ProviderId,
        case: CaseId,
        returned: Amount,
    },
    /// The objection was wrong, or nobody decided it in time.
    AppealRejected { provider: ProviderId, case: CaseId },
    /// The term is over; the owner must ask to come back.
    AwaitsReview { provider: ProviderId },
    /// Stake that a delegator had moved away to `to` paid for an infraction of `provider`.
    SlashedMoved {
        provider: ProviderId,
        to: ProviderId,
        delegator: ParticipantId,
        amount: Amount,
        cause: Cause,
    },
    /// Open to votes.
    Proposed {
        proposal: ProposalId,
        by: ParticipantId,
    },
    /// The vote is over: what it was, and what came of it.
    ProposalTallied {
        proposal: ProposalId,
        status: ProposalStatus,
        votes: Votes,
    },
    /// Executed, expired, or failed to change a parameter.
    ProposalClosed {
        proposal: ProposalId,
        status: ProposalStatus,
    },
    /// A vote's parameter is in force.
    ParameterChanged {
        proposal: ProposalId,
        change: LiveChange,
    },
    /// A guard binds the next epoch.
    GuardActed { action: GuardAction },
    /// Trading was halted by hand.
    TradingHalted,
    /// Trading was resumed by hand.
    TradingResumed,
    /// The owner of a verifier was paid for its verdicts of the epoch.
    VerdictsPaid {
        provider: ProviderId,
        amount: Amount,
    },
    /// Whoever reported a violation of `provider` got a share of the slash.
    ReporterPaid {
        provider: ProviderId,
        reporter: ParticipantId,
        amount: Amount,
    },
}
