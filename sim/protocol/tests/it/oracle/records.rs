//! What is kept of a provider: its stake, its rewards and its conduct. No index, no queue, no running total.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use stakesim_protocol::{Category, Standing, ViolationKind};

/// Rewards earned and not settled, in parts of 2^-64 base units.
#[derive(Clone, Debug, Default)]
pub struct Accrued {
    /// Since the last settling.
    pub sum: BigUint,
    /// The part of it that the last close paid.
    pub last: BigUint,
}

impl Accrued {
    pub fn earn(&mut self, amount: BigUint) {
        self.sum += &amount;
        self.last += amount;
    }
}

/// The bonus pools, by the categories that pay them.
pub const POOLS: [Category; 3] = [Category::Commitment, Category::Growth, Category::Innovation];

/// A bound bond.
#[derive(Clone, Copy, Debug)]
pub struct Commitment {
    pub multiplier: u128,
    pub until: u64,
}

/// What one delegator has at one provider.
#[derive(Clone, Debug, Default)]
pub struct Delegation {
    pub shares: u128,
    pub accrued: BigUint,
    pub unclaimed: u128,
}

/// Stake on its way out.
#[derive(Clone, Debug)]
pub struct Entry {
    pub owner: u32,
    pub is_self: bool,
    pub amount: u128,
    pub created: u64,
    pub due: u64,
    pub number: u64,
}

/// Delegated stake that has moved to another provider and still answers for what was done at the first.
#[derive(Clone, Debug)]
pub struct Move {
    pub delegator: u32,
    pub to: usize,
    pub amount: u128,
    pub shares: u128,
    pub created: u64,
    pub due: u64,
}

/// Stake that came in.
#[derive(Clone, Debug)]
pub struct Addition {
    pub tick: u64,
    pub is_self: bool,
    pub amount: u128,
}

/// What was seen of a provider in an epoch.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    pub up: u128,
    pub jobs: u128,
    pub failed: u128,
    pub response: u128,
    pub rating: u128,
}

/// One measured epoch of the ladder's window.
#[derive(Clone, Debug)]
pub struct Seen {
    pub epoch: u64,
    pub down: u128,
    pub jobs: u128,
    pub failed: u128,
}

/// A provider's past in one kind of violation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offence {
    pub count: u128,
    pub epoch: u64,
    pub number: u64,
    pub judged: Option<u64>,
}

/// A time that a provider is set aside for.
#[derive(Clone, Debug)]
pub struct Term {
    pub case: usize,
    pub standing: Standing,
    pub from: u64,
    pub until: u64,
    pub needs_review: bool,
}

#[derive(Clone, Debug)]
pub struct Provider {
    pub owner: u32,
    pub kind: usize,
    pub gpus: u128,
    pub tier: usize,
    pub commission: u128,
    pub standing: Standing,
    pub base: u128,
    pub score: u128,
    pub weight: u128,
    pub waits: bool,
    /// Weight in each bonus pool.
    pub pools: [u128; 3],
    /// By the kind's weight, and by each pool's.
    pub accrued: [Accrued; 4],
    pub commitment: Option<Commitment>,
    /// The multiplier in force.
    pub committed: u128,
    pub tenure: u128,
    pub tenure_due: Option<u64>,
    pub grows_until: Option<u64>,
    pub unclaimed: u128,
    /// All that the shares have ever been paid, for its bound alone.
    pub share_index: u128,
    pub delegations: BTreeMap<u32, Delegation>,
    pub entries: Vec<Entry>,
    pub additions: Vec<Addition>,
    pub measured: Option<Measurement>,
    pub window: Vec<Seen>,
    pub offences: Vec<Offence>,
    pub terms: Vec<Term>,
    pub recovery_due: Option<u64>,
    pub ramp: Option<u64>,
    pub ramp_cases: Vec<usize>,
    pub has_left: bool,
    pub reported: Option<u64>,
    pub moves: Vec<Move>,
    /// The commission as the epoch began.
    pub commission_base: u128,
    pub registered: u64,
    pub held: Held,
}

/// Pay that is held back.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Came free and was not claimed.
    pub vested: u128,
    /// What comes free as each epoch begins.
    pub steps: BTreeMap<u64, u128>,
    pub lost: u128,
    /// Kept until an age: ever, and of that returned.
    pub kept: [u128; 2],
}

/// A report that waits for the close.
#[derive(Clone, Debug)]
pub struct Report {
    pub provider: usize,
    pub kind: ViolationKind,
    pub at: u64,
    pub reporter: Option<u32>,
    pub victim: Option<u32>,
    pub loss: u128,
    pub severity: u128,
}

/// From where a slash was taken.
#[derive(Clone, Copy, Debug)]
pub enum Taken {
    Bond,
    Pool,
    /// From stake that was on its way out, or has moved.
    Left(u32),
    /// From pay that was held back.
    Held,
}

/// An owner's objection to a verdict.
#[derive(Clone, Copy, Debug)]
pub enum Objection {
    None,
    Open { deposit: u128, until: u64 },
    Rejected,
}

/// A verdict and what it took.
#[derive(Clone, Debug)]
pub struct Case {
    pub provider: usize,
    pub kind: usize,
    pub epoch: u64,
    pub due: u64,
    pub taken: Vec<(Taken, u128)>,
    pub reporter: Option<u32>,
    pub losses: Vec<(u32, u128)>,
    /// When the kind was last judged, before the verdict and with it.
    pub judged: [Option<u64>; 2],
    pub objection: Objection,
    pub is_closed: bool,
}
