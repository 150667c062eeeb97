//! The fleet: nodes and providers, and how a provider comes into being from its identity and the seed.

use engine::Draws;
use protocol::{ParticipantId, ProviderId};
use serde::{Deserialize, Serialize};
use units::{EnergyPrice, Ratio, SimTime};

use crate::books::Books;
use crate::config::{Class, ClassConfig, Config, Group, ROLES};
use crate::node::Node;
use crate::number::ratio;
use crate::placement::Placement;
use crate::provider::{Behaviour, Provider, ProviderKey};
use crate::purpose;

/// Nodes, providers, free lists, and counts by kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fleet {
    /// All nodes that ever were; ids are never reused.
    pub nodes: Vec<Node>,
    /// All providers that ever were; ids are never reused.
    pub providers: Vec<Provider>,
    /// Their money, which only the close of an epoch touches.
    pub books: Vec<Books>,
    /// Which nodes have room.
    pub placement: Placement,
    /// GPUs up, by kind.
    pub up: Vec<u32>,
    /// GPUs up and held, by kind.
    pub held: Vec<u32>,
    /// GPUs in business, up or not, by kind.
    pub owned: Vec<u32>,
    /// Nodes that failed since the last health check.
    pub unseen: Vec<u32>,
    /// GPUs of the largest node that ever was, by kind.
    pub largest_node: Vec<u8>,
}

/// What a provider is, before it has an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Blueprint {
    /// Identity.
    pub key: ProviderKey,
    /// Class.
    pub class: Class,
    /// GPU kind.
    pub kind: u8,
    /// Region.
    pub region: u8,
    /// GPUs.
    pub gpus: u32,
    /// Price of electricity.
    pub power_price: EnergyPrice,
    /// Behaviour.
    pub behaviour: Behaviour,
}

impl Blueprint {
    /// Draws the provider with this identity. Every draw depends on seed and identity only.
    #[must_use]
    pub fn draw(config: &Config, draws: &Draws, class: Class, ordinal: u32) -> Self {
        let key = ProviderKey::new(class, ordinal);
        let of_class = &config.fleet.classes[class as usize];
        let unit = |purpose| draws.unit(purpose, key.0, 0);
        let region = pick(
            unit(purpose::REGION),
            config
                .fleet
                .regions
                .iter()
                .map(|region| ratio(region.share)),
        );
        Self {
            key,
            class,
            kind: kind_of(draws, class, ordinal, of_class),
            region: region as u8,
            gpus: gpus(of_class, unit(purpose::GPUS)),
            power_price: power_price(config, class, region, unit(purpose::POWER_PRICE)),
            behaviour: behaviour(config, unit(purpose::BEHAVIOUR)),
        }
    }
}

impl Blueprint {
    /// Draws the provider with this identity of a role beside compute: a small room with one machine.
    #[must_use]
    pub fn of_role(config: &Config, draws: &Draws, place: usize, number: u32) -> Self {
        let key = ProviderKey::of_role(place as u32, number);
        let class = Class::Edge;
        let unit = |purpose| draws.unit(purpose, key.0, 0);
        let regions = config.fleet.regions.iter();
        let region = pick(
            unit(purpose::REGION),
            regions.map(|region| ratio(region.share)),
        );
        let is_lazy = ROLES[place] == protocol::Role::Verifier
            && unit(purpose::BEHAVIOUR) < ratio(config.roles.lazy);
        Self {
            key,
            class,
            kind: crate::roles::kind_of(config, place),
            region: region as u8,
            gpus: 1,
            power_price: power_price(config, class, region, unit(purpose::POWER_PRICE)),
            behaviour: if is_lazy {
                Behaviour::Lazy
            } else {
                Behaviour::Honest
            },
        }
    }
}

/// Index of the share into which `u` falls; the last one takes what rounding leaves.
pub fn pick(u: f64, shares: impl Iterator<Item = f64>) -> usize {
    let mut last = 0;
    let mut total = 0.0;
    for (index, share) in shares.enumerate() {
        if share > 0.0 {
            total += share;
            last = index;
            if u < total {
                break;
            }
        }
    }
    last
}

/// Kinds are spread over ordinals by the golden ratio from a drawn offset, so that a class of twenty has the mix it was
/// given; further providers leave the earlier ones as they were.
fn kind_of(draws: &Draws, class: Class, ordinal: u32, of_class: &ClassConfig) -> u8 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let at = draws.unit(purpose::KIND, class as u32, 0) + f64::from(ordinal) * GOLDEN;
    pick(
        at - libm::floor(at),
        of_class.mix.iter().map(|&share| ratio(share)),
    ) as u8
}

/// Fewest GPUs plus a geometric number with the class's mean, capped.
fn gpus(of_class: &ClassConfig, u: f64) -> u32 {
    let above = ratio(of_class.gpus_mean) - f64::from(of_class.gpus_min);
    if above <= 0.0 {
        return of_class.gpus_min;
    }
    let extra = libm::floor(libm::log1p(-u) / libm::log(above / (1.0 + above)));
    of_class.gpus_min + (extra as u32).min(of_class.gpus_max - of_class.gpus_min)
}

fn power_price(config: &Config, class: Class, region: usize, u: f64) -> EnergyPrice {
    let of_class = &config.fleet.classes[class as usize];
    let region = &config.fleet.regions[region];
    let tariff = if of_class.is_business_tariff {
        region.business
    } else {
        region.residential
    };
    let sigma = ratio(config.fleet.power_price_sigma);
    // A log-normal factor of mean one.
    let spread = engine::sample::lognormal(u, -0.5 * sigma * sigma, sigma);
    let nano = tariff.nano_per_kwh() as f64 * ratio(of_class.power_factor) * spread;
    EnergyPrice::from_nano_per_kwh(libm::round(nano) as i64)
}

fn behaviour(config: &Config, u: f64) -> Behaviour {
    let shares = [config.behaviours.lazy, config.behaviours.self_dealing].map(ratio);
    let honest = 1.0 - shares[0] - shares[1];
    // Misbehaviours stand first, so that a larger share keeps those who already misbehaved.
    [Behaviour::Lazy, Behaviour::SelfDealing, Behaviour::Honest]
        [pick(u, [shares[0], shares[1], honest].into_iter())]
}

impl Fleet {
    /// An empty fleet.
    #[must_use]
    pub fn new(kinds: usize) -> Self {
        Self {
            nodes: Vec::new(),
            providers: Vec::new(),
            books: Vec::new(),
            placement: Placement::new(kinds),
            up: vec![0; kinds],
            held: vec![0; kinds],
            owned: vec![0; kinds],
            unseen: Vec::new(),
            largest_node: vec![0; kinds],
        }
    }

    /// Adds a provider with all its nodes up and idle, not yet open for jobs. Returns its id.
    pub fn add(
        &mut self,
        plan: &Blueprint,
        node_gpus: u32,
        owner: ParticipantId,
        rules: ProviderId,
        now: SimTime,
        epoch: u32,
    ) -> u32 {
        let id = self.providers.len() as u32;
        let first_node = self.nodes.len() as u32;
        let mut left = plan.gpus;
        while left > 0 {
            let gpus = left.min(node_gpus);
            self.nodes.push(Node::new(id, plan.kind, gpus as u8, now));
            let largest = &mut self.largest_node[usize::from(plan.kind)];
            *largest = gpus.max(u32::from(*largest)) as u8;
            left -= gpus;
        }
        self.up[usize::from(plan.kind)] += plan.gpus;
        self.owned[usize::from(plan.kind)] += plan.gpus;
        self.providers.push(Provider {
            key: plan.key,
            class: plan.class,
            behaviour: plan.behaviour,
            in_business: true,
            is_open: false,
            is_shut: false,
            kind: plan.kind,
            region: plan.region,
            gpus: plan.gpus,
            first_node,
            nodes: self.nodes.len() as u32 - first_node,
            owner,
            rules,
            power_price: plan.power_price,
            up_gpus: plan.gpus,
            held_gpus: 0,
            integrated: now,
            up_ns: 0,
            held_ns: 0,
            settled: 0,
            failed: 0,
            interrupted: 0,
            fees: units::Amount::ZERO,
            fees_shared: units::Amount::ZERO,
            fees_held: units::Amount::ZERO,
            entered: epoch,
            exited: None,
        });
        self.books.push(Books::default());
        id
    }

    /// The provider that owns a node.
    #[must_use]
    pub fn owner_of(&self, node: u32) -> &Provider {
        &self.providers[self.nodes[node as usize].provider as usize]
    }

    /// Draw entity of a node.
    #[must_use]
    pub fn node_key(&self, node: u32) -> u32 {
        let owner = self.owner_of(node);
        owner.key.node(node - owner.first_node)
    }

    /// Gives GPUs of a node to a job.
    pub fn take(&mut self, node: u32, job: u32, gpus: u8, now: SimTime) {
        self.nodes[node as usize].take(job, gpus);
        self.count_held(node, i32::from(gpus), now);
        self.relist(node);
    }

    /// Frees what a job holds on a node.
    pub fn release(&mut self, node: u32, job: u32, now: SimTime) {
        let of_node = &mut self.nodes[node as usize];
        let freed = of_node.release(job);
        crate::placement::note_idle(of_node, now);
        if of_node.is_up {
            self.count_held(node, -i32::from(freed), now);
        }
        self.relist(node);
    }

    /// A node fails: it leaves its list, and what jobs hold on it no longer counts as held.
    pub fn fail(&mut self, node: u32, now: SimTime) {
        let held = i32::from(self.nodes[node as usize].gpus - self.nodes[node as usize].free);
        self.count_held(node, -held, now);
        self.count_up(node, -1, now);
        self.placement.remove(&mut self.nodes, node);
        let of_node = &mut self.nodes[node as usize];
        of_node.is_up = false;
        of_node.is_unseen = true;
        self.unseen.push(node);
    }

    /// A node comes back, empty.
    pub fn recover(&mut self, node: u32, now: SimTime) {
        self.count_up(node, 1, now);
        let of_node = &mut self.nodes[node as usize];
        debug_assert_eq!(
            of_node.free, of_node.gpus,
            "jobs left a node before it came back"
        );
        of_node.is_up = true;
        of_node.idle_since = now;
        self.relist(node);
    }

    /// Puts a node where it belongs after any change.
    fn relist(&mut self, node: u32) {
        let is_open = self.owner_of(node).is_open;
        self.placement.place(&mut self.nodes, node, is_open);
    }

    /// Whether a node can go on with the jobs that it has.
    #[must_use]
    pub fn serves(&self, node: u32) -> bool {
        self.nodes[node as usize].is_up && !self.owner_of(node).is_shut
    }

    /// Opens or closes a provider for new jobs.
    pub fn set_open(&mut self, provider: u32, is_open: bool) {
        let of = &mut self.providers[provider as usize];
        if of.is_open != is_open {
            of.is_open = is_open;
            for node in of.first_node..of.first_node + of.nodes {
                self.relist(node);
            }
        }
    }

    fn count_held(&mut self, node: u32, change: i32, now: SimTime) {
        let Node { provider, kind, .. } = self.nodes[node as usize];
        let owner = &mut self.providers[provider as usize];
        owner.integrate(now);
        owner.held_gpus = owner
            .held_gpus
            .checked_add_signed(change)
            .expect("held GPUs are never negative");
        let held = &mut self.held[usize::from(kind)];
        *held = held
            .checked_add_signed(change)
            .expect("held GPUs are never negative");
    }

    fn count_up(&mut self, node: u32, sign: i32, now: SimTime) {
        let Node {
            provider,
            kind,
            gpus,
            ..
        } = self.nodes[node as usize];
        let owner = &mut self.providers[provider as usize];
        owner.integrate(now);
        owner.up_gpus = owner
            .up_gpus
            .checked_add_signed(sign * i32::from(gpus))
            .expect("never negative");
        let up = &mut self.up[usize::from(kind)];
        *up = up
            .checked_add_signed(sign * i32::from(gpus))
            .expect("never negative");
    }
}

/// The kinds of a group: kinds are listed by group, so that a range says it.
#[must_use]
pub fn kinds_of(config: &Config, group: Group) -> std::ops::Range<u8> {
    let first = config
        .gpus
        .iter()
        .position(|kind| kind.group == group)
        .unwrap_or(0);
    let count = config
        .gpus
        .iter()
        .filter(|kind| kind.group == group)
        .count();
    first as u8..(first + count) as u8
}

/// GPUs that the first fleet has up on average, by kind: the yardstick of offered load.
#[must_use]
pub fn expected_up(config: &Config, blueprints: &[Blueprint]) -> Vec<f64> {
    let mut up = vec![0.0; config.gpus.len()];
    for plan in blueprints {
        let of_class = &config.fleet.classes[plan.class as usize];
        up[usize::from(plan.kind)] +=
            f64::from(plan.gpus) * crate::spell::availability(&of_class.up, &of_class.down);
    }
    up
}

/// Providers of a class in a fleet of `providers`: shares are cut at their running sums, so that they add up.
#[must_use]
pub fn class_count(config: &Config, class: Class) -> u32 {
    let until = |n: usize| -> u64 {
        let share = config.fleet.classes[..n]
            .iter()
            .fold(Ratio::ZERO, |sum, of| sum.saturating_add(of.share));
        let count = share.mul_half_even(units::Amount::new(u128::from(config.fleet.providers)));
        count.base_units() as u64
    };
    (until(class as usize + 1) - until(class as usize)) as u32
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use units::{BitRate, Bytes, FlopRate, Money, MoneyRate, Power, Span};

    /// A GPU kind with round numbers.
    pub(crate) fn kind() -> crate::config::GpuKind {
        crate::config::GpuKind {
            name: "round",
            group: Group::Consumer,
            peak: FlopRate::new(100_000_000_000_000),
            memory: Bytes::new(24_000_000_000),
            memory_bandwidth: BitRate::new(8_000_000_000_000),
            link: BitRate::new(250_000_000_000),
            tdp: Power::from_watts(350),
            efficiency: Ratio::from_percent(50),
            calibration: training::Calibration::TUNED,
            list_price: MoneyRate::per_hour(Money::from_nano(300_000_000)),
            capital: Money::from_usd(1000),
            life: Span::from_days(3 * 365),
            residual: Ratio::from_percent(25),
            power_busy: Power::from_watts(400),
            power_idle: Power::from_watts(100),
            other_cost: MoneyRate::per_day(Money::from_nano(120_000_000)),
            is_new: false,
        }
    }

    /// A provider of one node with four GPUs, wholly idle.
    pub(crate) fn provider() -> Provider {
        fleet().providers.remove(0)
    }

    fn fleet() -> Fleet {
        let plan = Blueprint {
            key: ProviderKey::new(Class::Individual, 3),
            class: Class::Individual,
            kind: 0,
            region: 0,
            gpus: 4,
            power_price: EnergyPrice::from_nano_per_kwh(100_000_000),
            behaviour: Behaviour::Honest,
        };
        let mut fleet = Fleet::new(1);
        let id = fleet.add(&plan, 8, ParticipantId(0), ProviderId(0), SimTime::ZERO, 0);
        assert_eq!(id, 0);
        fleet
    }

    #[test]
    fn a_failed_node_holds_nothing_and_is_offered_to_nobody() {
        let mut fleet = fleet();
        fleet.set_open(0, true);
        fleet.take(0, 5, 3, SimTime::ZERO);
        assert_eq!((fleet.held[0], fleet.up[0]), (3, 4));
        fleet.fail(0, SimTime::from_ns(1));
        assert_eq!((fleet.held[0], fleet.up[0]), (0, 0));
        fleet.release(0, 5, SimTime::from_ns(2));
        assert_eq!(fleet.placement.fit(&fleet.nodes, 0..1, 1), None);
        fleet.recover(0, SimTime::from_ns(3));
        assert_eq!(
            (
                fleet.held[0],
                fleet.up[0],
                fleet.placement.idle_in_islands(0, 1)
            ),
            (0, 4, 4)
        );
    }

    #[test]
    fn a_share_is_picked_in_proportion_and_rounding_falls_on_the_last() {
        assert_eq!(pick(0.49, [0.5, 0.5].into_iter()), 0);
        assert_eq!(pick(0.51, [0.5, 0.5].into_iter()), 1);
        assert_eq!(pick(0.999, [0.3, 0.3, 0.0].into_iter()), 1);
    }

    #[test]
    fn gpu_counts_have_the_class_mean() {
        let mut of_class = class();
        (of_class.gpus_min, of_class.gpus_mean, of_class.gpus_max) =
            (10, Ratio::from_percent(1600), 1000);
        let n = 10_000;
        let sum: u32 = (0..n)
            .map(|i| gpus(&of_class, (f64::from(i) + 0.5) / f64::from(n)))
            .sum();
        assert!((f64::from(sum) / f64::from(n) - 16.0).abs() < 0.05);
    }

    fn class() -> ClassConfig {
        let spell = crate::config::Spell {
            law: crate::config::SpellLaw::Exponential,
            mean: Span::from_hours(1),
            shape: Ratio::ONE,
        };
        ClassConfig {
            share: Ratio::ONE,
            gpus_min: 1,
            gpus_mean: Ratio::ONE,
            gpus_max: 1,
            mix: vec![Ratio::ONE],
            up: spell,
            down: spell,
            link_up: BitRate::new(1),
            link_down: BitRate::new(1),
            fabric: BitRate::new(1),
            is_business_tariff: false,
            power_factor: Ratio::ONE,
        }
    }
}
