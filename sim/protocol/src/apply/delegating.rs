//! Delegators put stake behind providers and take it back.

use alloc::vec::Vec;

use units::{Amount, Ratio};

use super::{require_range, require_some};
use crate::account::Account;
use crate::error::Error;
use crate::ids::{Cause, ParticipantId, ProviderId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn delegate(
        &mut self,
        cause: Cause,
        delegator: ParticipantId,
        id: ProviderId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let standing = self.provider(id)?.standing;
        if !self.knows(delegator) {
            return Err(Error::UnknownParticipant);
        }
        require_some(amount)?;
        if standing != Standing::Active {
            return Err(Error::WrongStanding(standing));
        }
        self.require_bond_asset(Account::Liquid(delegator), amount)?;
        let shares = self.shares_for(id, amount).ok_or(Error::PoolIsEmpty)?;
        self.settle_delegation(id, delegator);
        self.post(
            Account::Liquid(delegator),
            Account::Delegated(id),
            amount,
            Reason::Delegate,
            cause,
        );
        self.note_addition(id, false, amount);
        self.providers[id.index()].shares += shares;
        self.delegations
            .get_mut(&(id, delegator))
            .expect("settled above")
            .shares += shares;
        self.reweigh(id);
        Ok(Outcome::Done)
    }

    pub(super) fn undelegate(
        &mut self,
        cause: Cause,
        delegator: ParticipantId,
        id: ProviderId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        self.provider(id)?;
        let held = self
            .delegations
            .get(&(id, delegator))
            .ok_or(Error::UnknownDelegation)?
            .shares;
        require_some(amount)?;
        let available = self.stake_of_shares(id, held);
        if available < amount {
            return Err(Error::InsufficientBalance { available });
        }
        self.require_entry(id, delegator)?;
        let shares = self.shares_of(id, held, amount);
        let epoch = self.take_out(cause, delegator, id, amount, shares);
        self.reweigh(id);
        Ok(Outcome::Unbonding { amount, epoch })
    }

    /// Puts every delegation at a provider into the unbonding queue and returns their worth. Each is worth its share of
    /// what is left, so the last takes what divisions left over.
    pub(super) fn undelegate_all(&mut self, cause: Cause, id: ProviderId) -> Amount {
        let everybody = (id, ParticipantId(0))..=(id, ParticipantId(u32::MAX));
        let delegators: Vec<(ParticipantId, u128)> = self
            .delegations
            .range(everybody)
            .map(|((_, delegator), it)| (*delegator, it.shares))
            .collect();
        let mut total = Amount::ZERO;
        for (delegator, shares) in delegators {
            let amount = self.stake_of_shares(id, shares);
            self.take_out(cause, delegator, id, amount, shares);
            total += amount;
        }
        total
    }

    fn take_out(
        &mut self,
        cause: Cause,
        delegator: ParticipantId,
        id: ProviderId,
        amount: Amount,
        shares: u128,
    ) -> u32 {
        self.settle_delegation(id, delegator);
        self.post(
            Account::Delegated(id),
            Account::Unbonding(id),
            amount,
            Reason::Undelegate,
            cause,
        );
        self.providers[id.index()].shares -= shares;
        self.delegations
            .get_mut(&(id, delegator))
            .expect("settled above")
            .shares -= shares;
        self.drop_empty_delegation(id, delegator);
        self.queue_unbonding(id, delegator, false, amount)
    }

    pub(super) fn set_commission(
        &mut self,
        id: ProviderId,
        commission: Ratio,
    ) -> Result<Outcome, Error> {
        let provider = self.provider(id)?;
        require_range(commission <= Ratio::ONE)?;
        let base = match provider.commission_base {
            (base, epoch) if epoch == self.epoch => base,
            _ => provider.commission,
        };
        let most = self.params.bond.commission_step_max;
        let (low, high) = (base.saturating_sub(most), base.saturating_add(most));
        if commission < low || commission > high {
            return Err(Error::CommissionStep { base });
        }
        self.settle_rewards(id);
        let provider = &mut self.providers[id.index()];
        provider.commission = commission;
        provider.commission_base = (base, self.epoch);
        Ok(Outcome::Done)
    }
}
