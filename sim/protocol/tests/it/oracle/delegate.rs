//! Delegating: shares of a pool, bought, given up, and moved to another provider.

use stakesim_protocol::{Account, Error, Outcome, ParticipantId, ProviderId, Standing};
use units::Amount;

use super::number::{ceil, floor};
use super::records::Move;
use super::rewards::settle_delegation;
use super::stake::lacks;
use super::state::Oracle;

impl Oracle {
    pub fn shares(&self, v: usize) -> u128 {
        self.providers[v]
            .delegations
            .values()
            .map(|delegation| delegation.shares)
            .sum()
    }

    /// What a delegator's stake is worth, rounded down.
    pub fn worth(&self, v: usize, delegator: u32) -> u128 {
        match self.providers[v].delegations.get(&delegator) {
            Some(delegation) if delegation.shares > 0 => {
                floor(self.pool(v), delegation.shares, self.shares(v))
            }
            _ => 0,
        }
    }

    /// The shares that an amount buys; none when it buys none.
    fn bought(&self, v: usize, amount: u128) -> Option<u128> {
        let (pool, shares) = (self.pool(v), self.shares(v));
        let bought = match (shares, pool) {
            (0, _) => amount,
            (_, 0) => 0,
            _ => floor(amount, shares, pool),
        };
        (bought > 0 && bought.saturating_add(shares) < 1 << 112).then_some(bought)
    }

    pub fn delegate(&mut self, delegator: u32, v: usize, amount: u128) -> Result<Outcome, Error> {
        if delegator >= self.people {
            return Err(Error::UnknownParticipant);
        }
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        let standing = self.providers[v].standing;
        if standing != Standing::Active {
            return Err(Error::WrongStanding(standing));
        }
        let liquid = Account::Liquid(ParticipantId(delegator));
        if self.to_bond(delegator) < amount {
            return Err(lacks(self.to_bond(delegator)));
        }
        let bought = self.bought(v, amount).ok_or(Error::PoolIsEmpty)?;
        self.settle(v, 0);
        let to = Account::Delegated(ProviderId(v as u32));
        self.post(liquid, to, amount, "delegate");
        self.note(v, false, amount);
        self.buy(v, delegator, bought);
        self.touch(v);
        Ok(Outcome::Done)
    }

    fn buy(&mut self, v: usize, delegator: u32, shares: u128) {
        self.take_exactly(v, delegator);
        let delegation = self.providers[v].delegations.entry(delegator).or_default();
        settle_delegation(delegation);
        delegation.shares += shares;
    }

    /// Takes the shares off that an amount is worth.
    fn give_up(&mut self, v: usize, delegator: u32, amount: u128) {
        let (worth, pool, shares) = (self.worth(v, delegator), self.pool(v), self.shares(v));
        self.take_exactly(v, delegator);
        let delegation =
            (self.providers[v].delegations.get_mut(&delegator)).expect("looked up by the caller");
        settle_delegation(delegation);
        delegation.shares -= match amount == worth {
            true => delegation.shares,
            false => ceil(amount, shares, pool)
                .min(delegation.shares)
                .min(shares - 1),
        };
    }

    pub fn take_delegation(&mut self, v: usize, delegator: u32, amount: u128) -> u32 {
        self.settle(v, 0);
        self.give_up(v, delegator, amount);
        let id = ProviderId(v as u32);
        let (from, to) = (Account::Delegated(id), Account::Unbonding(id));
        self.post(from, to, amount, "undelegate");
        let epoch = self.queue(v, delegator, false, amount);
        self.forget(v, delegator);
        epoch
    }

    pub fn undelegate(&mut self, delegator: u32, v: usize, amount: u128) -> Result<Outcome, Error> {
        if !self.providers[v].delegations.contains_key(&delegator) {
            return Err(Error::UnknownDelegation);
        }
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        let worth = self.worth(v, delegator);
        if worth < amount {
            return Err(lacks(worth));
        }
        self.has_room(v, delegator)?;
        let epoch = self.take_delegation(v, delegator, amount);
        self.touch(v);
        Ok(Outcome::Unbonding {
            amount: Amount::new(amount),
            epoch,
        })
    }

    /// How many moves of a delegator to a provider still answer for where they came from.
    pub fn in_transit(&self, delegator: u32, to: usize) -> usize {
        let moves = self.providers.iter().flat_map(|provider| &provider.moves);
        moves
            .filter(|moved| moved.delegator == delegator && moved.to == to)
            .count()
    }

    pub fn redelegate(
        &mut self,
        delegator: u32,
        from: usize,
        to: usize,
        amount: u128,
    ) -> Result<Outcome, Error> {
        if from == to {
            return Err(Error::OutOfRange);
        }
        if !self.providers[from].delegations.contains_key(&delegator) {
            return Err(Error::UnknownDelegation);
        }
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        let standing = self.providers[to].standing;
        if standing != Standing::Active {
            return Err(Error::WrongStanding(standing));
        }
        if self.in_transit(delegator, from) > 0 {
            return Err(Error::InTransit);
        }
        let worth = self.worth(from, delegator);
        if worth < amount {
            return Err(lacks(worth));
        }
        if self.in_transit(delegator, to) >= self.params.bond.redelegations_max as usize {
            return Err(Error::TooManyEntries);
        }
        let bought = self.bought(to, amount).ok_or(Error::PoolIsEmpty)?;
        self.settle(from, 0);
        self.settle(to, 0);
        self.give_up(from, delegator, amount);
        let ids = [from, to].map(|v| Account::Delegated(ProviderId(v as u32)));
        self.post(ids[0], ids[1], amount, "redelegate");
        self.forget(from, delegator);
        self.note(to, false, amount);
        self.buy(to, delegator, bought);
        let due = self.epoch + self.delay(from);
        let created = self.now;
        self.providers[from].moves.push(Move {
            delegator,
            to,
            amount,
            shares: bought,
            created,
            due,
        });
        self.touch(from);
        self.touch(to);
        let (amount, epoch) = (Amount::new(amount), due as u32);
        Ok(Outcome::Redelegated { amount, epoch })
    }
}
