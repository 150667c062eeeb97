//! Taking rewards: settling a provider and its delegators, claims. Everybody's accruals were added up at each close.

use num_bigint::BigUint;
use stakesim_protocol::{Account, Error, FeeSharing, Outcome, ParticipantId};
use units::Amount;

use super::number::{ONE, ceil, floor, part, whole};
use super::records::{Delegation, Provider};
use super::state::Oracle;

/// Settles one provider that holds `bond` beside a `pool`; what a penalty of `forfeit` takes.
fn settle_provider(provider: &mut Provider, bond: u128, pool: u128, forfeit: u128) -> u128 {
    let gross: u128 = provider.accrued.iter().map(|a| whole(&a.sum)).sum();
    let last: u128 = provider.accrued.iter().map(|a| whole(&a.last)).sum();
    let taken = part(forfeit, last);
    provider.accrued = Default::default();
    let rest = gross - taken;
    let shares: u128 = provider.delegations.values().map(|d| d.shares).sum();
    if pool == 0 || shares == 0 {
        provider.unclaimed += rest;
        return taken;
    }
    provider.unclaimed += rest - divide(provider, bond, pool, rest);
    taken
}

/// Gives the delegators, who hold shares of a `pool`, their part of an amount that a provider earned. Returns that part.
fn divide(provider: &mut Provider, bond: u128, pool: u128, amount: u128) -> u128 {
    let shares: u128 = provider.delegations.values().map(|d| d.shares).sum();
    let share = floor(amount, pool, bond + pool);
    let divided = part(ONE - provider.commission, share);
    let step = floor(divided, 1 << 64, shares).min(u128::MAX - provider.share_index);
    provider.share_index += step;
    for delegation in provider.delegations.values_mut() {
        delegation.accrued += BigUint::from(delegation.shares) * step;
    }
    ceil(shares, step, 1 << 64)
}

pub fn settle_delegation(delegation: &mut Delegation) {
    delegation.unclaimed += whole(&delegation.accrued);
    delegation.accrued = BigUint::ZERO;
}

impl Oracle {
    /// Settles a provider's rewards, less a forfeited share of the closing epoch's. Returns what was forfeited.
    pub fn settle(&mut self, v: usize, forfeit: u128) -> u128 {
        self.settle_exactly(v, forfeit);
        let (bond, pool) = (self.self_bond(v), self.pool(v));
        let taken = settle_provider(&mut self.providers[v], bond, pool, forfeit);
        self.post(
            Account::RewardPool,
            Account::Treasury,
            taken,
            "reward_forfeit",
        );
        taken
    }

    /// What the delegators of a provider have of its pay for a job, which leaves an escrow.
    pub fn share_pay(&mut self, v: usize, pay: u128) -> u128 {
        let (bond, pool) = (self.self_bond(v), self.pool(v));
        let is_owner_s = self.params.fees.sharing == FeeSharing::Owner;
        if is_owner_s || pool == 0 || self.shares(v) == 0 {
            return 0;
        }
        self.share_exactly(v, pay);
        divide(&mut self.providers[v], bond, pool, pay)
    }

    /// Settles a provider and all of its delegators in a copy: what they could claim now.
    pub fn settled(&self, v: usize) -> Provider {
        let mut provider = self.providers[v].clone();
        settle_provider(&mut provider, self.self_bond(v), self.pool(v), 0);
        provider
            .delegations
            .values_mut()
            .for_each(settle_delegation);
        provider
    }

    /// Forgets a delegation without shares and rewards.
    pub fn forget(&mut self, v: usize, delegator: u32) {
        let delegations = &mut self.providers[v].delegations;
        if delegations
            .get(&delegator)
            .is_some_and(|d| d.shares == 0 && d.unclaimed == 0)
        {
            delegations.remove(&delegator);
        }
    }

    pub fn claim(&mut self, v: usize) -> Outcome {
        self.settle(v, 0);
        let owner = Account::Liquid(ParticipantId(self.providers[v].owner));
        let vested = self.pay_vested(v);
        let amount = std::mem::take(&mut self.providers[v].unclaimed);
        let held = part(self.held_share(v), amount);
        self.post(Account::RewardPool, owner, amount - held, "reward_claim");
        self.hold(v, Account::RewardPool, held, "reward_hold");
        Outcome::Claimed(Amount::new(amount - held + vested))
    }

    pub fn claim_delegation(&mut self, v: usize, delegator: u32) -> Result<Outcome, Error> {
        if !self.providers[v].delegations.contains_key(&delegator) {
            return Err(Error::UnknownDelegation);
        }
        self.settle(v, 0);
        self.take_exactly(v, delegator);
        let delegation = self.providers[v]
            .delegations
            .get_mut(&delegator)
            .expect("looked up above");
        settle_delegation(delegation);
        let amount = std::mem::take(&mut delegation.unclaimed);
        let to = Account::Liquid(ParticipantId(delegator));
        self.post(Account::RewardPool, to, amount, "delegation_claim");
        self.forget(v, delegator);
        Ok(Outcome::Claimed(Amount::new(amount)))
    }
}
