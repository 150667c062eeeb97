//! Users: stake that is locked and freed at will, its tier, and what it was when an epoch began.

use stakesim_protocol::{Account, Error, Outcome, ParticipantId};
use units::Amount;

use super::number::parts;
use super::state::Oracle;

impl Oracle {
    pub fn user_stake(&mut self, person: u32, amount: u128, is_in: bool) -> Result<Outcome, Error> {
        let (liquid, staked) = (
            Oracle::liquid(person),
            Account::UserStake(ParticipantId(person)),
        );
        let (from, to, reason) = match is_in {
            true => (liquid, staked, "user_stake"),
            false => (staked, liquid, "user_unstake"),
        };
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        if self.balance(from) < amount {
            let available = Amount::new(self.balance(from));
            return Err(Error::InsufficientBalance { available });
        }
        self.post(from, to, amount, reason);
        Ok(Outcome::Done)
    }

    /// The highest threshold reached, from one; or zero.
    pub fn tier(&self, person: u32) -> usize {
        let staked = self.balance(Account::UserStake(ParticipantId(person)));
        let thresholds = self.params.users.thresholds;
        let reached = thresholds
            .iter()
            .rposition(|least| staked >= least.base_units());
        reached.map_or(0, |place| place + 1)
    }

    pub fn discount(&self, person: u32) -> u128 {
        match self.tier(person) {
            0 => 0,
            tier => parts(self.params.users.discounts[tier - 1]),
        }
    }

    /// Remembers every participant's stake as an epoch begins.
    pub fn remember_stakes(&mut self) {
        let stakes = (0..self.people)
            .map(|person| self.balance(Account::UserStake(ParticipantId(person))))
            .collect();
        self.stakes_at.push(stakes);
    }
}
