//! What is kept of kinds, jobs, contributors, proposals and controllers.

use std::collections::BTreeMap;

use stakesim_protocol::{Action, Choice, Role};

/// A kind of resource.
#[derive(Clone, Debug)]
pub struct KindState {
    pub group: usize,
    pub list: u128,
    pub role: Role,
    pub is_new: bool,
    /// The kind's weight as the open epoch began.
    pub opening: u128,
    pub scarcity: u128,
    pub load: Option<(u128, u128)>,
    pub is_observed: bool,
    pub index: u128,
}

/// A group of kinds with one price.
#[derive(Clone, Debug)]
pub struct GroupState {
    pub multiplier: u128,
    pub seen: Option<u64>,
}

#[derive(Clone, Debug)]
pub struct Job {
    pub customer: u32,
    pub kind: usize,
    pub escrow: u128,
    pub rate: u128,
    pub region: usize,
    pub priority: usize,
}

/// Rewards held back for one start.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub start: u64,
    pub total: u128,
    pub forfeited: u128,
    pub released: u128,
}

impl Schedule {
    pub fn held(&self) -> u128 {
        self.total - self.forfeited - self.released
    }
}

/// What a participant has as a contributor.
#[derive(Clone, Debug, Default)]
pub struct Contributor {
    pub vouched: u128,
    /// Bond on its way out, by due epoch.
    pub leaving: Vec<(u64, u128)>,
    pub claimable: u128,
    pub schedules: Vec<Schedule>,
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug)]
pub enum Stage {
    Voting,
    Passed { from: u64, until: u64 },
    Over,
}

#[derive(Clone, Debug)]
pub struct Proposal {
    pub by: u32,
    pub action: Action,
    pub deposit: u128,
    pub snapshot: u64,
    pub due: u64,
    pub ballots: BTreeMap<u32, Choice>,
    pub stage: Stage,
}

/// The values of the controllers.
#[derive(Clone, Debug)]
pub struct Scale {
    pub demand: u128,
    pub market: u128,
    pub staked: u128,
    pub growth: u128,
    pub busy: u128,
    pub capacity: u128,
}

/// The prices of the token; `None` before the first.
#[derive(Clone, Debug, Default)]
pub struct Prices {
    pub oracle: Option<u128>,
    /// The first that was ever observed.
    pub first: u128,
    pub smoothed: u128,
    pub reference: u128,
    pub pending: Option<u128>,
}
