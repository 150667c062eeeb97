//! Bonding, delegating, leaving.

use stakesim_protocol::{Account, Error, Outcome, ParticipantId, ProviderId, Standing};
use units::Amount;

use super::records::{Addition, Entry};
use super::state::Oracle;

pub fn lacks(available: u128) -> Error {
    Error::InsufficientBalance {
        available: Amount::new(available),
    }
}

impl Oracle {
    pub fn note(&mut self, v: usize, is_self: bool, amount: u128) {
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
    pub fn queue(&mut self, v: usize, owner: u32, is_self: bool, amount: u128) -> u32 {
        let due = self.epoch + self.delay(v);
        if amount > 0 {
            self.entries += 1;
            let created = self.now;
            self.providers[v].entries.push(Entry {
                owner,
                is_self,
                amount,
                created,
                due,
                number: self.entries,
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
        if self.to_bond(owner) < amount {
            return Err(lacks(self.to_bond(owner)));
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

    pub fn top_up(&mut self, v: usize, amount: u128) -> Result<Outcome, Error> {
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        if self.self_bond(v) == 0 {
            return Err(Error::NoBond);
        }
        self.bond(v, amount)
    }

    /// Whether an owner may have one more entry in a provider's queue.
    pub fn has_room(&self, v: usize, owner: u32) -> Result<(), Error> {
        let entries = self.providers[v].entries.iter();
        let count = entries.filter(|entry| entry.owner == owner).count();
        match count < self.params.bond.entries_max as usize {
            true => Ok(()),
            false => Err(Error::TooManyEntries),
        }
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
        self.has_room(v, self.providers[v].owner)?;
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
        self.providers[v].has_left = true;
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
}
