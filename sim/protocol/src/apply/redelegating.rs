//! Delegators move stake from one provider to another without waiting; what they move answers for the first a while longer.

use units::Amount;

use super::{require_range, require_some};
use crate::account::Account;
use crate::error::Error;
use crate::ids::{Cause, ParticipantId, ProviderId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::redelegation::Redelegation;
use crate::standing::Standing;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn redelegate(
        &mut self,
        cause: Cause,
        delegator: ParticipantId,
        from: ProviderId,
        to: ProviderId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let bought = self.check_redelegation(delegator, from, to, amount)?;
        self.settle_delegation(from, delegator);
        self.settle_delegation(to, delegator);
        let key = (from, delegator);
        let given = self.shares_of(from, self.delegations[&key].shares, amount);
        self.post(
            Account::Delegated(from),
            Account::Delegated(to),
            amount,
            Reason::Redelegate,
            cause,
        );
        self.note_addition(to, false, amount);
        self.change_shares(from, delegator, |shares| *shares -= given);
        self.change_shares(to, delegator, |shares| *shares += bought);
        self.drop_empty_delegation(from, delegator);
        let created = self.now;
        let moved = Redelegation {
            delegator,
            to,
            amount,
            shares: bought,
            created,
        };
        let epoch = self.note_redelegation(from, moved);
        self.reweigh(from);
        self.reweigh(to);
        Ok(Outcome::Redelegated { amount, epoch })
    }

    /// Everything that can be wrong with a move; the shares that it buys when nothing is.
    fn check_redelegation(
        &self,
        delegator: ParticipantId,
        from: ProviderId,
        to: ProviderId,
        amount: Amount,
    ) -> Result<u128, Error> {
        self.provider(from)?;
        let standing = self.provider(to)?.standing;
        require_range(from != to)?;
        let held = self
            .delegations
            .get(&(from, delegator))
            .ok_or(Error::UnknownDelegation)?
            .shares;
        require_some(amount)?;
        if standing != Standing::Active {
            return Err(Error::WrongStanding(standing));
        }
        if self.in_transit(delegator, from) > 0 {
            return Err(Error::InTransit);
        }
        let available = self.stake_of_shares(from, held);
        if available < amount {
            return Err(Error::InsufficientBalance { available });
        }
        if self.in_transit(delegator, to) >= self.params.bond.redelegations_max {
            return Err(Error::TooManyEntries);
        }
        self.shares_for(to, amount).ok_or(Error::PoolIsEmpty)
    }
}
