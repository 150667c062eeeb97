//! The reward distributors of a pool: an index that grows with time, by the share of all compute or at a fixed rate a unit.
//!
//! The index is whole base units, not scaled: what a division leaves over at each update is never paid.

use alloc::collections::BTreeMap;
use alloc::string::String;

use super::super::RuleError;
use super::super::uint256::Uint256;

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
    units: Uint256,
    index: Uint256,
    unclaimed: Uint256,
    is_in_pool: bool,
}

/// A pool and its distributor.
#[derive(Clone, Debug)]
pub struct Distributor {
    basis: Basis,
    /// Base units a second.
    rate: Uint256,
    /// Base units paid so far to a unit of compute that was there from the start.
    index: Uint256,
    total_units: Uint256,
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
            rate: Uint256::ZERO,
            index: Uint256::ZERO,
            total_units: Uint256::ZERO,
            updated_at: now,
            has_ended: false,
            nodes: BTreeMap::new(),
        }
    }

    fn update(&mut self, now: u64) -> Result<(), RuleError> {
        if self.has_ended || now <= self.updated_at {
            return Ok(());
        }
        let reward = Uint256::new((now - self.updated_at).into()).times(self.rate)?;
        let step = match self.basis {
            Basis::EachUnit => reward,
            // Nobody is there: the time passes unpaid.
            Basis::Shared if self.total_units == 0 => Uint256::ZERO,
            Basis::Shared => reward.over(self.total_units)?,
        };
        self.index = self.index.plus(step)?;
        self.updated_at = now;
        Ok(())
    }

    /// The rate from now on, in base units a second.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the operations below.
    pub fn set_rate(&mut self, now: u64, rate: Uint256) -> Result<(), RuleError> {
        self.update(now)?;
        self.rate = rate;
        Ok(())
    }

    /// A node joins with its compute. It counts from now on; after the end its index stays where it was, as the contract has it.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for a node that is in the pool.
    pub fn join(&mut self, now: u64, name: &str, units: Uint256) -> Result<(), RuleError> {
        if self.nodes.get(name).is_some_and(|node| node.is_in_pool) {
            return Err(RuleError::Refused("node is already in the pool"));
        }
        self.update(now)?;
        self.total_units = self.total_units.plus(units)?;
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
        (node.index, node.is_in_pool) = (Uint256::ZERO, false);
        self.total_units = self.total_units.minus(node.units)?;
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
    pub fn claim(&mut self, now: u64, name: &str) -> Result<Uint256, RuleError> {
        self.update(now)?;
        let Some(node) = self.nodes.get_mut(name) else {
            return Ok(Uint256::ZERO);
        };
        if node.is_in_pool {
            accrue(node, self.index)?;
        }
        Ok(core::mem::take(&mut node.unclaimed))
    }

    /// What waits for a node's claim as of its last update, in base units.
    #[must_use]
    pub fn unclaimed(&self, name: &str) -> Uint256 {
        self.nodes
            .get(name)
            .map_or(Uint256::ZERO, |node| node.unclaimed)
    }
}

fn member<'a>(
    nodes: &'a mut BTreeMap<String, Node>,
    name: &str,
) -> Result<&'a mut Node, RuleError> {
    let node = nodes.get_mut(name).filter(|node| node.is_in_pool);
    node.ok_or(RuleError::Refused("node is not in the pool"))
}

fn accrue(node: &mut Node, index: Uint256) -> Result<(), RuleError> {
    let earned = index.minus(node.index)?.times(node.units)?;
    node.unclaimed = node.unclaimed.plus(earned)?;
    node.index = index;
    Ok(())
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    #[test]
    fn what_the_index_cannot_split_is_paid_to_nobody() {
        let mut pool = Distributor::new(Basis::Shared, 0);
        pool.set_rate(0, 1.into()).unwrap();
        pool.join(0, "a", 7.into()).unwrap();
        assert_eq!(pool.claim(6, "a"), Ok(0.into()));
        // The six seconds are gone: the next seven are one unit of index, not thirteen.
        assert_eq!(pool.claim(13, "a"), Ok(7.into()));
    }

    #[test]
    fn time_without_compute_is_unpaid_and_the_end_stops_the_index() {
        let mut pool = Distributor::new(Basis::Shared, 0);
        pool.set_rate(0, 10.into()).unwrap();
        pool.join(100, "a", 2.into()).unwrap();
        pool.end(101).unwrap();
        assert_eq!(pool.claim(500, "a"), Ok(10.into()));
        // Joining after the end leaves the index at zero, and the claim pays all of it.
        pool.join(500, "b", 3.into()).unwrap();
        assert_eq!(pool.claim(501, "b"), Ok(15.into()));
    }

    #[test]
    fn strangers_and_doubles_are_refused() {
        let mut pool = Distributor::new(Basis::EachUnit, 0);
        pool.join(0, "a", 1.into()).unwrap();
        assert!(matches!(
            pool.join(0, "a", 1.into()),
            Err(RuleError::Refused(_))
        ));
        assert!(matches!(pool.leave(0, "b"), Err(RuleError::Refused(_))));
        assert_eq!(pool.claim(9, "b"), Ok(0.into()));
        let largest = (BigInt::from(1) << 256u32) - 1;
        let largest = Uint256::try_from(largest).unwrap();
        pool.set_rate(9, largest).unwrap();
        assert_eq!(pool.claim(11, "a"), Err(RuleError::Overflow));
    }
}
