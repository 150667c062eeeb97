//! The rules of the token as one pure integer state machine: a ledger, operations on it, and the close of an epoch.
//!
//! It knows ticks and epochs, and no clock, input, output or randomness: a simulator, a node or a chain can be its host.
//! It does not know hardware, work or markets; the host says what was seen.
//!
//! * [`Protocol::apply`] does one [`Operation`] or refuses it and changes nothing.
//! * [`Protocol::end_epoch`] is twelve named steps, a file each.
//! * [`Ledger::transfer`] is the only way that a balance changes; minting and burning are transfers too.
//!
//! Amounts are base units. Every multiplication says how it rounds and who has the remainder. The rules, mechanism by mechanism,
//! with every formula, error and default, are the pages in `rules/`; `tests/cases/` holds cases that were worked by hand from them.
//!
//! ```
//! use stakesim_protocol::*;
//! use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
//!
//! let token = |count| Amount::from_tokens(count, 9);
//! let day = |day: u64| Tick(day * 86_400);
//! let why = Cause(0);
//!
//! // One kind of GPU for 0.30 USD an hour, a token worth 0.30 USD, a provider and a customer.
//! let list_price_usd = MoneyRate::per_hour(Money::from_nano(300_000_000));
//! let mut protocol = Protocol::new(Params::default(), &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
//! let (owner, customer) = (protocol.open_participant(), protocol.open_participant());
//! for to in [Account::Liquid(owner), Account::Liquid(customer)] {
//!     protocol.apply(day(0), why, Operation::Genesis { to, amount: token(10_000) })?;
//! }
//! let price = TokenPrice::from_nano_per_token(300_000_000);
//! protocol.apply(day(0), why, Operation::ObservePrice { price })?;
//!
//! // It bonds thirty days of list price: 30 × 24 tokens.
//! let register = Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO };
//! let Outcome::Registered(provider) = protocol.apply(day(0), why, register)? else { unreachable!() };
//! assert_eq!(protocol.bond_min(provider), Some(token(720)));
//! protocol.apply(day(0), why, Operation::Bond { provider, amount: token(720) })?;
//! assert!(protocol.may_take_jobs(provider));
//!
//! // It works for ten hours at one token an hour, and is paid 80 % of it.
//! let open = Operation::OpenJob { customer, group: GroupId(0), kind: KindId(0), escrow: token(24), region: 0, priority: 0 };
//! let Outcome::JobOpened(job) = protocol.apply(day(0), why, open)? else { unreachable!() };
//! let usage = 10 * 3_600_000_000_000;
//! let settled = protocol.apply(day(0), why, Operation::SettleJob { job, provider, usage })?;
//! assert!(matches!(settled, Outcome::Settled { provider, .. } if provider == token(8)));
//! protocol.apply(day(0), why, Operation::CloseJob { job })?;
//! assert_eq!(protocol.balance(Asset::Native, Account::Liquid(customer)), token(10_000 - 10));
//!
//! // The epoch pays its reward: it is the only provider, and the budget's performance share is 60 %.
//! let summary = protocol.end_epoch(day(1), why)?;
//! assert!(summary.audit_ok());
//! assert!(protocol.claimable(provider) > token(59_000));
//!
//! // It returns a wrong result, is slashed 30 % at the close, and jailed.
//! protocol.apply(day(1), why, Operation::ReportViolation {
//!     provider, kind: ViolationKind::MaliciousResult, at: day(1), reporter: None, victim: None, loss: Amount::ZERO,
//!     severity: Ratio::ONE,
//! })?;
//! let summary = protocol.end_epoch(day(2), why)?;
//! assert_eq!(summary.slashed[ViolationKind::MaliciousResult as usize], token(216));
//! assert_eq!(protocol.standing(provider), Standing::Jailed);
//!
//! // It appeals for a deposit of one token, and loses that too.
//! let case = CaseId(0);
//! protocol.apply(day(2), why, Operation::Appeal { case })?;
//! assert_eq!(protocol.balance(Asset::Native, Account::AppealDeposit), token(1));
//! protocol.apply(day(2), why, Operation::ResolveAppeal { case, is_upheld: false })?;
//!
//! // It leaves; what is left of the bond comes out of the queue at the close of epoch 2 + 14.
//! protocol.apply(day(2), why, Operation::Exit { provider })?;
//! for epoch in 2..=16 {
//!     protocol.end_epoch(day(epoch + 1), why)?;
//! }
//! let withdrawn = protocol.apply(day(17), why, Operation::Withdraw { participant: owner })?;
//! assert_eq!(withdrawn, Outcome::Withdrawn(token(504)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![no_std]
#![deny(clippy::float_arithmetic)]

extern crate alloc;

mod account;
mod apply;
#[cfg(not(feature = "canary"))]
mod canary;
#[cfg(feature = "canary")]
pub mod canary;
mod case;
mod checkpoints;
mod collateral;
mod commitment;
mod contribution;
mod delegation;
mod end_epoch;
mod error;
mod event;
mod governance;
mod guards;
mod hold_back;
mod ids;
mod jobs;
mod ledger;
pub mod networks;
mod operation;
mod params;
mod pools;
mod provider;
mod query;
mod reason;
mod recovery;
mod redelegation;
mod rewards;
mod role;
mod roster;
mod standing;
mod state;
mod summary;
mod tenure;
mod term;
mod unbonding;
mod users;
mod valuation;
mod vesting;
mod violation;
mod weight;

pub use account::{Account, AccountKind, Asset};
pub use case::{Appeal, Case, SlashSource};
pub use contribution::ContributionKind;
pub use end_epoch::AuditFault;
pub use error::Error;
pub use event::{ProtocolEvent, Rung};
pub use governance::{Action, Choice, LiveChange, ProposalStatus, Votes};
pub use guards::GuardAction;
pub use ids::{CaseId, Cause, GroupId, JobId, KindId, ParticipantId, ProposalId, ProviderId, Tick};
pub use ledger::{Ledger, Posting, Scope};
pub use operation::{Operation, Outcome, ViolationKind};
pub use params::{
    AllocationParams, AppealParams, BondParams, BondUnit, CommitmentParams, CommitmentTier,
    ContributionParams, Controller, CorrelationParams, CorrelationRule, EmissionParams,
    EmissionRule, EngagementParams, FeeParams, FeeSharing, GovernanceParams, GroupRule,
    GrowthParams, GuardParams, InflationParams, InsuranceParams, Kind, LadderParams, LiveParameter,
    MarketShareRule, MatrixGroup, MatrixParams, MatrixRow, ParamFault, Params, PriceParams,
    RecoveryParams, RecoveryPath, Regime, ScalingParams, ScoreParams, SlashOrder,
    SlashReleaseParams, SplitParams, StorageScore, SupplyParams, TenureParams, UnbondingRule,
    UserParams, ValuationParams, Vesting, VestingCover, VestingLiability, VestingParams,
    VestingRule, VotingRule, WeightRule,
};
pub use pools::BonusPool;
pub use reason::Reason;
pub use recovery::RecoveryStage;
pub use role::Role;
pub use standing::Standing;
pub use state::Protocol;
pub use summary::{Category, EpochSummary, Factors, Released};
