//! A provider's stake and its queue of unbonding entries: who pays a slash, in which order.
//!
//! A slash is taken from the stake alone where that is enough; else from unbonding entries that are not due yet, oldest first, and then
//! from the stake. It goes to the validator, nothing is burned. The queue keeps the contract's quirks: a withdrawal moves the queue's
//! start only when it meets an entry that is not due, and a slash that takes from an entry drops the due ones before it.

use alloc::vec::Vec;

use super::super::RuleError;
use super::{add, sub};

/// Entries that may be pending; a further one is merged into the newest and starts its time again.
pub const PENDING_MAX: usize = 10;

/// An amount on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbond {
    /// Base units; zero once withdrawn.
    pub amount: u128,
    /// When it can be withdrawn, in seconds.
    pub due: u64,
}

/// One provider's stake.
#[derive(Clone, Debug, Default)]
pub struct Stake {
    staked: u128,
    unbonding: u128,
    entries: Vec<Unbond>,
    /// Entries before this one are done with.
    start: usize,
}

const DONE: Unbond = Unbond { amount: 0, due: 0 };

impl Stake {
    /// Base units that are staked.
    #[must_use]
    pub const fn staked(&self) -> u128 {
        self.staked
    }

    /// Base units that are unbonding or wait for their withdrawal.
    #[must_use]
    pub const fn unbonding(&self) -> u128 {
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
    pub fn stake(&mut self, amount: u128) -> Result<(), RuleError> {
        self.staked = add(self.staked, amount)?;
        Ok(())
    }

    /// Sends stake into the queue, due after `period` seconds.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for more than the stake.
    pub fn unstake(&mut self, now: u64, period: u64, amount: u128) -> Result<(), RuleError> {
        if self.staked < amount {
            return Err(RuleError::Refused("StakeManager: insufficient balance"));
        }
        let due = now.checked_add(period).ok_or(RuleError::Overflow)?;
        self.staked -= amount;
        self.unbonding = add(self.unbonding, amount)?;
        let is_full = self.pending().len() >= PENDING_MAX;
        match self.entries.last_mut().filter(|_| is_full) {
            Some(newest) => {
                newest.amount = add(newest.amount, amount)?;
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
    pub fn rebond(&mut self, amount: u128) -> Result<(), RuleError> {
        if self.unbonding < amount {
            let why = "StakeManager: insufficient unbonding balance";
            return Err(RuleError::Refused(why));
        }
        self.unbonding -= amount;
        self.staked = add(self.staked, amount)?;
        let mut left = amount;
        for at in self.start..self.entries.len() {
            let entry = &mut self.entries[at];
            if left < entry.amount {
                entry.amount -= left;
                self.start = at;
                break;
            }
            left -= entry.amount;
            *entry = DONE;
            self.start = at + 1;
        }
        Ok(())
    }

    /// Pays out the entries that are due, up to the first that is not; gives the base units.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when there are none.
    pub fn withdraw(&mut self, now: u64) -> Result<u128, RuleError> {
        let mut paid = 0;
        for at in self.start..self.entries.len() {
            let entry = &mut self.entries[at];
            if entry.due > now {
                self.start = at;
                break;
            }
            paid = add(paid, entry.amount)?;
            *entry = DONE;
        }
        if paid == 0 {
            return Err(RuleError::Refused("StakeManager: no funds to withdraw"));
        }
        self.unbonding = sub(self.unbonding, paid)?;
        Ok(paid)
    }

    /// Takes up to `amount` and gives what was taken, in base units, for the validator.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn slash(&mut self, now: u64, amount: u128) -> Result<u128, RuleError> {
        if self.staked >= amount {
            self.staked -= amount;
            return Ok(amount);
        }
        let mut left = amount;
        for at in self.start..self.entries.len() {
            let entry = &mut self.entries[at];
            if entry.due <= now {
                continue;
            }
            let taken = left.min(entry.amount);
            self.unbonding = sub(self.unbonding, taken)?;
            left -= taken;
            entry.amount -= taken;
            if entry.amount > 0 {
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
        self.staked -= from_stake;
        Ok(amount - (left - from_stake))
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    const WEEK: u64 = 604_800;

    fn amounts(stake: &Stake) -> Vec<u128> {
        stake.pending().iter().map(|entry| entry.amount).collect()
    }

    fn unbonding(now: u64, staked: u128, parts: &[u128]) -> Stake {
        let mut stake = Stake::default();
        stake.stake(staked).unwrap();
        for &part in parts {
            stake.unstake(now, WEEK, part).unwrap();
        }
        stake
    }

    #[test]
    fn a_slash_takes_the_stake_alone_where_it_is_enough() {
        let mut stake = unbonding(0, 100, &[40]);
        assert_eq!(stake.slash(1, 60), Ok(60));
        assert_eq!((stake.staked(), stake.unbonding()), (0, 40));
    }

    #[test]
    fn a_larger_slash_takes_the_queue_first_then_the_stake() {
        let mut stake = unbonding(0, 100, &[30, 40]);
        assert_eq!(stake.slash(1, 50), Ok(50));
        assert_eq!((stake.staked(), stake.unbonding()), (30, 20));
        assert_eq!(amounts(&stake), [20]);
        assert_eq!(stake.slash(1, 45), Ok(45));
        assert_eq!((stake.staked(), stake.unbonding()), (5, 0));
        assert_eq!(amounts(&stake), []);
        assert_eq!(stake.slash(1, 45), Ok(5));
    }

    #[test]
    fn a_slash_of_exactly_an_entry_leaves_the_next_and_the_stake() {
        let mut stake = unbonding(0, 100, &[30, 50]);
        assert_eq!(stake.slash(1, 30), Ok(30));
        assert_eq!((stake.staked(), amounts(&stake)), (20, [50].into()));
    }

    #[test]
    fn due_entries_are_not_slashed() {
        let mut stake = unbonding(0, 100, &[60]);
        assert_eq!(stake.slash(WEEK, 70), Ok(40));
        assert_eq!((stake.staked(), stake.unbonding()), (0, 60));
        assert_eq!(stake.withdraw(WEEK), Ok(60));
    }

    #[test]
    fn an_eleventh_entry_is_merged_into_the_newest_and_waits_anew() {
        let mut stake = unbonding(0, 100, &[1; 10]);
        stake.unstake(5, WEEK, 1).unwrap();
        assert_eq!(stake.pending().len(), PENDING_MAX);
        assert_eq!(
            stake.pending()[9],
            Unbond {
                amount: 2,
                due: 5 + WEEK
            }
        );
        assert_eq!(stake.withdraw(WEEK), Ok(9));
        assert_eq!(amounts(&stake), [2]);
        assert!(stake.withdraw(WEEK).is_err());
    }

    #[test]
    fn rebonding_consumes_the_oldest_first() {
        let mut stake = unbonding(0, 100, &[10, 20, 30]);
        stake.rebond(25).unwrap();
        assert_eq!((stake.staked(), stake.unbonding()), (65, 35));
        assert_eq!(amounts(&stake), [5, 30]);
        assert!(matches!(stake.rebond(36), Err(RuleError::Refused(_))));
        assert!(matches!(
            stake.unstake(0, WEEK, 66),
            Err(RuleError::Refused(_))
        ));
    }

    #[test]
    fn a_withdrawal_of_everything_leaves_empty_entries_in_the_queue() {
        let mut stake = unbonding(0, 100, &[60, 40]);
        assert_eq!(stake.withdraw(WEEK), Ok(100));
        assert_eq!(amounts(&stake), [0, 0]);
        assert_eq!(stake.unbonding(), 0);
    }
}
