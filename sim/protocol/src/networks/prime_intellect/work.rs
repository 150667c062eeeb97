//! The distributor for submitted work: units stay locked for a day in a ring of hourly buckets and are paid after it.
//!
//! A node's ring turns only when the node is touched; its times are aligned to when it joined, after a slash to whole hours.

use super::super::RuleError;
use super::super::round::{Rounding, div};
use super::{add, mul, sub};

/// Buckets of a ring.
pub const BUCKETS: usize = 24;

/// Seconds of a bucket.
pub const BUCKET_S: u64 = 3600;

/// A node's submitted work.
#[derive(Clone, Debug, Default)]
pub struct Ring {
    buckets: [u128; BUCKETS],
    current: usize,
    /// When the current bucket began; zero is "never", as in the contract.
    bucket_start: u64,
    locked: u128,
    total: u128,
    claimed: u128,
    is_in_pool: bool,
}

impl Ring {
    /// Units in the ring when it was last turned.
    #[must_use]
    pub const fn locked(&self) -> u128 {
        self.locked
    }

    /// All units submitted, without those removed or slashed.
    #[must_use]
    pub const fn total(&self) -> u128 {
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
            sub(now.into(), self.bucket_start.into())?,
            BUCKET_S.into(),
            Rounding::Floor,
        )?;
        if passed >= BUCKETS as u128 {
            (self.buckets, self.current, self.locked) = ([0; BUCKETS], 0, 0);
        } else {
            for _ in 0..passed {
                self.current = (self.current + 1) % BUCKETS;
                let freed = core::mem::take(&mut self.buckets[self.current]);
                self.locked = sub(self.locked, freed)?;
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
    pub fn submit(&mut self, now: u64, units: u128) -> Result<(), RuleError> {
        if !self.is_in_pool {
            return Err(RuleError::Refused("Node not in pool"));
        }
        self.turn(now)?;
        self.buckets[self.current] = add(self.buckets[self.current], units)?;
        self.locked = add(self.locked, units)?;
        self.total = add(self.total, units)?;
        if self.bucket_start == 0 {
            self.bucket_start = now;
        }
        Ok(())
    }

    fn unlocked(&self, now: u64) -> Result<u128, RuleError> {
        let mut ring = self.clone();
        ring.turn(now)?;
        sub(sub(ring.total, ring.locked)?, ring.claimed)
    }

    /// Base units that could be claimed now, at `rate_per_unit`.
    ///
    /// # Errors
    /// [`RuleError::Refused`] without a rate.
    pub fn claimable(&self, now: u64, rate_per_unit: u128) -> Result<u128, RuleError> {
        if rate_per_unit == 0 {
            return Err(RuleError::Refused("Rate not set"));
        }
        mul(self.unlocked(now)?, rate_per_unit)
    }

    /// Takes what can be claimed and gives it in base units, at `rate_per_unit`.
    ///
    /// # Errors
    /// [`RuleError::Refused`] without a rate.
    pub fn claim(&mut self, now: u64, rate_per_unit: u128) -> Result<u128, RuleError> {
        let paid = self.claimable(now, rate_per_unit)?;
        let units = self.unlocked(now)?;
        self.turn(now)?;
        self.claimed = add(self.claimed, units)?;
        Ok(paid)
    }

    /// Removes units of the locked work without further penalty, from the oldest bucket on; what is not locked any more stays.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn remove(&mut self, now: u64, units: u128) -> Result<(), RuleError> {
        self.turn(now)?;
        let removed = units.min(self.locked);
        let mut left = removed;
        for age in 1..=BUCKETS {
            let bucket = &mut self.buckets[(self.current + age) % BUCKETS];
            let taken = left.min(*bucket);
            *bucket -= taken;
            left -= taken;
        }
        self.locked = sub(self.locked, removed)?;
        self.total = sub(self.total, removed)?;
        Ok(())
    }

    /// Takes all locked work away and gives its units.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn slash(&mut self, now: u64) -> Result<u128, RuleError> {
        self.turn(now)?;
        let slashed = self.locked;
        if slashed > 0 {
            self.total = sub(self.total, slashed)?;
            (self.buckets, self.current, self.locked) = ([0; BUCKETS], 0, 0);
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
        ring.submit(3600, 100).unwrap();
        // The first bucket began at second 1, so the submission at its end is free after 24 buckets of that clock.
        assert_eq!(ring.claimable(86_400, 1), Ok(0));
        assert_eq!(ring.claimable(86_401, 1), Ok(100));
        assert_eq!(ring.claim(86_401, 3), Ok(300));
        assert_eq!(ring.claim(86_401, 3), Ok(0));
    }

    #[test]
    fn the_oldest_work_is_removed_first() {
        let mut ring = joined(1);
        ring.submit(1, 100).unwrap();
        ring.submit(1 + 3600, 200).unwrap();
        ring.remove(1 + 3600, 150).unwrap();
        assert_eq!((ring.locked(), ring.total()), (150, 150));
        assert_eq!(ring.claimable(86_401, 1), Ok(0));
        assert_eq!(ring.claimable(86_401 + 3600, 1), Ok(150));
    }

    #[test]
    fn a_slash_takes_what_is_locked_and_sets_the_clock_to_whole_hours() {
        let mut ring = joined(1800);
        ring.submit(1800, 100).unwrap();
        let later = 1800 + 86_400;
        ring.submit(later, 40).unwrap();
        assert_eq!(ring.slash(later), Ok(40));
        assert_eq!(ring.slash(later), Ok(0));
        assert_eq!(
            (ring.locked(), ring.total(), ring.claimable(later, 1)),
            (0, 100, Ok(100))
        );
        ring.submit(later, 7).unwrap();
        assert_eq!(ring.claimable(later + 86_400 - 1801, 1), Ok(100));
        assert_eq!(ring.claimable(later + 86_400 - 1800, 1), Ok(107));
    }

    #[test]
    fn only_members_submit_and_only_a_rate_pays() {
        let mut ring = Ring::default();
        assert_eq!(
            ring.submit(5, 1),
            Err(RuleError::Refused("Node not in pool"))
        );
        assert_eq!(ring.claim(5, 0), Err(RuleError::Refused("Rate not set")));
        ring.join(5);
        ring.leave(6).unwrap();
        assert!(ring.submit(7, 1).is_err());
    }
}
