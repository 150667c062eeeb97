//! The rules of the token as a pure integer state machine.

#![no_std]
#![deny(clippy::float_arithmetic)]

extern crate alloc;

mod account;
mod apply;
mod collateral;
mod delegation;
mod end_epoch;
mod error;
mod event;
mod ids;
mod jobs;
mod ledger;
mod operation;
mod params;
mod provider;
mod query;
mod reason;
mod rewards;
mod standing;
mod state;
mod summary;
mod weight;

pub use account::{Account, Asset};
pub use end_epoch::AuditFault;
pub use error::Error;
pub use event::{ProtocolEvent, Rung};
pub use ids::{Cause, GroupId, JobId, KindId, ParticipantId, ProviderId, Tick};
pub use ledger::{Ledger, Posting, Scope};
pub use operation::{Operation, Outcome, ViolationKind};
pub use params::{
    BondParams, Controller, EmissionParams, EmissionRule, FeeParams, GuardParams, Kind,
    LadderParams, ParamFault, Params, PriceParams, RecoveryParams, ScalingParams, ScoreParams,
    SlashReleaseParams, SplitParams, SupplyParams,
};
pub use reason::Reason;
pub use standing::Standing;
pub use state::Protocol;
pub use summary::{Category, EpochSummary, Factors, Released};
