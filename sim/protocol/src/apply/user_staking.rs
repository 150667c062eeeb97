//! Users stake and take their stake back, at once. It votes from the next epoch on.

use units::Amount;

use super::require_some;
use crate::account::Account;
use crate::error::Error;
use crate::ids::{Cause, ParticipantId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn user_stake(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let (from, to) = (Account::Liquid(id), Account::UserStake(id));
        self.move_user_stake(cause, id, from, to, amount, Reason::UserStake)
    }

    pub(super) fn user_unstake(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let (from, to) = (Account::UserStake(id), Account::Liquid(id));
        self.move_user_stake(cause, id, from, to, amount, Reason::UserUnstake)
    }

    fn move_user_stake(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        from: Account,
        to: Account,
        amount: Amount,
        reason: Reason,
    ) -> Result<Outcome, Error> {
        if !self.knows(id) {
            return Err(Error::UnknownParticipant);
        }
        require_some(amount)?;
        self.require_balance(from, amount)?;
        self.post(from, to, amount, reason, cause);
        let stake = self.native(Account::UserStake(id));
        self.user_stakes.set(id, stake, self.epoch);
        Ok(Outcome::Done)
    }
}
