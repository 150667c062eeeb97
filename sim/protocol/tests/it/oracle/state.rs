//! What the naive protocol keeps: plain lists of everybody. No index, no queue, no running total.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use stakesim_protocol::{
    Account, Action, Category, Choice, Kind, LiveParameter, Params, Role, Standing, Tick,
    ViolationKind,
};

use super::guard::Guards;

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
}

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

/// The naive protocol.
#[derive(Clone, Debug)]
pub struct Oracle {
    pub params: Params,
    pub now: u64,
    pub epoch: u64,
    pub began: u64,
    pub people: u32,
    pub balances: BTreeMap<Account, u128>,
    /// Moved for each reason, by the names of the rules: from the beginning, and in the open epoch.
    pub moved: BTreeMap<&'static str, (u128, u128)>,
    pub providers: Vec<Provider>,
    pub kinds: Vec<KindState>,
    pub groups: Vec<GroupState>,
    /// Open jobs, by the opaque id the network gave.
    pub jobs: BTreeMap<u64, Job>,
    pub reports: Vec<Report>,
    pub measured: Vec<usize>,
    /// Every case that was ever opened.
    pub cases: Vec<Case>,
    /// Stake exposed by correlated verdicts, by epoch.
    pub exposed: Vec<(u64, u128)>,
    /// Every participant's user stake as each epoch began.
    pub stakes_at: Vec<Vec<u128>>,
    /// How many entries the queue has ever had.
    pub entries: u64,
    pub pool_index: [u128; 3],
    pub scale: Scale,
    pub prices: Prices,
    pub scheduled: u128,
    pub guards: Guards,
    /// By category and participant, in the open epoch.
    pub points: BTreeMap<(usize, u32), u128>,
    pub contributors: Vec<Contributor>,
    /// Every proposal that was ever made.
    pub proposals: Vec<Proposal>,
    /// Changes that wait for the close, in the order of execution.
    pub changes: Vec<(LiveParameter, u128)>,
    /// Exact pro rata beside it, where it is asked for.
    pub exact: Option<super::prorata::Exact>,
}

impl Oracle {
    pub fn new(params: &Params, kinds: &[Kind], groups: u8) -> Oracle {
        let one = super::number::ONE;
        let kind = |kind: &Kind| KindState {
            group: usize::from(kind.group.0),
            role: kind.role,
            is_new: kind.is_new,
            opening: 0,
            list: kind.list_price_usd.nano_per_day().unsigned_abs(),
            scarcity: one,
            load: None,
            is_observed: false,
            index: 0,
        };
        let group = GroupState {
            multiplier: one,
            seen: None,
        };
        let scale = Scale {
            demand: one,
            market: one,
            staked: one,
            growth: one,
            busy: 0,
            capacity: 0,
        };
        Oracle {
            params: params.clone(),
            now: 0,
            epoch: 0,
            began: 0,
            people: 0,
            balances: BTreeMap::from([(Account::Issuance, params.supply.max.base_units())]),
            moved: BTreeMap::new(),
            providers: Vec::new(),
            kinds: kinds.iter().map(kind).collect(),
            groups: vec![group; usize::from(groups)],
            jobs: BTreeMap::new(),
            reports: Vec::new(),
            measured: Vec::new(),
            cases: Vec::new(),
            exposed: Vec::new(),
            stakes_at: Vec::new(),
            entries: 0,
            pool_index: [0; 3],
            scale,
            prices: Prices::default(),
            scheduled: params.emission.per_epoch.base_units(),
            guards: Guards::default(),
            points: BTreeMap::new(),
            contributors: Vec::new(),
            proposals: Vec::new(),
            changes: Vec::new(),
            exact: None,
        }
    }

    pub fn open_participant(&mut self) {
        self.people += 1;
        self.contributors.push(Contributor::default());
    }

    pub fn balance(&self, account: Account) -> u128 {
        self.balances.get(&account).copied().unwrap_or(0)
    }

    /// Moves what is known to be there.
    pub fn post(&mut self, from: Account, to: Account, amount: u128, reason: &'static str) {
        let held = self.balance(from);
        assert!(amount <= held, "{from:?} holds {held}, not {amount}");
        self.balances.insert(from, held - amount);
        *self.balances.entry(to).or_default() += amount;
        let moved = self.moved.entry(reason).or_default();
        *moved = (moved.0 + amount, moved.1 + amount);
    }

    /// What has moved for a reason in the open epoch.
    pub fn in_epoch(&self, reason: &str) -> u128 {
        self.moved.get(reason).map_or(0, |moved| moved.1)
    }

    /// How long a provider's stake stays in the queue, epochs.
    pub fn delay(&self, v: usize) -> u64 {
        let bond = &self.params.bond;
        let role = self.kinds[self.providers[v].kind].role;
        u64::from(bond.unbonding_epochs_by_role[role as usize].unwrap_or(bond.unbonding_epochs))
    }

    /// The oldest infraction of a provider that can be reported.
    pub fn evidence_from(&self, v: usize) -> u64 {
        let delay = self.delay(v);
        self.now
            .saturating_sub(delay.saturating_mul(self.params.epoch_ticks))
    }

    pub fn tick(&self) -> Tick {
        Tick(self.now)
    }
}
