//! Operations: one match that names every one. Each is checked in full before it changes anything.

use crate::error::Error;
use crate::ids::{Cause, Tick};
use crate::operation::{Operation, Outcome};
use crate::state::Protocol;

impl Protocol {
    /// Does what is asked, or refuses it and changes nothing.
    ///
    /// `now` never goes back; `cause` is carried by every posting and event.
    pub fn apply(
        &mut self,
        now: Tick,
        cause: Cause,
        operation: Operation,
    ) -> Result<Outcome, Error> {
        let _ = (now, cause, operation);
        unimplemented!()
    }
}
