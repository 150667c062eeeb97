//! What can be asked of the protocol, and what it answers. The answers are made in [`apply`](crate::Protocol::apply).

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio, TokenPrice};

use crate::account::Account;
use crate::contribution::ContributionKind;
use crate::governance::{Action, Choice};
use crate::ids::{GroupId, JobId, KindId, ParticipantId, ProposalId, ProviderId, Tick};

/// What a provider is said to have done wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ViolationKind {
    /// Out of reach for longer than its tier allows. Graduated.
    Downtime,
    /// More jobs failed by its own fault than allowed. Graduated.
    FailedJobs,
    /// A result that it must have known to be wrong. Immediate.
    MaliciousResult,
}

impl ViolationKind {
    /// Every kind, in index order.
    pub const ALL: [ViolationKind; 3] = [
        ViolationKind::Downtime,
        ViolationKind::FailedJobs,
        ViolationKind::MaliciousResult,
    ];

    pub(crate) const COUNT: usize = ViolationKind::ALL.len();

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ViolationKind::Downtime => "downtime",
            ViolationKind::FailedJobs => "failed_jobs",
            ViolationKind::MaliciousResult => "malicious_result",
        }
    }
}

/// One thing asked of the protocol. Amounts are in base units of the native token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // the variant says what its fields are
pub enum Operation {
    /// Mint before the first epoch closes.
    Genesis { to: Account, amount: Amount },
    /// Move free tokens between participants.
    Transfer {
        from: ParticipantId,
        to: ParticipantId,
        amount: Amount,
    },
    /// Announce a provider: `gpus` of one kind, a service tier 0..=2 (individual, edge, data centre) and the
    /// commission it takes from its delegators' rewards.
    Register {
        owner: ParticipantId,
        kind: KindId,
        gpus: u32,
        tier: u8,
        commission: Ratio,
    },
    /// Lock the owner's free tokens as self-bond. A bond of at least the minimum makes a registered provider active.
    Bond {
        provider: ProviderId,
        amount: Amount,
    },
    /// Put self-bond into the unbonding queue: what stays is at least the minimum, or nothing.
    Unbond {
        provider: ProviderId,
        amount: Amount,
    },
    /// Move everything that has matured to the participant's free tokens.
    Withdraw { participant: ParticipantId },
    /// Leave: unbond the self-bond and every delegation at the provider.
    Exit { provider: ProviderId },
    /// Put free tokens behind an active provider.
    Delegate {
        delegator: ParticipantId,
        provider: ProviderId,
        amount: Amount,
    },
    /// Put delegated stake into the unbonding queue, at its present (possibly slashed) worth.
    Undelegate {
        delegator: ParticipantId,
        provider: ProviderId,
        amount: Amount,
    },
    /// Change the commission. Rewards allocated before keep the old one.
    SetCommission {
        provider: ProviderId,
        commission: Ratio,
    },
    /// Set tokens aside for a job; its price is the present rate of the kind.
    OpenJob {
        customer: ParticipantId,
        group: GroupId,
        kind: KindId,
        escrow: Amount,
    },
    /// Add escrow and take the present rate for what follows.
    FundJob { job: JobId, amount: Amount },
    /// Pay a provider for `usage` GPU-nanoseconds at the job's rate, out of what is left in escrow.
    SettleJob {
        job: JobId,
        provider: ProviderId,
        usage: u64,
    },
    /// Refund what is left in escrow.
    CloseJob { job: JobId },
    /// What was seen of a provider in this epoch: share of time `up`, `jobs` ended and how many of them `failed` by its
    /// fault, `response` and `rating` relative to their benchmarks (one is at the benchmark). Once an epoch.
    RecordMeasurement {
        provider: ProviderId,
        up: Ratio,
        jobs: u32,
        failed: u32,
        response: Ratio,
        rating: Ratio,
    },
    /// Report a violation that took place at `at`; it is judged when the epoch closes.
    ReportViolation {
        provider: ProviderId,
        kind: ViolationKind,
        at: Tick,
        reporter: Option<ParticipantId>,
        victim: Option<ParticipantId>,
        loss: Amount,
    },
    /// A group's busy part of its capacity (any unit), at most once an hour: steps the group's price.
    ObserveLoad {
        group: GroupId,
        busy: u64,
        capacity: u64,
    },
    /// A kind's busy part of its capacity over the epoch, at most once an epoch: steers its scarcity weight.
    ObserveKindLoad {
        kind: KindId,
        busy: u64,
        capacity: u64,
    },
    /// The oracle's price. It binds when the epoch closes; the very first binds at once.
    ObservePrice { price: TokenPrice },
    /// Pay the provider's owner its rewards and commission.
    Claim { provider: ProviderId },
    /// Pay a delegator its rewards at one provider.
    ClaimDelegation {
        delegator: ParticipantId,
        provider: ProviderId,
    },
    /// Record a contribution of `floor(quality × utility)` points in the open epoch.
    RecordContribution {
        by: ParticipantId,
        kind: ContributionKind,
        utility: u64,
        quality: Ratio,
    },
    /// Lock free tokens behind one's data and models.
    Vouch {
        participant: ParticipantId,
        amount: Amount,
    },
    /// Put vouching bond on its way out; it can be forfeited until it is there.
    Unvouch {
        participant: ParticipantId,
        amount: Amount,
    },
    /// Pay a contributor what is claimable and has vested.
    ClaimContribution { participant: ParticipantId },
    /// The host's verdict on a bad contribution: a share of what has not vested and of the vouching bond is lost.
    ForfeitContribution {
        participant: ParticipantId,
        share: Ratio,
    },
    /// Stake free tokens as a user; they vote from the next epoch on.
    UserStake {
        participant: ParticipantId,
        amount: Amount,
    },
    /// Take user stake back, at once.
    UserUnstake {
        participant: ParticipantId,
        amount: Amount,
    },
    /// Put an action to the vote, with a deposit.
    Propose { by: ParticipantId, action: Action },
    /// Cast or change a vote.
    Vote {
        voter: ParticipantId,
        proposal: ProposalId,
        choice: Choice,
    },
    /// Execute a proposal that has passed and whose time lock has run out.
    Execute { proposal: ProposalId },
    /// Stop transfers and new jobs.
    HaltTrading,
    /// Let them go on, whoever stopped them.
    ResumeTrading,
}

/// What an operation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the variant says what its fields are
pub enum Outcome {
    /// Done; there is nothing more to say.
    Done,
    /// The new provider.
    Registered(ProviderId),
    /// What entered the unbonding queue, and the epoch whose close releases it.
    Unbonding { amount: Amount, epoch: u32 },
    /// What reached the participant's free tokens.
    Withdrawn(Amount),
    /// The new job.
    JobOpened(JobId),
    /// The revenue `gross`, and where it went. The parts sum to it.
    Settled {
        gross: Amount,
        provider: Amount,
        platform: Amount,
        treasury: Amount,
        insurance: Amount,
        burned: Amount,
    },
    /// What returned to the customer.
    Closed { refund: Amount },
    /// The group's price multiplier after the step.
    Priced(Ratio),
    /// The reward paid.
    Claimed(Amount),
    /// The points recorded.
    Contributed { points: u64 },
    /// What was lost: held-back rewards to the treasury, vouching bond to the insurance pool.
    Forfeited { held_back: Amount, vouched: Amount },
    /// The new proposal.
    Proposed(ProposalId),
}
