//! Actors: each sees an observation at a fixed moment and returns actions. No strategy reaches into state.

pub mod appellant;
pub mod candidate;
pub mod contributor;
pub mod customer;
pub mod delegator;
pub mod honest;
pub mod lazy;
pub mod self_dealing;
pub mod voter;

use units::{Amount, Ratio};

use crate::provider::Behaviour;

/// What a provider sees when an epoch has closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Epochs since it entered.
    pub age: u32,
    /// Epochs in a row with a trailing cash margin below what it asks for.
    pub short_for: u32,
    /// Coins it can spend.
    pub liquid: Amount,
    /// Fee income of the epoch, but for what of it delegators have or is held back.
    pub fees: Amount,
    /// Paid by a claim in the epoch: rewards, but for what of them is held back, and what had vested.
    pub rewards: Amount,
    /// Its own bond.
    pub bonded: Amount,
    /// The smallest bond at the smoothed price.
    pub bond_min: Amount,
    /// Whether it keeps its bond bound for a time, where nothing speaks against it.
    pub commits: bool,
    /// Whether a commitment binds its bond now.
    pub is_bound: bool,
    /// Whether it is barred for good.
    pub is_tombstoned: bool,
    /// GPU-nanoseconds that were up and idle in the epoch.
    pub idle_ns: u64,
}

/// What a provider can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sells coins at the market.
    Sell(Amount),
    /// Adds to its bond, with coins bought at the market.
    TopUp(Amount),
    /// Buys GPU-nanoseconds of its own idle time.
    SelfDeal(u64),
    /// Binds its bond, for as long as it always does.
    Commit,
    /// Goes out of business.
    Leave,
}

/// The habits that all providers of a scenario share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    /// Share of fee income sold.
    pub sell_fees: Ratio,
    /// Share of rewards sold.
    pub sell_rewards: Ratio,
    /// Epochs that the trailing margin spans.
    pub margin_epochs: u32,
    /// Epochs of too small a margin after which it leaves.
    pub patience_epochs: u32,
    /// Share of its idle time that a self-dealer buys.
    pub self_dealing_idle: Ratio,
    /// Bond below this share of the minimum is topped up.
    pub top_up_below: Ratio,
}

/// What a provider of a behaviour does; actions are appended to `actions`.
pub fn act(behaviour: Behaviour, habits: &Habits, seen: &Observation, actions: &mut Vec<Action>) {
    match behaviour {
        Behaviour::Honest => honest::act(habits, seen, actions),
        Behaviour::Lazy => lazy::act(habits, seen, actions),
        Behaviour::SelfDealing => self_dealing::act(habits, seen, actions),
    }
}

/// Of `held_ns` GPU-nanoseconds held by customers, how much a provider of a behaviour really works.
#[must_use]
pub fn worked(behaviour: Behaviour, held_ns: u64) -> u64 {
    match behaviour {
        Behaviour::Honest | Behaviour::SelfDealing => held_ns,
        Behaviour::Lazy => lazy::worked(held_ns),
    }
}
