//! Why an operation was refused. A refused operation has changed nothing.

use core::fmt;

use units::{Amount, Ratio};

use crate::ids::Tick;
use crate::standing::Standing;

/// Why an operation was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// `now` lies before the last operation's.
    TimeWentBack {
        /// The last operation's tick.
        last: Tick,
    },
    /// No such participant.
    UnknownParticipant,
    /// No such provider.
    UnknownProvider,
    /// No such resource kind.
    UnknownKind,
    /// No such price group.
    UnknownGroup,
    /// No such open job.
    UnknownJob,
    /// The delegator has nothing at this provider.
    UnknownDelegation,
    /// The account holds less than the operation takes.
    InsufficientBalance {
        /// What it holds.
        available: Amount,
    },
    /// An amount of zero moves nothing.
    ZeroAmount,
    /// A share above the whole, a tier above 2, a busy count above capacity, or no GPUs.
    OutOfRange,
    /// Genesis is over: an epoch has closed.
    GenesisIsOver,
    /// No token price has been observed, so nothing can be sized in dollars.
    NoPrice,
    /// The operation is not open to a provider of this standing.
    WrongStanding(Standing),
    /// The bond left behind would be below the minimum; unbond everything or less.
    BelowMinimumBond {
        /// The smallest bond that may stay.
        minimum: Amount,
    },
    /// The kind does not belong to the group.
    WrongGroup,
    /// A second measurement or kind load in one epoch (a load without capacity does not count as one), or a group load within
    /// the hour.
    TooSoon,
    /// The infraction is said to lie in the future.
    EvidenceFromTheFuture,
    /// The infraction is older than the unbonding delay, so whoever answered for it may have left.
    EvidenceTooOld,
    /// The delegation pool has been slashed to nothing.
    PoolIsEmpty,
    /// No epoch can follow: 2^32 - 1 have closed.
    EpochsExhausted,
    /// The provider has committed its self-bond.
    Committed {
        /// The epoch in which it is free again.
        until_epoch: u32,
    },
    /// No such case was ever opened.
    UnknownCase,
    /// The case has been released or returned.
    CaseClosed,
    /// A case is appealed once.
    AlreadyAppealed,
    /// There is no open appeal to decide.
    NotAppealed,
    /// The term is not over.
    TooEarly {
        /// The epoch whose close ends it.
        until_epoch: u32,
    },
    /// A top-up of a provider without a bond.
    NoBond,
    /// As many unbonding entries or redelegations as an owner may have there.
    TooManyEntries,
    /// The delegator has moved stake here that still answers for another provider: it cannot move on yet.
    InTransit,
    /// The commission differs from this, the epoch's first, by more than its largest step.
    CommissionStep {
        /// The commission when the epoch began.
        base: Ratio,
    },
    /// No such region.
    UnknownRegion,
    /// The vouching bond does not cover the epoch's points.
    NotVouched,
    /// As many proposals are open as may be.
    TooManyProposals,
    /// No such proposal, or it is over.
    UnknownProposal,
    /// The proposal takes no votes any more.
    NotVoting,
    /// The voter had no stake when the epoch of proposing opened.
    NoVotingPower,
    /// The proposal has not passed.
    NotPassed,
    /// The proposal's time lock has not run out.
    TimeLocked {
        /// The first epoch in which it may be executed.
        until_epoch: u32,
    },
    /// The treasury's runway is too short for grants in this epoch.
    GrantsPaused,
    /// Trading is halted.
    Halted,
    /// Trading is not halted.
    NotHalted,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::TimeWentBack { last } => write!(f, "time went back before tick {}", last.0),
            Error::UnknownParticipant => f.write_str("no such participant"),
            Error::UnknownProvider => f.write_str("no such provider"),
            Error::UnknownKind => f.write_str("no such resource kind"),
            Error::UnknownGroup => f.write_str("no such price group"),
            Error::UnknownJob => f.write_str("no such open job"),
            Error::UnknownDelegation => f.write_str("nothing is delegated there"),
            Error::InsufficientBalance { available } => {
                write!(
                    f,
                    "the account holds only {} base units",
                    available.base_units()
                )
            }
            Error::ZeroAmount => f.write_str("the amount is zero"),
            Error::OutOfRange => f.write_str("a value lies outside its range"),
            Error::GenesisIsOver => f.write_str("genesis is over"),
            Error::NoPrice => f.write_str("no token price has been observed"),
            Error::WrongStanding(standing) => {
                write!(f, "not open to a provider who is {standing:?}")
            }
            Error::BelowMinimumBond { minimum } => {
                write!(
                    f,
                    "the bond would fall below {} base units",
                    minimum.base_units()
                )
            }
            Error::WrongGroup => f.write_str("the kind belongs to another group"),
            Error::TooSoon => f.write_str("already observed in this period"),
            Error::EvidenceFromTheFuture => f.write_str("the infraction lies in the future"),
            Error::EvidenceTooOld => {
                f.write_str("the infraction is older than the unbonding delay")
            }
            Error::PoolIsEmpty => f.write_str("the delegation pool is empty"),
            Error::EpochsExhausted => f.write_str("there are no more epochs"),
            Error::Committed { until_epoch } => {
                write!(f, "the self-bond is committed until epoch {until_epoch}")
            }
            Error::UnknownCase => f.write_str("no such case"),
            Error::CaseClosed => f.write_str("the case is closed"),
            Error::AlreadyAppealed => f.write_str("the case has been appealed before"),
            Error::NotAppealed => f.write_str("there is no open appeal"),
            Error::TooEarly { until_epoch } => {
                write!(f, "not before the close of epoch {until_epoch}")
            }
            Error::NoBond => f.write_str("there is no bond to add to"),
            Error::TooManyEntries => f.write_str("too many entries are waiting already"),
            Error::InTransit => f.write_str("stake that was moved here cannot move on yet"),
            Error::CommissionStep { base } => {
                write!(f, "the commission moves too far from {base} in one epoch")
            }
            Error::UnknownRegion => f.write_str("no such region"),
            Error::NotVouched => f.write_str("the vouching bond does not cover the epoch's points"),
            Error::TooManyProposals => f.write_str("too many proposals are open"),
            Error::UnknownProposal => f.write_str("no such open proposal"),
            Error::NotVoting => f.write_str("the proposal takes no votes any more"),
            Error::NoVotingPower => f.write_str("no stake when the epoch of the proposal opened"),
            Error::NotPassed => f.write_str("the proposal has not passed"),
            Error::TimeLocked { until_epoch } => {
                write!(f, "time-locked until epoch {until_epoch}")
            }
            Error::GrantsPaused => f.write_str("grants wait: the treasury's runway is short"),
            Error::Halted => f.write_str("trading is halted"),
            Error::NotHalted => f.write_str("trading is not halted"),
        }
    }
}

impl core::error::Error for Error {}
