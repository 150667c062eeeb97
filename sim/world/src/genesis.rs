//! How a run begins: who holds the coin, who provides, who backs them, and the first events.

use protocol::{Account, Kind, Operation, Outcome, Protocol, VotingRule};
use units::{Amount, Money, Ratio, SimTime, Span};

use crate::books::Books;
use crate::config::{Class, Config, Group, Inputs, ROLES};
use crate::customers::Customer;
use crate::demand::Demand;
use crate::event::EventClass;
use crate::fleet::{Blueprint, Fleet};
use crate::market::TokenMarket;
use crate::queues::Queues;
use crate::state::{Accounts, Setup, State, scaled};
use crate::world::World;

/// The token rules of the scenario, with supply and emission scaled to the fleet.
#[must_use]
pub fn rules(config: &Config) -> protocol::Params {
    let mut params = config.protocol.clone();
    params.supply.max = Amount::new(scaled(config, params.supply.max.base_units()));
    // The price controller steps at each health check.
    params.hour_ticks = config.health_check.as_secs_floor().max(1);
    if let VotingRule::Capped { share } = &mut params.governance.weight {
        *share = config.voters.cap;
    }
    params.emission.per_epoch = Amount::new(scaled(config, params.emission.per_epoch.base_units()));
    let value = params.emission.value_usd.nano().max(0) as u128;
    params.emission.value_usd = Money::from_nano(scaled(config, value) as i128);
    let allocation = &mut params.emission.allocation;
    for amount in [&mut allocation.total, &mut allocation.net_cap] {
        *amount = Amount::new(scaled(config, amount.base_units()));
    }
    allocation.baseline_gpus = (scaled(config, allocation.baseline_gpus.into()) as u64).max(1);
    let floor = scaled(config, params.bond.churn_floor.base_units());
    params.bond.churn_floor = Amount::new(floor.max(1));
    params.growth.target_gpus = scaled(config, params.growth.target_gpus.into()) as u64;
    params
}

/// The state before anybody has an account.
pub(crate) fn empty(inputs: &Inputs, setup: &Setup) -> State {
    let config = &inputs.config;
    let mut kinds: Vec<Kind> = config
        .gpus
        .iter()
        .map(|kind| Kind {
            group: protocol::GroupId(kind.group as u8),
            list_price_usd: kind.list_price,
            role: protocol::Role::Compute,
            is_new: kind.is_new,
        })
        .collect();
    let machines = config.roles.machines.iter().zip(ROLES);
    kinds.extend(machines.map(|(machine, role)| Kind {
        group: protocol::GroupId(Group::Datacentre as u8),
        list_price_usd: machine.list_price,
        role,
        is_new: false,
    }));
    let mut rules = Protocol::new(rules(config), &kinds, Group::ALL.len() as u8)
        .expect("the scenario was checked");
    let delegators = scaled(config, u128::from(config.delegation.delegators)).max(1);
    let accounts = Accounts {
        market: rules.open_participant(),
        customers: rules.open_participant(),
        delegators: (0..delegators).map(|_| rules.open_participant()).collect(),
    };
    let customers = scaled(config, config.users.customers.into());
    let customers = (0..customers).map(|_| Customer::new(rules.open_participant()));
    State {
        customers: customers.collect(),
        engine: engine::Engine::new(setup.seed, EventClass::ALL.len() as u8),
        rules,
        fleet: Fleet::new(kinds.len()),
        jobs: Default::default(),
        gangs: Default::default(),
        queues: Queues::new(&setup.kinds),
        demand: Demand::new(inputs),
        checks: Default::default(),
        market: TokenMarket::new(&config.market),
        accounts,
        earnings: crate::owners::Earnings::new(config.gpus.len()),
        backing: Ratio::ZERO,
        society: Default::default(),
        duties: Default::default(),
        tally: Default::default(),
        epoch: 0,
        candidates: 0,
        entrants: Default::default(),
        digest: Default::default(),
    }
}

/// To whom genesis mints, and how much, scaled to the fleet.
pub(crate) fn holders(config: &Config, accounts: &Accounts) -> [(Account, Amount); 3] {
    let market = &config.market;
    [
        (Account::Liquid(accounts.market), market.genesis_circulating),
        (
            Account::Locked,
            market.genesis_locked + market.genesis_ecosystem,
        ),
        (Account::Treasury, market.genesis_treasury),
    ]
    .map(|(to, amount)| (to, Amount::new(scaled(config, amount.base_units()))))
}

impl World<'_> {
    /// Genesis: mints the supply, registers and bonds the first fleet, and delegates up to the staked ratio asked for.
    pub(crate) fn genesis(&mut self) {
        self.must(Operation::ObservePrice {
            price: self.state.market.price,
        });
        for (to, amount) in holders(&self.inputs.config, &self.state.accounts) {
            if !amount.is_zero() {
                self.must(Operation::Genesis { to, amount });
            }
        }
        for plan in self.setup.blueprints.clone() {
            self.found(&plan);
        }
        self.found_roles();
        self.state.backing = self.backing_wanted();
        for id in 0..self.state.fleet.providers.len() as u32 {
            self.back(id);
        }
        self.society_genesis();
    }

    /// A provider registers, buys its bond and opens for jobs. Returns its id.
    pub(crate) fn found(&mut self, plan: &Blueprint) -> u32 {
        let now = self.state.engine.now();
        let owner = self.state.rules.open_participant();
        let commission = self.inputs.config.delegation.commission;
        let kind = protocol::KindId(u16::from(plan.kind));
        let register = Operation::Register {
            owner,
            kind,
            gpus: plan.gpus,
            tier: plan.class as u8,
            commission,
        };
        let Outcome::Registered(rules) = self.must(register) else {
            unreachable!("registering registers")
        };
        let node_gpus = self.inputs.config.fleet.node_gpus;
        let id = self
            .state
            .fleet
            .add(plan, node_gpus, owner, rules, now, self.state.epoch);
        assert_eq!(id, rules.0, "provider ids are the protocol's");
        let bond = self
            .state
            .rules
            .bond_min(rules)
            .expect("a price was observed at genesis");
        if !bond.is_zero() && self.fund(owner, bond) {
            self.must(Operation::Bond {
                provider: rules,
                amount: bond,
            });
        }
        self.commit(id);
        let capital = self.capital_of(plan.kind);
        let worth = self.worth_of_bonds(bond, self.state.market.price);
        self.state.fleet.books[id as usize] = Books {
            hardware: Money::from_nano(capital.nano() * i128::from(plan.gpus)),
            bond: worth,
            ..Books::default()
        };
        let is_open = self.is_compute(id) && self.state.rules.may_take_jobs(rules);
        self.state.fleet.set_open(id, is_open);
        id
    }

    /// Share of the gap between bond and full collateral that delegators fill, so that the staked ratio is the one asked for.
    fn backing_wanted(&self) -> Ratio {
        let rules = &self.state.rules;
        let gap: Amount = self
            .state
            .fleet
            .providers
            .iter()
            .map(|of| self.gap(of.rules))
            .sum();
        let share = self.inputs.config.delegation.staked_ratio;
        let wanted = rules
            .worth_in_bond_asset(share.mul_floor(rules.circulating()))
            .saturating_sub(rules.staked_total());
        if gap.is_zero() {
            Ratio::ZERO
        } else {
            Ratio::of(wanted.base_units(), gap.base_units()).min(Ratio::ONE)
        }
    }

    fn gap(&self, rules: protocol::ProviderId) -> Amount {
        let full = self
            .state
            .rules
            .bond_full(rules)
            .expect("a price was observed at genesis");
        full.saturating_sub(self.state.rules.bonded(rules))
    }

    /// A provider's delegator fills its part of the gap.
    fn back(&mut self, id: u32) {
        let of = &self.state.fleet.providers[id as usize];
        let (rules, delegator) = (of.rules, self.delegator_of(of.key));
        let amount = self.state.backing.mul_floor(self.gap(rules));
        let is_active = self.state.rules.standing(rules) == protocol::Standing::Active;
        if !amount.is_zero() && is_active && self.fund(delegator, amount) {
            self.must(Operation::Delegate {
                delegator,
                provider: rules,
                amount,
            });
        }
    }

    /// The first event of every stream.
    pub(crate) fn schedule_first(&mut self) {
        for node in 0..self.state.fleet.nodes.len() as u32 {
            self.schedule_spell(node);
        }
        self.submit_running_jobs();
        self.open_trace();
        for group in Group::ALL {
            self.schedule_gang(group as u32);
        }
        self.schedule_candidate();
        self.schedule_at(EventClass::HealthCheck, self.inputs.config.health_check);
        self.schedule_at(EventClass::EpochClose, self.inputs.config.epoch);
    }

    fn schedule_at(&mut self, class: EventClass, after: Span) {
        self.state
            .engine
            .schedule(class.class(), 0, SimTime::ZERO + after);
    }

    /// Somebody who decided to enter is in business.
    pub(crate) fn entry(&mut self, candidate: u32) {
        let (class, ordinal) = self
            .state
            .entrants
            .remove(&candidate)
            .expect("it had decided");
        let plan = Blueprint::draw(&self.inputs.config, &self.setup.draws, class, ordinal);
        debug_assert!(Class::ALL.contains(&plan.class));
        let id = self.found(&plan);
        self.back(id);
        self.state.tally.entries += 1;
        let of = &self.state.fleet.providers[id as usize];
        for node in of.first_node..of.first_node + of.nodes {
            self.schedule_spell(node);
        }
        self.dispatch_kind(plan.kind);
    }
}
