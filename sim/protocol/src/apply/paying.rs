//! Plain movements: genesis, trades, withdrawals and claims.

use units::Amount;

use super::{require_range, require_some};
use crate::account::{Account, Asset};
use crate::error::Error;
use crate::ids::{Cause, ParticipantId, ProviderId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::state::Protocol;

impl Protocol {
    /// Mints to somebody, the treasury, the pools or under lock. Stake and escrow come about by their own operations.
    pub(super) fn genesis(
        &mut self,
        cause: Cause,
        to: Account,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        if self.epoch > 0 {
            return Err(Error::GenesisIsOver);
        }
        require_some(amount)?;
        let may_hold = matches!(
            to,
            Account::Liquid(_)
                | Account::Treasury
                | Account::Insurance
                | Account::Platform
                | Account::Locked
        );
        require_range(may_hold)?;
        if !self.has_account(to) {
            return Err(Error::UnknownParticipant);
        }
        self.require_balance(Account::Issuance, amount)?;
        self.post(Account::Issuance, to, amount, Reason::Genesis, cause);
        Ok(Outcome::Done)
    }

    pub(super) fn trade(
        &mut self,
        cause: Cause,
        from: ParticipantId,
        to: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        self.require_trading()?;
        require_some(amount)?;
        if !self.knows(from) || !self.knows(to) {
            return Err(Error::UnknownParticipant);
        }
        self.require_balance(Account::Liquid(from), amount)?;
        self.post(
            Account::Liquid(from),
            Account::Liquid(to),
            amount,
            Reason::Trade,
            cause,
        );
        Ok(Outcome::Done)
    }

    pub(super) fn withdraw(
        &mut self,
        cause: Cause,
        participant: ParticipantId,
    ) -> Result<Outcome, Error> {
        if !self.knows(participant) {
            return Err(Error::UnknownParticipant);
        }
        let amount = self.in_bond_asset(Account::Unbonded(participant));
        self.post(
            Account::Unbonded(participant),
            Account::Liquid(participant),
            amount,
            Reason::Withdraw,
            cause,
        );
        Ok(Outcome::Withdrawn(amount))
    }

    /// Dollars that somebody brings in: the stable asset's issuer stands outside.
    pub(super) fn deposit_stable(
        &mut self,
        cause: Cause,
        participant: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let (from, to) = (Account::Issuance, Account::Liquid(participant));
        self.move_stable(
            cause,
            participant,
            (from, to),
            amount,
            Reason::StableDeposit,
        )
    }

    pub(super) fn redeem_stable(
        &mut self,
        cause: Cause,
        participant: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let (from, to) = (Account::Liquid(participant), Account::Issuance);
        self.move_stable(cause, participant, (from, to), amount, Reason::StableRedeem)
    }

    fn move_stable(
        &mut self,
        cause: Cause,
        participant: ParticipantId,
        (from, to): (Account, Account),
        amount: Amount,
        reason: Reason,
    ) -> Result<Outcome, Error> {
        if !self.knows(participant) {
            return Err(Error::UnknownParticipant);
        }
        require_some(amount)?;
        self.require_of(Asset::Stable, from, amount)?;
        self.post(from, to, amount, reason, cause);
        Ok(Outcome::Done)
    }

    pub(super) fn claim(&mut self, cause: Cause, provider: ProviderId) -> Result<Outcome, Error> {
        let owner = self.provider(provider)?.owner;
        self.settle_rewards(provider);
        let vested = self.release_vested(cause, provider);
        let amount = core::mem::take(&mut self.providers[provider.index()].unclaimed);
        let held = self.held_of_reward(provider, amount);
        let (pool, paid) = (Account::RewardPool, amount - held);
        self.post(
            pool,
            Account::Liquid(owner),
            paid,
            Reason::RewardClaim,
            cause,
        );
        self.hold(cause, provider, (pool, Reason::RewardHold), held);
        Ok(Outcome::Claimed(paid + vested))
    }

    pub(super) fn claim_delegation(
        &mut self,
        cause: Cause,
        delegator: ParticipantId,
        provider: ProviderId,
    ) -> Result<Outcome, Error> {
        self.provider(provider)?;
        if !self.delegations.contains_key(&(provider, delegator)) {
            return Err(Error::UnknownDelegation);
        }
        self.settle_delegation(provider, delegator);
        let delegation = self
            .delegations
            .get_mut(&(provider, delegator))
            .expect("found above");
        let amount = core::mem::take(&mut delegation.unclaimed);
        self.post(
            Account::RewardPool,
            Account::Liquid(delegator),
            amount,
            Reason::DelegationClaim,
            cause,
        );
        self.drop_empty_delegation(provider, delegator);
        Ok(Outcome::Claimed(amount))
    }
}
