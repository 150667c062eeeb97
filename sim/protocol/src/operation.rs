//! What can be asked of the protocol, and what it answers. The answers are made in [`apply`](crate::Protocol::apply).

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio, TokenPrice};

use crate::account::Account;
use crate::contribution::ContributionKind;
use crate::governance::{Action, Choice};
use crate::ids::{CaseId, GroupId, JobId, KindId, ParticipantId, ProposalId, ProviderId, Tick};
use crate::params::CommitmentTier;

pub use crate::violation::ViolationKind;

/// One thing asked of the protocol. Amounts are base units of the native token, those of bonds, delegations and vouching of the asset
/// that is bonded ([`BondParams::asset`](crate::BondParams::asset)).
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
    /// Set tokens aside for a job; its price is the present rate of the kind, times the factors of the hour, of the
    /// region and of the priority 0..=3.
    OpenJob {
        customer: ParticipantId,
        group: GroupId,
        kind: KindId,
        escrow: Amount,
        region: u8,
        priority: u8,
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
    /// fault, `response` and `rating` relative to their benchmarks (one is at the benchmark). The jobs of a verifier are
    /// the verdicts that it owed, those of a storage provider the proofs that it was asked for. Once an epoch.
    RecordMeasurement {
        provider: ProviderId,
        up: Ratio,
        jobs: u32,
        failed: u32,
        response: Ratio,
        rating: Ratio,
    },
    /// Report a violation that took place at `at`; it is judged when the epoch closes. Only scaled kinds read the
    /// severity, at most one.
    ReportViolation {
        provider: ProviderId,
        kind: ViolationKind,
        at: Tick,
        reporter: Option<ParticipantId>,
        victim: Option<ParticipantId>,
        loss: Amount,
        severity: Ratio,
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
    /// Bind an active provider's self-bond for a tier's time, for a larger weight from the next epoch on (in epoch zero at
    /// once). While one runs, a new one may neither end earlier nor weigh less.
    Commit {
        provider: ProviderId,
        tier: CommitmentTier,
    },
    /// Object to a verdict, once and before it is released, for a deposit out of the owner's free tokens. Fails, in this order,
    /// with `UnknownCase`, `CaseClosed`, `AlreadyAppealed`, `InsufficientBalance`.
    Appeal { case: CaseId },
    /// Decide an appeal: upheld, everything that can be undone is undone; rejected, the deposit is lost. Fails, in this order, with
    /// `UnknownCase`, `CaseClosed`, `NotAppealed`.
    ResolveAppeal { case: CaseId, is_upheld: bool },
    /// Bring a provider back whose term is over and whose violation was of a kind that needs review. Fails, in this order, with
    /// `UnknownProvider`, `WrongStanding`, `TooEarly`, `NoPrice`, `BelowMinimumBond`.
    Unjail { provider: ProviderId },
    /// Add to a bond that is there.
    TopUp {
        provider: ProviderId,
        amount: Amount,
    },
    /// Move delegated stake from one provider to another at once. Until the unbonding delay is over it answers for what
    /// was done at the first, and cannot move on.
    Redelegate {
        delegator: ParticipantId,
        from: ProviderId,
        to: ProviderId,
        amount: Amount,
    },
    /// Lock free tokens as user stake: a tier with its discount, and votes.
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
    /// Free user stake, at once.
    /// Take user stake back, at once.
    UserUnstake {
        participant: ParticipantId,
        amount: Amount,
    },
    /// Close a job that has failed: refund what is left in escrow, and pay the customer's `loss` out of the insurance pool
    /// when it was the provider's fault.
    FailJob {
        job: JobId,
        provider: ProviderId,
        loss: Amount,
        is_fault: bool,
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
    /// Bring dollars in from outside, as free units of the stable asset.
    DepositStable {
        participant: ParticipantId,
        amount: Amount,
    },
    /// Take free units of the stable asset out again.
    RedeemStable {
        participant: ParticipantId,
        amount: Amount,
    },
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
    /// The revenue `gross`, the customer's `rebate` on it, and where it went. The other parts sum to gross less rebate; `delegators` is
    /// the part of the provider's that its delegators have, `held` what is held back of the rest.
    Settled {
        gross: Amount,
        rebate: Amount,
        provider: Amount,
        platform: Amount,
        treasury: Amount,
        insurance: Amount,
        burned: Amount,
        verification: Amount,
        delegators: Amount,
        held: Amount,
    },
    /// What returned to the customer.
    Closed { refund: Amount },
    /// The group's price multiplier after the step.
    Priced(Ratio),
    /// What was paid: rewards, but for what is held back of them, and what had vested.
    Claimed(Amount),
    /// The epoch in which the stake is free again.
    Committed { until_epoch: u32 },
    /// What an upheld appeal returned out of slash escrow; zero for a rejected one.
    Returned(Amount),
    /// What moved to the other provider, and the epoch whose close ends its answering for the first.
    Redelegated { amount: Amount, epoch: u32 },
    /// What returned to the customer, and what the insurance pool paid.
    Failed { refund: Amount, payout: Amount },
    /// The points recorded.
    Contributed { points: u64 },
    /// What was lost: held-back rewards to the treasury, vouching bond to the insurance pool.
    Forfeited { held_back: Amount, vouched: Amount },
    /// The new proposal.
    Proposed(ProposalId),
}
