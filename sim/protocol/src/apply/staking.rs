//! Users lock tokens for a tier and for votes, and free them at once. No slash reaches them.

use units::Amount;

use super::require_some;
use crate::account::Account;
use crate::error::Error;
use crate::ids::{Cause, ParticipantId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn lock_user_stake(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let (from, to) = (Account::Liquid(id), Account::UserStake(id));
        self.move_user_stake(cause, id, (from, to), amount, Reason::UserStake)
    }

    pub(super) fn free_user_stake(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let (from, to) = (Account::UserStake(id), Account::Liquid(id));
        self.move_user_stake(cause, id, (from, to), amount, Reason::UserUnstake)
    }

    fn move_user_stake(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        (from, to): (Account, Account),
        amount: Amount,
        reason: Reason,
    ) -> Result<Outcome, Error> {
        if !self.knows(id) {
            return Err(Error::UnknownParticipant);
        }
        require_some(amount)?;
        self.require_balance(from, amount)?;
        let before = self.user_stake(id);
        self.post(from, to, amount, reason, cause);
        let stake = self.user_stake(id);
        // The last checkpoint of the sum has this participant's part as it was.
        let total = self.user_stakes.last_total() - before + stake;
        let next = self.epoch.saturating_add(1);
        self.user_stakes.note(id, next, stake, total);
        Ok(Outcome::Done)
    }
}
