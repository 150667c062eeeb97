//! Trading is halted and resumed by hand. The breaker's own halts are decided at the close.

use crate::error::Error;
use crate::event::ProtocolEvent;
use crate::operation::Outcome;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn halt_trading(&mut self) -> Result<Outcome, Error> {
        if self.guards.is_halted_by_hand {
            return Err(Error::Halted);
        }
        self.guards.is_halted_by_hand = true;
        self.events.push(ProtocolEvent::TradingHalted);
        Ok(Outcome::Done)
    }

    pub(super) fn resume_trading(&mut self) -> Result<Outcome, Error> {
        if !self.is_halted() {
            return Err(Error::NotHalted);
        }
        self.guards.is_halted_by_hand = false;
        self.guards.halted_until = None;
        self.events.push(ProtocolEvent::TradingResumed);
        Ok(Outcome::Done)
    }
}
