//! The distributor for submitted work: units stay locked for a day in a ring of hourly buckets and are paid after it.
//!
//! A node's ring turns only when the node is touched; its times are aligned to when it joined, after a slash to whole hours.

use super::super::RuleError;
use super::super::round::{Rounding, div};
use super::super::uint256::Uint256;

/// Buckets of a ring.
pub const BUCKETS: usize = 24;

/// Seconds of a bucket.
pub const BUCKET_S: u64 = 3600;

/// A node's submitted work.
#[derive(Clone, Debug, Default)]
pub struct Ring {
    buckets: [Uint256; BUCKETS],
    current: usize,
    /// When the current bucket began; zero is "never", as in the contract.
    bucket_start: u64,
    locked: Uint256,
    total: Uint256,
    claimed: Uint256,
    is_in_pool: bool,
}

impl Ring {
    /// Units in the ring when it was last turned.
    #[must_use]
    pub const fn locked(&self) -> Uint256 {
        self.locked
    }

    /// All units submitted, without those removed or slashed.
    #[must_use]
    pub const fn total(&self) -> Uint256 {
        self.total
    }

    /// The node joins the pool.
    pub const fn join(&mut self, now: u64) {
        if self.bucket_start == 0 {
            self.bucket_start = now;
        }
        self.is_in_pool = true;
    }

    /// The node leaves the pool and keeps its ring.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the operations below.
    pub fn leave(&mut self, now: u64) -> Result<(), RuleError> {
        self.is_in_pool = false;
        self.turn(now)
    }

    fn turn(&mut self, now: u64) -> Result<(), RuleError> {
        let passed = div(
            now.checked_sub(self.bucket_start)
                .ok_or(RuleError::Overflow)?
                .into(),
            BUCKET_S.into(),
            Rounding::Floor,
        )?;
        if passed >= BUCKETS as u128 {
            (self.buckets, self.current, self.locked) =
                ([Uint256::ZERO; BUCKETS], 0, Uint256::ZERO);
        } else {
            for _ in 0..passed {
                self.current = (self.current + 1) % BUCKETS;
                let freed = core::mem::take(&mut self.buckets[self.current]);
                self.locked = self.locked.minus(freed)?;
            }
        }
        let whole = u64::try_from(passed).map_err(|_| RuleError::Overflow)?;
        self.bucket_start += whole * BUCKET_S;
        Ok(())
    }

    /// Work is submitted: locked from now on.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when the node is not in the pool.
    pub fn submit(&mut self, now: u64, units: Uint256) -> Result<(), RuleError> {
        if !self.is_in_pool {
            return Err(RuleError::Refused("Node not in pool"));
        }
        self.turn(now)?;
        self.buckets[self.current] = self.buckets[self.current].plus(units)?;
        self.locked = self.locked.plus(units)?;
        self.total = self.total.plus(units)?;
        if self.bucket_start == 0 {
            self.bucket_start = now;
        }
        Ok(())
    }

    fn unlocked(&self, now: u64) -> Result<Uint256, RuleError> {
        let mut ring = self.clone();
        ring.turn(now)?;
        ring.total.minus(ring.locked)?.minus(ring.claimed)
    }

    /// Base units that could be claimed now, at `rate_per_unit`.
    ///
    /// # Errors
    /// [`RuleError::Refused`] without a rate.
    pub fn claimable(&self, now: u64, rate_per_unit: Uint256) -> Result<Uint256, RuleError> {
        if rate_per_unit == 0 {
            return Err(RuleError::Refused("Rate not set"));
        }
        self.unlocked(now)?.times(rate_per_unit)
    }

    /// Takes what can be claimed and gives it in base units, at `rate_per_unit`.
    ///
    /// # Errors
    /// [`RuleError::Refused`] without a rate.
    pub fn claim(&mut self, now: u64, rate_per_unit: Uint256) -> Result<Uint256, RuleError> {
        let paid = self.claimable(now, rate_per_unit)?;
        let units = self.unlocked(now)?;
        self.turn(now)?;
        self.claimed = self.claimed.plus(units)?;
        Ok(paid)
    }

    /// Removes units of the locked work without further penalty, from the oldest bucket on; what is not locked any more stays.
    ///
    /// So at the commit that these rules restate. The contract at commit cff4497 takes from the newest bucket on, and without units
    /// leaves the ring unturned: a row of that version differs.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn remove(&mut self, now: u64, units: Uint256) -> Result<(), RuleError> {
        self.turn(now)?;
        let removed = units.min(self.locked);
        let mut left = removed;
        for age in 1..=BUCKETS {
            let bucket = &mut self.buckets[(self.current + age) % BUCKETS];
            let taken = left.min(*bucket);
            *bucket = bucket.minus(taken)?;
            left = left.minus(taken)?;
        }
        self.locked = self.locked.minus(removed)?;
        self.total = self.total.minus(removed)?;
        Ok(())
    }

    /// Takes all locked work away and gives its units.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn slash(&mut self, now: u64) -> Result<Uint256, RuleError> {
        self.turn(now)?;
        let slashed = self.locked;
        if slashed != 0 {
            self.total = self.total.minus(slashed)?;
            (self.buckets, self.current, self.locked) =
                ([Uint256::ZERO; BUCKETS], 0, Uint256::ZERO);
            self.bucket_start = 0;
        }
        Ok(slashed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(now: u64) -> Ring {
        let mut ring = Ring::default();
        ring.join(now);
        ring
    }

    #[test]
    fn work_unlocks_when_its_bucket_comes_round_again() {
        let mut ring = joined(1);
        ring.submit(3600, 100.into()).unwrap();
        // The first bucket began at second 1, so the submission at its end is free after 24 buckets of that clock.
        assert_eq!(ring.claimable(86_400, 1.into()), Ok(0.into()));
        assert_eq!(ring.claimable(86_401, 1.into()), Ok(100.into()));
        assert_eq!(ring.claim(86_401, 3.into()), Ok(300.into()));
        assert_eq!(ring.claim(86_401, 3.into()), Ok(0.into()));
    }

    #[test]
    fn the_oldest_work_is_removed_first() {
        let mut ring = joined(1);
        ring.submit(1, 100.into()).unwrap();
        ring.submit(1 + 3600, 200.into()).unwrap();
        ring.remove(1 + 3600, 150.into()).unwrap();
        assert_eq!([ring.locked(), ring.total()], [150, 150]);
        assert_eq!(ring.claimable(86_401, 1.into()), Ok(0.into()));
        assert_eq!(ring.claimable(86_401 + 3600, 1.into()), Ok(150.into()));
    }

    #[test]
    fn a_slash_takes_what_is_locked_and_sets_the_clock_to_whole_hours() {
        let mut ring = joined(1800);
        ring.submit(1800, 100.into()).unwrap();
        let later = 1800 + 86_400;
        ring.submit(later, 40.into()).unwrap();
        assert_eq!(ring.slash(later), Ok(40.into()));
        assert_eq!(ring.slash(later), Ok(0.into()));
        assert_eq!([ring.locked(), ring.total()], [0, 100]);
        assert_eq!(ring.claimable(later, 1.into()), Ok(100.into()));
        ring.submit(later, 7.into()).unwrap();
        assert_eq!(
            ring.claimable(later + 86_400 - 1801, 1.into()),
            Ok(100.into())
        );
        assert_eq!(
            ring.claimable(later + 86_400 - 1800, 1.into()),
            Ok(107.into())
        );
    }

    #[test]
    fn only_members_submit_and_only_a_rate_pays() {
        let mut ring = Ring::default();
        assert_eq!(
            ring.submit(5, 1.into()),
            Err(RuleError::Refused("Node not in pool"))
        );
        assert_eq!(
            ring.claim(5, 0.into()),
            Err(RuleError::Refused("Rate not set"))
        );
        ring.join(5);
        ring.leave(6).unwrap();
        assert!(ring.submit(7, 1.into()).is_err());
    }
}
