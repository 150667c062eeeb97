//! Delegation pools: delegators hold shares of what stands behind a provider, so that a slash reaches all of them at once.

use units::{Amount, wide};

use crate::ids::{ParticipantId, ProviderId};
use crate::rewards::accrued;
use crate::state::{Delegation, Protocol};

impl Protocol {
    /// What shares of a pool are worth, rounded down; all of them are worth the whole pool.
    pub(crate) fn stake_of_shares(&self, provider: ProviderId, shares: u128) -> Amount {
        let total = self.providers[provider.index()].shares;
        if total == 0 {
            return Amount::ZERO;
        }
        Amount::new(wide::mul_div_floor(
            self.delegated(provider).base_units(),
            shares,
            total,
        ))
    }

    /// The shares that an amount buys, rounded down in favour of those who are in. None when the pool is worth nothing
    /// or the amount buys no share.
    pub(crate) fn shares_for(&self, provider: ProviderId, amount: Amount) -> Option<u128> {
        let total = self.providers[provider.index()].shares;
        let pool = self.delegated(provider).base_units();
        match (total, pool) {
            (0, _) => Some(amount.base_units()),
            (_, 0) => None,
            // Past 2^112 shares a pool has been slashed to nearly nothing, again and again: it takes nobody any more.
            _ => wide::mul_div_rem(amount.base_units(), total, pool)
                .map(|(shares, _)| shares)
                .filter(|shares| {
                    *shares > 0
                        && total
                            .checked_add(*shares)
                            .is_some_and(|sum| sum >> 112 == 0)
                }),
        }
    }

    /// The shares that `held` of them give up for an amount of at most their worth: all for all of it, else rounded up in
    /// favour of those who stay, and never the last one, which owns what stays. The pool is not empty.
    pub(crate) fn shares_of(&self, provider: ProviderId, held: u128, amount: Amount) -> u128 {
        if amount == self.stake_of_shares(provider, held) {
            return held;
        }
        let total = self.providers[provider.index()].shares;
        let pool = self.delegated(provider).base_units();
        wide::mul_div_ceil(amount.base_units(), total, pool).min(held.min(total.saturating_sub(1)))
    }

    /// Takes a delegator's rewards off the provider's share index. Must run before its shares change.
    pub(crate) fn settle_delegation(&mut self, provider: ProviderId, delegator: ParticipantId) {
        self.settle_rewards(provider);
        let index = self.providers[provider.index()].share_index;
        let fresh = Delegation {
            shares: 0,
            paid_index: index,
            unclaimed: Amount::ZERO,
        };
        let delegation = self
            .delegations
            .entry((provider, delegator))
            .or_insert(fresh);
        delegation.unclaimed += accrued(delegation.shares, index - delegation.paid_index);
        delegation.paid_index = index;
    }

    /// Changes a delegator's shares, and the pool's sum by as much. The delegation is there.
    pub(crate) fn change_shares(
        &mut self,
        provider: ProviderId,
        delegator: ParticipantId,
        change: impl FnOnce(&mut u128),
    ) {
        let held = self.delegations.get_mut(&(provider, delegator));
        let held = &mut held.expect("settled before: a bug").shares;
        let pool = &mut self.providers[provider.index()].shares;
        *pool -= *held;
        change(held);
        *pool += *held;
    }

    /// Forgets a delegation that holds neither shares nor rewards.
    pub(crate) fn drop_empty_delegation(&mut self, provider: ProviderId, delegator: ParticipantId) {
        let key = (provider, delegator);
        if self
            .delegations
            .get(&key)
            .is_some_and(|it| it.shares == 0 && it.unclaimed.is_zero())
        {
            self.delegations.remove(&key);
        }
    }
}
