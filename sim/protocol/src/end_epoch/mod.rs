//! The close of an epoch.
use crate::ids::{Cause, Tick};
use crate::state::Protocol;
use crate::summary::EpochSummary;
/// A broken invariant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFault {}
impl Protocol {
    /// Closes the epoch.
    pub fn end_epoch(&mut self, now: Tick, cause: Cause) -> EpochSummary {
        let _ = (now, cause);
        unimplemented!()
    }
    /// Checks.
    pub fn audit(&self) -> Result<(), AuditFault> {
        unimplemented!()
    }
}
