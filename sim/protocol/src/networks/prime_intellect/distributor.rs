//! The reward distributors of a pool: an index that grows with time, by the share of all compute or at a fixed rate a unit.
//!
//! The index is whole base units, not scaled: what a division leaves over at each update is never paid.

use alloc::collections::BTreeMap;
use alloc::string::String;

use super::super::RuleError;
use super::super::round::{Rounding, div};
use super::{add, mul, sub};

/// What the rate is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The rate is split over all compute in the pool: issuance does not depend on how much there is.
    Shared,
    /// Every unit of compute earns the whole rate.
    EachUnit,
}

/// A node's account with the distributor.
#[derive(Clone, Debug, Default)]
struct Node {
    units: u64,
    index: u128,
    unclaimed: u128,
    is_in_pool: bool,
}

/// A pool and its distributor.
#[derive(Clone, Debug)]
pub struct Distributor {
    basis: Basis,
    /// Base units a second.
    rate: u128,
    /// Base units paid so far to a unit of compute that was there from the start.
    index: u128,
    total_units: u64,
    updated_at: u64,
    has_ended: bool,
    nodes: BTreeMap<String, Node>,
}

impl Distributor {
    /// An empty pool at this time, at a rate of zero.
    #[must_use]
    pub const fn new(basis: Basis, now: u64) -> Distributor {
        Distributor {
            basis,
            rate: 0,
            index: 0,
            total_units: 0,
            updated_at: now,
            has_ended: false,
            nodes: BTreeMap::new(),
        }
    }

    fn update(&mut self, now: u64) -> Result<(), RuleError> {
        if self.has_ended || now <= self.updated_at {
            return Ok(());
        }
        let reward = mul((now - self.updated_at).into(), self.rate)?;
        let step = match self.basis {
            Basis::EachUnit => reward,
            // Nobody is there: the time passes unpaid.
            Basis::Shared if self.total_units == 0 => 0,
            Basis::Shared => div(reward, self.total_units.into(), Rounding::Floor)?,
        };
        self.index = add(self.index, step)?;
        self.updated_at = now;
        Ok(())
    }

    /// The rate from now on, in base units a second.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the operations below.
    pub fn set_rate(&mut self, now: u64, rate: u128) -> Result<(), RuleError> {
        self.update(now)?;
        self.rate = rate;
        Ok(())
    }

    /// A node joins with its compute. It counts from now on; after the end its index stays where it was, as the contract has it.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for a node that is in the pool.
    pub fn join(&mut self, now: u64, name: &str, units: u64) -> Result<(), RuleError> {
        if self.nodes.get(name).is_some_and(|node| node.is_in_pool) {
            return Err(RuleError::Refused("node is already in the pool"));
        }
        self.update(now)?;
        let total = self.total_units.checked_add(units);
        self.total_units = total.ok_or(RuleError::Overflow)?;
        let node = self.nodes.entry(String::from(name)).or_default();
        (node.units, node.is_in_pool) = (units, true);
        if !self.has_ended {
            node.index = self.index;
        }
        Ok(())
    }

    /// A node leaves; what it earned waits for its claim.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for a node that is not in the pool.
    pub fn leave(&mut self, now: u64, name: &str) -> Result<(), RuleError> {
        self.update(now)?;
        let node = member(&mut self.nodes, name)?;
        accrue(node, self.index)?;
        (node.index, node.is_in_pool) = (0, false);
        self.total_units -= node.units;
        Ok(())
    }

    /// The pool ends: the index stands still.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn end(&mut self, now: u64) -> Result<(), RuleError> {
        self.update(now)?;
        self.has_ended = true;
        Ok(())
    }

    /// Pays out all that a node has earned, in base units. A node that was never there has earned nothing.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn claim(&mut self, now: u64, name: &str) -> Result<u128, RuleError> {
        self.update(now)?;
        let Some(node) = self.nodes.get_mut(name) else {
            return Ok(0);
        };
        if node.is_in_pool {
            accrue(node, self.index)?;
        }
        Ok(core::mem::take(&mut node.unclaimed))
    }

    /// What waits for a node's claim as of its last update, in base units.
    #[must_use]
    pub fn unclaimed(&self, name: &str) -> u128 {
        self.nodes.get(name).map_or(0, |node| node.unclaimed)
    }
}

fn member<'a>(
    nodes: &'a mut BTreeMap<String, Node>,
    name: &str,
) -> Result<&'a mut Node, RuleError> {
    let node = nodes.get_mut(name).filter(|node| node.is_in_pool);
    node.ok_or(RuleError::Refused("node is not in the pool"))
}

fn accrue(node: &mut Node, index: u128) -> Result<(), RuleError> {
    let earned = mul(sub(index, node.index)?, node.units.into())?;
    node.unclaimed = add(node.unclaimed, earned)?;
    node.index = index;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_index_cannot_split_is_paid_to_nobody() {
        let mut pool = Distributor::new(Basis::Shared, 0);
        pool.set_rate(0, 1).unwrap();
        pool.join(0, "a", 7).unwrap();
        assert_eq!(pool.claim(6, "a"), Ok(0));
        // The six seconds are gone: the next seven are one unit of index, not thirteen.
        assert_eq!(pool.claim(13, "a"), Ok(7));
    }

    #[test]
    fn time_without_compute_is_unpaid_and_the_end_stops_the_index() {
        let mut pool = Distributor::new(Basis::Shared, 0);
        pool.set_rate(0, 10).unwrap();
        pool.join(100, "a", 2).unwrap();
        pool.end(101).unwrap();
        assert_eq!(pool.claim(500, "a"), Ok(10));
        // Joining after the end leaves the index at zero, and the claim pays all of it.
        pool.join(500, "b", 3).unwrap();
        assert_eq!(pool.claim(501, "b"), Ok(15));
    }

    #[test]
    fn strangers_and_doubles_are_refused() {
        let mut pool = Distributor::new(Basis::EachUnit, 0);
        pool.join(0, "a", 1).unwrap();
        assert!(matches!(pool.join(0, "a", 1), Err(RuleError::Refused(_))));
        assert!(matches!(pool.leave(0, "b"), Err(RuleError::Refused(_))));
        assert_eq!(pool.claim(9, "b"), Ok(0));
        pool.set_rate(0, u128::MAX).unwrap();
        assert_eq!(pool.claim(11, "a"), Err(RuleError::Overflow));
    }
}
