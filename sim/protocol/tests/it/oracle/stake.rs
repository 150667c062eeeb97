//! Bonding, delegating, leaving.

use stakesim_protocol::{Account, Error, Outcome, ParticipantId, ProviderId, Standing};
use units::Amount;

use super::number::{ceil, floor};
use super::rewards::settle_delegation;
use super::state::{Addition, Entry, Oracle};

fn lacks(available: u128) -> Error {
    Error::InsufficientBalance {
        available: Amount::new(available),
    }
}

impl Oracle {
    fn note(&mut self, v: usize, is_self: bool, amount: u128) {
        let tick = self.now;
        let oldest = self
            .evidence_from(v)
            .saturating_sub(self.params.epoch_ticks);
        let additions = &mut self.providers[v].additions;
        additions.retain(|addition| addition.tick >= oldest);
        additions.push(Addition {
            tick,
            is_self,
            amount,
        });
    }

    /// Puts an amount into the unbonding queue; the epoch whose close releases it.
    fn queue(&mut self, v: usize, owner: u32, is_self: bool, amount: u128) -> u32 {
        let due = self.epoch + self.delay(v);
        if amount > 0 {
            let created = self.now;
            self.providers[v].entries.push(Entry {
                owner,
                is_self,
                amount,
                created,
                due,
            });
        }
        due as u32
    }

    pub fn bond(&mut self, v: usize, amount: u128) -> Result<Outcome, Error> {
        let (owner, standing) = (self.providers[v].owner, self.providers[v].standing);
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        if matches!(standing, Standing::Tombstoned | Standing::Exited) {
            return Err(Error::WrongStanding(standing));
        }
        let minimum = self.minimum(v).ok_or(Error::NoPrice)?;
        let liquid = Account::Liquid(ParticipantId(owner));
        if self.balance(liquid) < amount {
            return Err(lacks(self.balance(liquid)));
        }
        self.settle(v, 0);
        let to = Account::SelfBond(ProviderId(v as u32));
        self.post(liquid, to, amount, "bond");
        self.note(v, true, amount);
        if standing == Standing::Registered && self.self_bond(v) >= minimum {
            self.stand(v, Standing::Active);
        }
        self.touch(v);
        Ok(Outcome::Done)
    }

    pub fn unbond(&mut self, v: usize, amount: u128) -> Result<Outcome, Error> {
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        self.is_free(v)?;
        let bond = self.self_bond(v);
        if bond < amount {
            return Err(lacks(bond));
        }
        let minimum = self.minimum(v).ok_or(Error::NoPrice)?;
        if bond != amount && bond - amount < minimum {
            let minimum = Amount::new(minimum);
            return Err(Error::BelowMinimumBond { minimum });
        }
        let epoch = self.take_bond(v, amount);
        self.touch(v);
        Ok(Outcome::Unbonding {
            amount: Amount::new(amount),
            epoch,
        })
    }

    fn take_bond(&mut self, v: usize, amount: u128) -> u32 {
        self.settle(v, 0);
        let id = ProviderId(v as u32);
        self.post(
            Account::SelfBond(id),
            Account::Unbonding(id),
            amount,
            "unbond",
        );
        let epoch = self.queue(v, self.providers[v].owner, true, amount);
        if self.self_bond(v) == 0 && self.providers[v].standing == Standing::Active {
            self.stand(v, Standing::Registered);
        }
        epoch
    }

    pub fn exit(&mut self, v: usize) -> Result<Outcome, Error> {
        if self.providers[v].standing == Standing::Exited {
            return Err(Error::WrongStanding(Standing::Exited));
        }
        self.is_free(v)?;
        let bond = self.self_bond(v);
        let epoch = self.take_bond(v, bond);
        let mut sum = bond;
        let delegators: Vec<u32> = self.providers[v].delegations.keys().copied().collect();
        for delegator in delegators {
            let worth = self.worth(v, delegator);
            self.take_delegation(v, delegator, worth);
            sum += worth;
        }
        if self.providers[v].standing != Standing::Tombstoned {
            self.stand(v, Standing::Exited);
        }
        self.touch(v);
        Ok(Outcome::Unbonding {
            amount: Amount::new(sum),
            epoch,
        })
    }

    pub fn withdraw(&mut self, participant: u32) -> Outcome {
        let id = ParticipantId(participant);
        let amount = self.balance(Account::Unbonded(id));
        self.post(
            Account::Unbonded(id),
            Account::Liquid(id),
            amount,
            "withdraw",
        );
        Outcome::Withdrawn(Amount::new(amount))
    }

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
        if self.balance(liquid) < amount {
            return Err(lacks(self.balance(liquid)));
        }
        let bought = self.bought(v, amount).ok_or(Error::PoolIsEmpty)?;
        self.settle(v, 0);
        let to = Account::Delegated(ProviderId(v as u32));
        self.post(liquid, to, amount, "delegate");
        self.note(v, false, amount);
        self.take_exactly(v, delegator);
        let delegation = self.providers[v].delegations.entry(delegator).or_default();
        settle_delegation(delegation);
        delegation.shares += bought;
        self.touch(v);
        Ok(Outcome::Done)
    }

    fn take_delegation(&mut self, v: usize, delegator: u32, amount: u128) -> u32 {
        self.settle(v, 0);
        let (worth, pool, shares) = (self.worth(v, delegator), self.pool(v), self.shares(v));
        self.take_exactly(v, delegator);
        let delegation = self.providers[v]
            .delegations
            .get_mut(&delegator)
            .expect("looked up by the caller");
        settle_delegation(delegation);
        let given = if amount == worth {
            delegation.shares
        } else {
            ceil(amount, shares, pool).min(delegation.shares)
        };
        delegation.shares -= given;
        let id = ProviderId(v as u32);
        self.post(
            Account::Delegated(id),
            Account::Unbonding(id),
            amount,
            "undelegate",
        );
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
        let epoch = self.take_delegation(v, delegator, amount);
        self.touch(v);
        Ok(Outcome::Unbonding {
            amount: Amount::new(amount),
            epoch,
        })
    }
}
