//! What a run tells while it goes: rows and progress, in order. An observer cannot influence state; it may only ask to stop
//! at an epoch boundary.

use std::ops::ControlFlow;

use units::SimTime;

use crate::rows::{
    BalanceRow, ContributionRow, EpochRow, FlowRow, JobRow, KindRow, PostingRow, ProposalRow,
    ProviderRow, RoleRow, StandingRow, VerdictRow, ViolationRow,
};

/// Receives the rows of a run. Every method has a default that drops them.
pub trait Observer {
    /// Whether job rows are wanted (a year of the baseline has 3.3 million).
    fn wants_jobs(&self) -> bool {
        false
    }
    /// Whether postings are wanted; without them the ledger keeps tallies only.
    fn wants_postings(&self) -> bool {
        false
    }
    /// An epoch closed.
    fn epoch(&mut self, _row: EpochRow) {}
    /// One row for each GPU kind, after [`Observer::epoch`].
    fn kind(&mut self, _row: KindRow) {}
    /// The jobs that ended in an epoch, in order.
    fn jobs(&mut self, _rows: &[JobRow]) {}
    /// A check was decided.
    fn verdict(&mut self, _row: VerdictRow) {}
    /// A step on the ladder.
    fn violation(&mut self, _row: ViolationRow) {}
    /// How many providers stand where, after [`Observer::kind`].
    fn standing(&mut self, _row: StandingRow) {}
    /// One kind of contribution in an epoch.
    fn contribution(&mut self, _row: ContributionRow) {}
    /// A proposal is over, or was open when the run ended.
    fn proposal(&mut self, _row: ProposalRow) {}
    /// A posting of the ledger.
    fn posting(&mut self, _row: PostingRow) {}
    /// What moved for a reason over the whole run, at its end.
    fn flow(&mut self, _row: FlowRow) {}
    /// What a kind of account held and holds, at the end of the run.
    fn balance(&mut self, _row: BalanceRow) {}
    /// A provider's whole story, at the end of the run.
    fn provider(&mut self, _row: ProviderRow) {}
    /// The whole story of a provider that rents out no GPUs, at the end of the run.
    fn role(&mut self, _row: RoleRow) {}
    /// Called at each epoch boundary; `Break` ends the run there.
    fn progress(&mut self, _now: SimTime, _events: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Drops everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nobody;

impl Observer for Nobody {}
