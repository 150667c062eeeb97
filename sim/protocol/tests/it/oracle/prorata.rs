//! The second check: how far rewards lie from exact pro rata. The exact side is reckoned in 2^-128 of a base unit, epoch by epoch.
//!
//! The bound, in base units: an owner or delegator is off by at most 1 + ⌈w / 2^64⌉ + ⌈b / 2^80⌉ for each category paid at a close (the
//! kind's part; the index's step, a 2^64th for each unit of the largest weight w, which is one below 2^64; and kinds being compared at
//! 84 bits, which is nothing before a budget b of 2^80 and weights beyond 2^84), 6 + g a settling of its provider (taking off four indices, a forfeit,
//! dividing with the delegators, and the step of the share index) or a job whose pay its delegators share, and 1 a settling of the delegation. The grain g is ⌈shares / 2^64⌉, one with up to
//! nine decimals: a step of the share index is a 2^64th of a base unit for each share.

use std::collections::BTreeMap;

use num_bigint::{BigInt, BigUint};
use stakesim_protocol::{ParticipantId, ProviderId};

use super::compare::Pair;
use super::number::ONE;
use super::state::Oracle;

/// Whose reward: an owner's at a provider, or a delegator's there.
pub type Whose = (usize, Option<u32>);

/// What exact pro rata has given to everybody, and how often it was rounded on the other side.
#[derive(Clone, Debug, Default)]
pub struct Exact {
    /// In 2^-128 of a base unit.
    pub earned: BTreeMap<Whose, BigUint>,
    /// What the last close gave, while it can be forfeited.
    pub last: BTreeMap<Whose, BigUint>,
    /// What rounding may have cost a provider at the closes, for each category paid.
    pub at_closes: u128,
    /// Of each provider: how often it was settled, and the coarsest grain that it had.
    pub settlings: BTreeMap<usize, (u128, u128)>,
    pub takings: BTreeMap<(usize, u32), u128>,
}

impl Oracle {
    /// Divides a budget among all providers, owners and delegators, without rounding.
    pub fn divide_exactly(&mut self, budget: u128, weights: Vec<BigUint>) {
        let Some(mut exact) = self.exact.take() else {
            return;
        };
        let largest = self.providers.iter().map(|p| p.weight).max().unwrap_or(0);
        exact.at_closes += 1 + largest.div_ceil(1 << 64) + (budget >> 80);
        let all: BigUint = weights.iter().sum();
        for (v, weight) in weights.into_iter().enumerate() {
            let reward = (BigUint::from(budget) << 128u32) * weight / &all;
            for (whose, amount) in self.shares_of(v, reward) {
                *exact.earned.entry(whose).or_default() += &amount;
                *exact.last.entry(whose).or_default() += amount;
            }
        }
        self.exact = Some(exact);
    }

    /// Owner's and delegators' parts of a reward.
    fn shares_of(&self, v: usize, reward: BigUint) -> Vec<(Whose, BigUint)> {
        let provider = &self.providers[v];
        let (bond, pool, shares) = (self.self_bond(v), self.pool(v), self.shares(v));
        let mut parts = Vec::new();
        let mut owner = reward.clone();
        if pool > 0 && shares > 0 {
            for (delegator, delegation) in &provider.delegations {
                let over = &reward * pool * (ONE - provider.commission) * delegation.shares;
                let part = over / (bond + pool) / ONE / shares;
                owner -= &part;
                parts.push(((v, Some(*delegator)), part));
            }
        }
        parts.push(((v, None), owner));
        parts
    }

    /// What delegators have of pay for a job: theirs for good, and rounded as at a settling.
    pub fn share_exactly(&mut self, v: usize, pay: u128) {
        let parts = self.shares_of(v, BigUint::from(pay) << 128u32);
        let shares = self.shares(v);
        let Some(exact) = &mut self.exact else {
            return;
        };
        for (whose, amount) in parts.into_iter().filter(|((_, who), _)| who.is_some()) {
            *exact.earned.entry(whose).or_default() += amount;
        }
        let (count, grain) = exact.settlings.entry(v).or_default();
        *count += 1;
        *grain = shares.div_ceil(1 << 64).max(*grain);
    }

    /// A settling, with what a penalty takes of the last close.
    pub fn settle_exactly(&mut self, v: usize, forfeit: u128) {
        let shares = self.shares(v);
        let earned = self.providers[v].accrued.iter().map(|accrued| &accrued.sum);
        let has_earned = earned.sum::<BigUint>() > BigUint::ZERO;
        let Some(exact) = &mut self.exact else {
            return;
        };
        let (count, grain) = exact.settlings.entry(v).or_default();
        *count += u128::from(has_earned);
        *grain = shares.div_ceil(1 << 64).max(*grain);
        for ((provider, delegator), amount) in &mut exact.last {
            if *provider == v {
                let taken = std::mem::take(amount) * forfeit / ONE;
                *exact.earned.entry((v, *delegator)).or_default() -= taken;
            }
        }
    }

    pub fn take_exactly(&mut self, v: usize, delegator: u32) {
        if let Some(exact) = &mut self.exact {
            *exact.takings.entry((v, delegator)).or_default() += 1;
        }
    }
}

/// Compares what everybody has been paid and could claim with exact pro rata; the largest distance by its bound, in millionths.
pub fn within_bounds(pair: &Pair) -> Result<u128, String> {
    let exact = pair.oracle.exact.as_ref().expect("switched on");
    let mut largest = 0;
    for (&(v, delegator), earned) in &exact.earned {
        let id = ProviderId(v as u32);
        let open = match delegator {
            Some(delegator) => pair
                .protocol
                .claimable_delegation(ParticipantId(delegator), id),
            None => pair.protocol.claimable(id),
        };
        let paid = pair.claimed.get(&(v, delegator)).copied().unwrap_or(0) + open.base_units();
        let (settlings, grain) = exact.settlings.get(&v).copied().unwrap_or((0, 1));
        let takings = delegator.and_then(|delegator| exact.takings.get(&(v, delegator)));
        // One more of each for what is open: it is settled in a copy.
        let bound =
            exact.at_closes + (6 + grain) * (settlings + 1) + takings.copied().unwrap_or(0) + 1;
        let off = BigInt::from(BigUint::from(paid) << 128u32) - BigInt::from(earned.clone());
        let off = off.magnitude();
        if *off > BigUint::from(bound) << 128u32 {
            let whole = off >> 128u32;
            return Err(format!(
                "{v} {delegator:?}: {whole} base units off, {bound} allowed"
            ));
        }
        let share = (off * 1_000_000u32 / bound) >> 128u32;
        largest = largest.max(u128::try_from(&share).expect("at most a million"));
    }
    Ok(largest)
}
