//! A provider's stake and its queue of unbonding entries: who pays a slash, in which order.
//!
//! A slash is taken from the stake alone where that is enough; else from unbonding entries that are not due yet, oldest first, and then
//! from the stake. It goes to the validator, nothing is burned. The queue keeps the contract's quirks: a withdrawal moves the queue's
//! start only when it meets an entry that is not due, and a slash that takes from an entry drops the due ones before it.

use alloc::vec::Vec;

use super::super::RuleError;
use super::super::uint256::Uint256;

/// Entries that may be pending; a further one is merged into the newest and starts its time again.
pub const PENDING_MAX: usize = 10;

/// An amount on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbond {
    /// Base units; zero once withdrawn.
    pub amount: Uint256,
    /// When it can be withdrawn, in seconds.
    pub due: u64,
}

/// One provider's stake.
#[derive(Clone, Debug, Default)]
pub struct Stake {
    staked: Uint256,
    unbonding: Uint256,
    entries: Vec<Unbond>,
    /// Entries before this one are done with.
    start: usize,
}

const DONE: Unbond = Unbond {
    amount: Uint256::ZERO,
    due: 0,
};

impl Stake {
    /// Base units that are staked.
    #[must_use]
    pub const fn staked(&self) -> Uint256 {
        self.staked
    }

    /// Base units that are unbonding or wait for their withdrawal.
    #[must_use]
    pub const fn unbonding(&self) -> Uint256 {
        self.unbonding
    }

    /// The queue, oldest first.
    #[must_use]
    pub fn pending(&self) -> &[Unbond] {
        &self.entries[self.start..]
    }

    /// Stakes more.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn stake(&mut self, amount: Uint256) -> Result<(), RuleError> {
        self.staked = self.staked.plus(amount)?;
        Ok(())
    }

    /// Sends stake into the queue, due after `period` seconds.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for more than the stake.
    pub fn unstake(&mut self, now: u64, period: u64, amount: Uint256) -> Result<(), RuleError> {
        if self.staked < amount {
            return Err(RuleError::Refused("StakeManager: insufficient balance"));
        }
        let due = now.checked_add(period).ok_or(RuleError::Overflow)?;
        self.staked = self.staked.minus(amount)?;
        self.unbonding = self.unbonding.plus(amount)?;
        let is_full = self.pending().len() >= PENDING_MAX;
        match self.entries.last_mut().filter(|_| is_full) {
            Some(newest) => {
                newest.amount = newest.amount.plus(amount)?;
                newest.due = due;
            }
            None => self.entries.push(Unbond { amount, due }),
        }
        Ok(())
    }

    /// Takes from the queue back into the stake, oldest first.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for more than is unbonding.
    pub fn rebond(&mut self, amount: Uint256) -> Result<(), RuleError> {
        if self.unbonding < amount {
            let why = "StakeManager: insufficient unbonding balance";
            return Err(RuleError::Refused(why));
        }
        self.unbonding = self.unbonding.minus(amount)?;
        self.staked = self.staked.plus(amount)?;
        let mut left = amount;
        for at in self.start..self.entries.len() {
            let entry = &mut self.entries[at];
            if left < entry.amount {
                entry.amount = entry.amount.minus(left)?;
                self.start = at;
                break;
            }
            left = left.minus(entry.amount)?;
            *entry = DONE;
            self.start = at + 1;
        }
        Ok(())
    }

    /// Pays out the entries that are due, up to the first that is not; gives the base units.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when there are none.
    pub fn withdraw(&mut self, now: u64) -> Result<Uint256, RuleError> {
        let mut paid = Uint256::ZERO;
        for at in self.start..self.entries.len() {
            let entry = &mut self.entries[at];
            if entry.due > now {
                self.start = at;
                break;
            }
            paid = paid.plus(entry.amount)?;
            *entry = DONE;
        }
        if paid == 0 {
            return Err(RuleError::Refused("StakeManager: no funds to withdraw"));
        }
        self.unbonding = self.unbonding.minus(paid)?;
        Ok(paid)
    }

    /// Takes up to `amount` and gives what was taken, in base units, for the validator.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn slash(&mut self, now: u64, amount: Uint256) -> Result<Uint256, RuleError> {
        if self.staked >= amount {
            self.staked = self.staked.minus(amount)?;
            return Ok(amount);
        }
        let mut left = amount;
        for at in self.start..self.entries.len() {
            let entry = &mut self.entries[at];
            if entry.due <= now {
                continue;
            }
            let taken = left.min(entry.amount);
            self.unbonding = self.unbonding.minus(taken)?;
            left = left.minus(taken)?;
            entry.amount = entry.amount.minus(taken)?;
            if entry.amount != 0 {
                self.start = at;
                break;
            }
            *entry = DONE;
            self.start = at + 1;
            if left == 0 {
                break;
            }
        }
        let from_stake = left.min(self.staked);
        self.staked = self.staked.minus(from_stake)?;
        amount.minus(left.minus(from_stake)?)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    const WEEK: u64 = 604_800;

    fn amounts(stake: &Stake) -> Vec<Uint256> {
        stake.pending().iter().map(|entry| entry.amount).collect()
    }

    fn numbers(small: &[u128]) -> Vec<Uint256> {
        small.iter().copied().map(Uint256::from).collect()
    }

    /// What is staked and what is unbonding.
    fn both(stake: &Stake) -> [Uint256; 2] {
        [stake.staked(), stake.unbonding()]
    }

    fn unbonding(now: u64, staked: u128, parts: &[u128]) -> Stake {
        let mut stake = Stake::default();
        stake.stake(staked.into()).unwrap();
        for &part in parts {
            stake.unstake(now, WEEK, part.into()).unwrap();
        }
        stake
    }

    #[test]
    fn a_slash_takes_the_stake_alone_where_it_is_enough() {
        let mut stake = unbonding(0, 100, &[40]);
        assert_eq!(stake.slash(1, 60.into()), Ok(60.into()));
        assert_eq!(both(&stake), [0, 40]);
    }

    #[test]
    fn a_larger_slash_takes_the_queue_first_then_the_stake() {
        let mut stake = unbonding(0, 100, &[30, 40]);
        assert_eq!(stake.slash(1, 50.into()), Ok(50.into()));
        assert_eq!(both(&stake), [30, 20]);
        assert_eq!(amounts(&stake), numbers(&[20]));
        assert_eq!(stake.slash(1, 45.into()), Ok(45.into()));
        assert_eq!(both(&stake), [5, 0]);
        assert_eq!(amounts(&stake), numbers(&[]));
        assert_eq!(stake.slash(1, 45.into()), Ok(5.into()));
    }

    #[test]
    fn a_slash_of_exactly_an_entry_leaves_the_next_and_the_stake() {
        let mut stake = unbonding(0, 100, &[30, 50]);
        assert_eq!(stake.slash(1, 30.into()), Ok(30.into()));
        assert_eq!(stake.staked(), 20);
        assert_eq!(amounts(&stake), numbers(&[50]));
    }

    #[test]
    fn due_entries_are_not_slashed() {
        let mut stake = unbonding(0, 100, &[60]);
        assert_eq!(stake.slash(WEEK, 70.into()), Ok(40.into()));
        assert_eq!(both(&stake), [0, 60]);
        assert_eq!(stake.withdraw(WEEK), Ok(60.into()));
    }

    #[test]
    fn an_eleventh_entry_is_merged_into_the_newest_and_waits_anew() {
        let mut stake = unbonding(0, 100, &[1; 10]);
        stake.unstake(5, WEEK, 1.into()).unwrap();
        assert_eq!(stake.pending().len(), PENDING_MAX);
        assert_eq!(
            stake.pending()[9],
            Unbond {
                amount: 2.into(),
                due: 5 + WEEK
            }
        );
        assert_eq!(stake.withdraw(WEEK), Ok(9.into()));
        assert_eq!(amounts(&stake), numbers(&[2]));
        assert!(stake.withdraw(WEEK).is_err());
    }

    #[test]
    fn rebonding_consumes_the_oldest_first() {
        let mut stake = unbonding(0, 100, &[10, 20, 30]);
        stake.rebond(25.into()).unwrap();
        assert_eq!(both(&stake), [65, 35]);
        assert_eq!(amounts(&stake), numbers(&[5, 30]));
        assert!(matches!(
            stake.rebond(36.into()),
            Err(RuleError::Refused(_))
        ));
        assert!(matches!(
            stake.unstake(0, WEEK, 66.into()),
            Err(RuleError::Refused(_))
        ));
    }

    #[test]
    fn a_withdrawal_of_everything_leaves_empty_entries_in_the_queue() {
        let mut stake = unbonding(0, 100, &[60, 40]);
        assert_eq!(stake.withdraw(WEEK), Ok(100.into()));
        assert_eq!(amounts(&stake), numbers(&[0, 0]));
        assert_eq!(stake.unbonding(), 0);
    }
}
