//! Fees shared by reflection: every account holds a number of reflections, and a fee makes each of them worth more.
//!
//! The rate is reflections a unit of weight (xNOS); it falls as fees come in. What the rate's rounding leaves over stays in the pool.

use super::super::RuleError;
use super::super::round::{Rounding, div};

/// The rate of an empty pool: the largest that the whole supply of 10^14 base units can be multiplied by in 128 bits.
pub const INITIAL_RATE: u128 = u128::MAX / 100_000_000_000_000;

/// The pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    rate: u128,
    reflections: u128,
    /// Weight of all accounts, and the fees that are not paid out yet.
    xnos: u128,
}

/// One staker's account with the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    reflection: u128,
    xnos: u128,
}

impl Default for Pool {
    fn default() -> Pool {
        Pool {
            rate: INITIAL_RATE,
            reflections: 0,
            xnos: 0,
        }
    }
}

impl Pool {
    /// A staker of this weight enters.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the operations below.
    pub fn enter(&mut self, xnos: u128) -> Result<Account, RuleError> {
        self.add(xnos, 0)
    }

    fn add(&mut self, xnos: u128, pending: u128) -> Result<Account, RuleError> {
        let overflow = RuleError::Overflow;
        let weight = xnos.checked_add(pending).ok_or(overflow)?;
        let reflection = weight.checked_mul(self.rate).ok_or(overflow)?;
        self.xnos = self.xnos.checked_add(xnos).ok_or(overflow)?;
        self.reflections = self.reflections.checked_add(reflection).ok_or(overflow)?;
        Ok(Account { reflection, xnos })
    }

    fn remove(&mut self, reflection: u128, xnos: u128) -> Result<(), RuleError> {
        let left = self.xnos.checked_sub(xnos).ok_or(RuleError::Overflow)?;
        let reflections = self.reflections.checked_sub(reflection);
        self.reflections = reflections.ok_or(RuleError::Overflow)?;
        self.xnos = left;
        Ok(())
    }

    /// A fee comes in, in base units.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for no fee into an empty pool.
    pub fn add_fee(&mut self, fee: u64) -> Result<(), RuleError> {
        let xnos = self
            .xnos
            .checked_add(fee.into())
            .ok_or(RuleError::Overflow)?;
        self.rate = div(self.reflections, xnos, Rounding::Floor)?;
        self.xnos = xnos;
        Ok(())
    }

    /// Base units that an account has earned and not claimed.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] once fees came into a pool that nobody was in.
    pub fn pending(&self, account: &Account) -> Result<u128, RuleError> {
        let worth = div(account.reflection, self.rate, Rounding::Floor)?;
        worth.checked_sub(account.xnos).ok_or(RuleError::Overflow)
    }

    /// Pays out what an account has earned, in base units, and re-enters it with the weight that its stake has now.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when its stake weighs less than when it entered.
    pub fn claim(&mut self, account: &mut Account, xnos: u128) -> Result<u128, RuleError> {
        if xnos < account.xnos {
            return Err(RuleError::Refused("StakeDecreased"));
        }
        let paid = self.pending(account)?;
        if paid > 0 {
            self.remove(account.reflection, account.xnos + paid)?;
            *account = self.add(xnos, 0)?;
        }
        Ok(paid)
    }

    /// Re-enters an account with the weight that its stake has now; what it has earned stays pending.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn sync(&mut self, account: &mut Account, xnos: u128) -> Result<(), RuleError> {
        let pending = self.pending(account)?;
        self.remove(account.reflection, account.xnos)?;
        *account = self.add(xnos, pending)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_shared_by_weight_and_late_comers_do_not_share_it() {
        let mut pool = Pool::default();
        let mut first = pool.enter(3_000_000).unwrap();
        let mut second = pool.enter(1_000_000).unwrap();
        pool.add_fee(1_000).unwrap();
        let third = pool.enter(4_000_000).unwrap();
        let pending = |pool: &Pool, account: &Account| pool.pending(account).unwrap();
        assert_eq!(pending(&pool, &first), 750);
        assert_eq!(pending(&pool, &second), 250);
        assert_eq!(pending(&pool, &third), 0);
        assert_eq!(pool.claim(&mut first, 3_000_000), Ok(750));
        assert_eq!(pool.claim(&mut first, 3_000_000), Ok(0));
        assert_eq!(pending(&pool, &second), 250);
        // A longer lock: the earned part stays, the new weight counts from now on.
        pool.sync(&mut second, 2_000_000).unwrap();
        assert_eq!(pending(&pool, &second), 250);
        // Pending fees weigh like stake: 3 000 000 of 9 000 250.
        pool.add_fee(9_000).unwrap();
        assert_eq!(pending(&pool, &first), 2_999);
    }

    #[test]
    fn broken_accounts_are_refused() {
        let mut pool = Pool::default();
        assert_eq!(pool.add_fee(0), Err(RuleError::ZeroDivisor));
        let mut account = pool.enter(1_000_000).unwrap();
        assert!(matches!(
            pool.claim(&mut account, 1),
            Err(RuleError::Refused(_))
        ));
        assert_eq!(pool.enter(u128::MAX), Err(RuleError::Overflow));
        let mut orphan = Pool::default();
        orphan.add_fee(5).unwrap();
        assert_eq!(orphan.pending(&account), Err(RuleError::ZeroDivisor));
    }
}
