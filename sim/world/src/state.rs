//! The whole simulated state, in one value with one canonical encoding, and what is constant beside it.

use engine::{Digest, Draws, Engine};
use protocol::{ParticipantId, Protocol};
use serde::{Deserialize, Serialize};
use units::{Ratio, SimTime};

use crate::books::KindCosts;
use crate::config::{Class, Config, Group, Inputs, ROLES};
use crate::customers::Customer;
use crate::demand::Demand;
use crate::fleet::{Blueprint, Fleet, class_count, expected_up, kinds_of};
use crate::gang::{Fits, Gangs};
use crate::job::Jobs;
use crate::market::TokenMarket;
use crate::owners::Earnings;
use crate::queues::Queues;
use crate::roles::{self, Duties};
use crate::society::Society;
use crate::spell::Lengths;
use crate::tally::Tally;
use crate::verification::Checks;

/// Accounts that no provider owns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Accounts {
    /// Everybody who trades the coin and is not simulated by name.
    pub market: ParticipantId,
    /// Customers without an account of their own.
    pub customers: ParticipantId,
    /// Delegators.
    pub delegators: Vec<ParticipantId>,
}

/// All that changes in a run.
#[derive(Clone, Serialize, Deserialize)]
pub struct State {
    /// Clock and queue.
    pub engine: Engine,
    /// The rules of the token.
    pub rules: Protocol,
    /// Nodes and providers.
    pub fleet: Fleet,
    /// Live jobs.
    pub jobs: Jobs,
    /// Jobs on several nodes.
    pub gangs: Gangs,
    /// Waiting jobs.
    pub queues: Queues,
    /// Arrivals.
    pub demand: Demand,
    /// Checks under way.
    pub checks: Checks,
    /// Token price.
    pub market: TokenMarket,
    /// Accounts that no provider owns.
    pub accounts: Accounts,
    /// Customers with an account of their own.
    pub customers: Vec<Customer>,
    /// What GPUs earned lately.
    pub earnings: Earnings,
    /// Share of the gap to full collateral that delegators fill when a provider begins.
    pub backing: Ratio,
    /// Those around the providers.
    pub society: Society,
    /// What providers that rent out no GPUs owe.
    pub duties: Duties,
    /// Counts of the running epoch.
    pub tally: Tally,
    /// Number of the running epoch.
    pub epoch: u32,
    /// Candidates for entry so far.
    pub candidates: u32,
    /// Blueprints of candidates that decided to enter: class and ordinal, by candidate.
    pub entrants: std::collections::BTreeMap<u32, (Class, u32)>,
    /// Aggregates of closed epochs, and the full state now and then.
    pub digest: Digest,
}

/// What follows from scenario and seed and never changes.
pub struct Setup {
    /// Seed of the run.
    pub seed: u64,
    /// Keyed draws.
    pub draws: Draws,
    /// Kinds of each group.
    pub kinds: [std::ops::Range<u8>; 2],
    /// Templates on kinds.
    pub fits: Fits,
    /// GPUs of the first fleet that are up on average, by kind.
    pub expected_up: Vec<f64>,
    /// Lengths of up and down spells, by class.
    pub spells: [[Lengths; 2]; 3],
    /// What a GPU of each kind costs an epoch, and then a machine of each role.
    pub kind_costs: Vec<KindCosts>,
    /// Share of the trace's candidates that is taken at reference demand.
    pub trace_thin: f64,
    /// Rate of candidate large jobs, a second, by group: at the largest demand.
    pub gang_rate: [f64; 2],
    /// Identities of the first fleet.
    pub blueprints: Vec<Blueprint>,
    /// Identities of those who rent out no GPUs.
    pub role_blueprints: Vec<Blueprint>,
    /// Lengths of the up and down spells of their machines, by role.
    pub role_spells: [[Lengths; 2]; ROLES.len()],
}

impl Setup {
    /// Works out what is constant.
    #[must_use]
    pub fn new(inputs: &Inputs, seed: u64) -> Self {
        let config = &inputs.config;
        let draws = Draws::new(seed);
        let blueprints: Vec<Blueprint> = Class::ALL
            .into_iter()
            .flat_map(|class| (0..class_count(config, class)).map(move |ordinal| (class, ordinal)))
            .map(|(class, ordinal)| Blueprint::draw(config, &draws, class, ordinal))
            .collect();
        let kinds = Group::ALL.map(|group| kinds_of(config, group));
        let expected_up = expected_up(config, &blueprints);
        let role_blueprints = roles::blueprints(config, &draws);
        let machines = config.roles.machines.iter();
        let machines = machines.map(|machine| KindCosts::of_machine(machine, config.epoch));
        let gang_rate = crate::demand::gang_rates(inputs, &kinds, &expected_up);
        Self {
            seed,
            draws,
            fits: Fits::new(config),
            kinds,
            expected_up,
            spells: Class::ALL.map(|class| {
                let of = &config.fleet.classes[class as usize];
                [Lengths::new(&of.up), Lengths::new(&of.down)]
            }),
            kind_costs: config
                .gpus
                .iter()
                .map(|kind| KindCosts::new(kind, config.epoch))
                .chain(machines)
                .collect(),
            trace_thin: crate::demand::trace_thin(inputs),
            gang_rate,
            blueprints,
            role_blueprints,
            role_spells: roles::spells(config),
        }
    }

    /// Group of a kind.
    #[must_use]
    pub fn group_of(&self, kind: u8) -> usize {
        usize::from(!self.kinds[0].contains(&kind))
    }
}

/// Seconds since the start: the protocol's ticks.
#[must_use]
pub fn tick(now: SimTime) -> protocol::Tick {
    protocol::Tick(now.ns() / 1_000_000_000)
}

/// A stated number scaled to the fleet: supply, emission, demand are stated for the reference fleet.
#[must_use]
pub fn scaled(config: &Config, value: u128) -> u128 {
    crate::number::scale(
        value,
        config.fleet.providers,
        config.fleet.providers_reference,
    )
}
