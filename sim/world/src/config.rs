//! Everything that a scenario can say about the world, typed and in base units.
//!
//! Plain data: `experiment`'s parameter table fills it, and nothing here reads a file. Paths, units, ranges, defaults and
//! sources stand in that table, once.

mod roles;
mod society;

pub use roles::{Machine, ROLES, Roles};
pub use society::{Appeals, Contributors, Crash, Incidents, Voters};

use protocol::Params;
use serde::{Deserialize, Serialize};
use training::{Calibration, Transformer};
use units::{
    BitRate, Bytes, EnergyPrice, FlopRate, Money, MoneyRate, Power, Ratio, Span, TokenPrice,
};

/// Classes of providers, in the order of all per-class arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Class {
    /// A person with 1 to 4 GPUs at home.
    Individual,
    /// A small room with tens of GPUs.
    Edge,
    /// A data centre with hundreds of GPUs.
    Datacentre,
}

impl Class {
    /// All classes in order.
    pub const ALL: [Self; 3] = [Self::Individual, Self::Edge, Self::Datacentre];

    /// The name used in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["individual", "edge", "datacentre"][self as usize]
    }
}

/// Kind groups: each has its own load target and price controller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Group {
    /// Consumer cards.
    Consumer,
    /// Data-centre cards.
    Datacentre,
}

impl Group {
    /// All groups in order.
    pub const ALL: [Self; 2] = [Self::Consumer, Self::Datacentre];

    /// The name used in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["consumer", "datacentre"][self as usize]
    }
}

/// A GPU kind: data-sheet facts and what it costs to own and run one.
#[derive(Clone, Debug, PartialEq)]
pub struct GpuKind {
    /// Name used in scenarios and tables.
    pub name: &'static str,
    /// Kind group.
    pub group: Group,
    /// Dense bf16 peak with fp32 accumulation.
    pub peak: FlopRate,
    /// Memory of one GPU.
    pub memory: Bytes,
    /// Memory bandwidth.
    pub memory_bandwidth: BitRate,
    /// Link to its neighbours in the node, one direction.
    pub link: BitRate,
    /// Board power.
    pub tdp: Power,
    /// Share of the peak that wide matrix products of training reach.
    pub efficiency: Ratio,
    /// What else of it, and of its software, had to be measured.
    pub calibration: Calibration,
    /// List price of one GPU.
    pub list_price: MoneyRate,
    /// Price of the GPU and its share of the host.
    pub capital: Money,
    /// Life for straight-line depreciation.
    pub life: Span,
    /// Worth at the end of that life, as a share of `capital`.
    pub residual: Ratio,
    /// Power at the wall while busy, host and cooling included.
    pub power_busy: Power,
    /// Power at the wall while up and idle.
    pub power_idle: Power,
    /// Link, upkeep and space.
    pub other_cost: MoneyRate,
    /// Whether it is newer hardware, which shares in the innovation category.
    pub is_new: bool,
}

/// Law of a spell's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpellLaw {
    /// Memoryless.
    Exponential,
    /// Weibull; the shape is its k.
    Weibull,
    /// Log-normal; the shape is its sigma.
    Lognormal,
}

/// Lengths of up or down spells of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spell {
    /// Law.
    pub law: SpellLaw,
    /// Mean length.
    pub mean: Span,
    /// Shape: k of a Weibull, sigma of a log-normal, unused for an exponential.
    pub shape: Ratio,
}

/// What is common to the providers of one class.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassConfig {
    /// Share of `fleet.providers`.
    pub share: Ratio,
    /// Fewest GPUs of a provider.
    pub gpus_min: u32,
    /// Mean number of GPUs of a provider (before the cap).
    pub gpus_mean: Ratio,
    /// Most GPUs of a provider.
    pub gpus_max: u32,
    /// Shares of the GPU kinds, in the order of [`Config::gpus`].
    pub mix: Vec<Ratio>,
    /// Up spells of a node.
    pub up: Spell,
    /// Down spells of a node.
    pub down: Spell,
    /// Upload of a provider's access link.
    pub link_up: BitRate,
    /// Download of a provider's access link.
    pub link_down: BitRate,
    /// Fabric between the nodes of one provider.
    pub fabric: BitRate,
    /// Whether it pays the business tariff (else the residential one).
    pub is_business_tariff: bool,
    /// Its electricity price over the region's tariff.
    pub power_factor: Ratio,
}

/// A region.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Name used in scenarios and tables.
    pub name: &'static str,
    /// Share of providers.
    pub share: Ratio,
    /// Residential tariff.
    pub residential: EnergyPrice,
    /// Business tariff.
    pub business: EnergyPrice,
}

/// The fleet.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// Providers at the start.
    pub providers: u32,
    /// Fleet for which supply, emission and demand are stated; they scale with `providers` over this.
    pub providers_reference: u32,
    /// Most GPUs in one node.
    pub node_gpus: u32,
    /// Classes, in the order of [`Class::ALL`].
    pub classes: [ClassConfig; 3],
    /// Regions.
    pub regions: Vec<Region>,
    /// Sigma of the log-normal spread of electricity prices inside a region.
    pub power_price_sigma: Ratio,
    /// Latency between providers.
    pub latency: Span,
}

/// A template of large training jobs.
#[derive(Clone, Debug, PartialEq)]
pub struct Gang {
    /// Name used in scenarios and tables.
    pub name: &'static str,
    /// Kind group.
    pub group: Group,
    /// GPUs asked for.
    pub gpus: u32,
    /// Share of the large jobs of its group.
    pub weight: Ratio,
    /// Neural network.
    pub workload: Transformer,
}

/// Demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Jobs {
    /// Copies of the trace in parallel, at the reference fleet.
    pub trace_scale: Ratio,
    /// Length after which the trace starts again; later rows are dropped.
    pub trace_loop: Span,
    /// Trace jobs of at most this many GPUs go to consumer cards, larger ones to data-centre cards.
    pub trace_consumer_gpus_max: u32,
    /// Time between checkpoints of a trace job.
    pub trace_checkpoint: Span,
    /// Target load of each group: offered GPU-hours over expected up GPU-hours, in the order of [`Group::ALL`].
    pub load: [Ratio; 2],
    /// Median planned length of a large job, by group.
    pub gang_median: [Span; 2],
    /// Sigma of that length's log-normal.
    pub gang_sigma: Ratio,
    /// Longest planned length.
    pub gang_max: Span,
    /// Templates.
    pub gangs: Vec<Gang>,
    /// Inner steps between exchanges when a gang spans providers.
    pub inner_steps: u32,
    /// Payload of an exchange.
    pub payload_bits_per_param: u32,
    /// Training tokens that one GPU works through in a step.
    pub training_tokens_per_gpu_step: u64,
    /// Storage bandwidth of one GPU for checkpoints of gangs.
    pub checkpoint_bandwidth: BitRate,
    /// Time from failure detection until a job runs again.
    pub restart: Span,
    /// Share of settled job parts that fail by the provider's fault though its node is up.
    pub fault_share: Ratio,
    /// What a customer claims for such a failure, over the price of the work lost; at zero nobody claims.
    pub loss_claimed: Ratio,
    /// Share of jobs above the lowest priority, and again of those above the next.
    pub higher_priority: Ratio,
    /// How long a customer waits for a first or a new start before giving up.
    pub patience: Span,
    /// Elasticity of demand to price (its absolute value).
    pub elasticity: Ratio,
    /// Time over which customers average the price.
    pub elasticity_lag: Span,
    /// Largest demand over the reference.
    pub demand_max: Ratio,
}

/// How jobs are placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchedulerPolicy {
    /// Strict order of submission in each kind group: the head blocks.
    FirstCome,
    /// A job that fits may pass one that does not.
    Backfill,
}

/// Checks of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// Probability that a provider is challenged in an epoch.
    pub challenge_rate: Ratio,
    /// Probability that one check passes bad work.
    pub false_accept: Ratio,
    /// Probability that one check fails good work.
    pub false_reject: Ratio,
    /// Time from challenge to verdict.
    pub verdict_delay: Span,
}

/// Shares of behaviours among providers; the rest is honest.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviours {
    /// Claims work that it does not do.
    pub lazy: Ratio,
    /// Buys its own idle time to look busy.
    pub self_dealing: Ratio,
    /// Share of its idle time that a self-dealer buys.
    pub self_dealing_idle: Ratio,
}

/// The coin's market and who holds the coin.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// Price at the start.
    pub price: TokenPrice,
    /// Standard deviation of the log price over a year, without reversion.
    pub volatility: Ratio,
    /// Half-life of the reversion to the starting price.
    pub half_life: Span,
    /// Share of fee income that providers sell.
    pub sell_fees: Ratio,
    /// Share of rewards that providers and delegators sell.
    pub sell_rewards: Ratio,
    /// Genesis: circulating, at the reference fleet.
    pub genesis_circulating: units::Amount,
    /// Genesis: team and investors, locked for the whole run.
    pub genesis_locked: units::Amount,
    /// Genesis: treasury.
    pub genesis_treasury: units::Amount,
    /// Genesis: ecosystem fund, locked for the whole run.
    pub genesis_ecosystem: units::Amount,
}

/// Delegators.
#[derive(Clone, Debug, PartialEq)]
pub struct Delegation {
    /// Number of delegators at the reference fleet.
    pub delegators: u32,
    /// Staked ratio at the start, bonds included.
    pub staked_ratio: Ratio,
    /// Commission of providers.
    pub commission: Ratio,
    /// Yearly yield below which delegators withdraw and above which they add.
    pub yield_required: Ratio,
    /// Share of a position moved at a weekly decision.
    pub step: Ratio,
    /// Share of a position that moves to another provider after its provider was slashed.
    pub redelegate: Ratio,
}

/// Shares of providers that bind their bond at entry and again when it is over; the rest stays flexible.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// For a month.
    pub monthly: Ratio,
    /// For a year.
    pub annual: Ratio,
}

/// Customers who may stake for a discount.
#[derive(Clone, Debug, PartialEq)]
pub struct Users {
    /// Customers with an account of their own, at the reference fleet.
    pub customers: u32,
    /// Share of the jobs that is theirs.
    pub share: Ratio,
    /// Yearly saving over the stake from which one stakes.
    pub yield_required: Ratio,
}

/// Entry and exit of providers.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryExit {
    /// Candidates a month at the reference fleet.
    pub candidates_per_month: u32,
    /// Time from the decision to being in business.
    pub lead_time: Span,
    /// Yearly return that a candidate asks for.
    pub return_required: Ratio,
    /// Window of the trailing cash margin.
    pub margin_window: Span,
    /// Cash margin a GPU must leave for its owner to go on: what the trouble is worth.
    pub margin_required: MoneyRate,
    /// How long the margin must stay below that.
    pub patience: Span,
}

/// A whole scenario, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Name of the scenario.
    pub name: String,
    /// Simulated time.
    pub horizon: Span,
    /// Epoch of the protocol.
    pub epoch: Span,
    /// Cadence of health checks.
    pub health_check: Span,
    /// The fleet.
    pub fleet: Fleet,
    /// GPU kinds.
    pub gpus: Vec<GpuKind>,
    /// Demand.
    pub jobs: Jobs,
    /// Placement.
    pub scheduler: SchedulerPolicy,
    /// Checks.
    pub verification: Verification,
    /// Behaviours.
    pub behaviours: Behaviours,
    /// The coin's market.
    pub market: Market,
    /// Delegators.
    pub delegation: Delegation,
    /// Who binds its bond.
    pub commitment: Commitment,
    /// Customers who may stake.
    pub users: Users,
    /// Entry and exit.
    pub entry_exit: EntryExit,
    /// Incidents.
    pub incidents: Incidents,
    /// Appeals.
    pub appeals: Appeals,
    /// Contributors of data and models.
    pub contributors: Contributors,
    /// Voters.
    pub voters: Voters,
    /// A fall of the coin's price.
    pub crash: Crash,
    /// Providers that rent out no GPUs.
    pub roles: Roles,
    /// The rules of the token, for the reference fleet.
    pub protocol: Params,
}

/// A job of the replayed trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceJob {
    /// Submission, from the start of the trace.
    pub submit: Span,
    /// Recorded running time.
    pub duration: Span,
    /// GPUs.
    pub gpus: u32,
}

/// What a run is made of: the checked scenario and its loaded data.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// The scenario.
    pub config: Config,
    /// The trace, in order of submission, cut at `jobs.trace_loop`.
    pub trace: Vec<TraceJob>,
}
