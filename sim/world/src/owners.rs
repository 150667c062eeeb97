//! After an epoch has closed: what providers, delegators and candidates see, and their actions carried out.

use protocol::{
    CommitmentTier, Error, Operation, Outcome, ParticipantId, Protocol, ProviderId, Role, Standing,
};
use units::{Amount, Ratio, Span};

use crate::actors::candidate::{Prospect, enters};
use crate::actors::delegator::{Move, Position, decide};
use crate::actors::{Action, Habits, Observation, act};
use crate::books::{expected_return, power_usd_per_day};
use crate::config::{Class, Config, ROLES};
use crate::event::EventClass;
use crate::fleet::{Blueprint, pick};
use crate::number::{gpu_hours, hours, ratio, share, span_of_hours, usd};
use crate::payment::Settled;
use crate::provider::{Provider, ProviderKey};
use crate::purpose;
use crate::world::World;

/// Epochs between claims of one provider and its delegators; providers take turns.
pub const CLAIM_EVERY: u32 = 7;

const MONTH_H: f64 = 365.0 * 24.0 / 12.0;

/// Epochs that a span covers, at least one.
#[must_use]
pub fn epochs(config: &Config, span: Span) -> u32 {
    (span.ns() / config.epoch.ns()).max(1) as u32
}

/// Operators lock for years; the others of a role beside compute stay free, but for how long their bond takes to unbond.
fn wishes_of_role(role: Role) -> CommitmentTier {
    match role {
        Role::Operator => CommitmentTier::Annual,
        _ => CommitmentTier::Flexible,
    }
}

/// The habits that a scenario gives its providers.
#[must_use]
pub fn habits(config: &Config) -> Habits {
    Habits {
        sell_fees: config.market.sell_fees,
        sell_rewards: config.market.sell_rewards,
        margin_epochs: epochs(config, config.entry_exit.margin_window),
        patience_epochs: epochs(config, config.entry_exit.patience),
        self_dealing_idle: config.behaviours.self_dealing_idle,
        // Half-way between the protocol's tolerance and the minimum: before the protocol minds.
        top_up_below: Ratio::from_parts(
            (config.protocol.bond.shortfall_tolerance.parts() + Ratio::ONE.parts()) / 2,
        ),
    }
}

/// Whether a commitment binds a provider's bond.
#[must_use]
pub fn is_bound(rules: &Protocol, provider: ProviderId) -> bool {
    let commitment = rules.commitment(provider);
    commitment.is_some_and(|(_, until_epoch)| rules.epoch() < until_epoch)
}

impl World<'_> {
    /// Lets a provider act. `fees` and `idle_ns` are those of the closed epoch.
    pub(crate) fn provider_acts(&mut self, id: u32, fees: Amount, rewards: Amount, idle_ns: u64) {
        let provider = &self.state.fleet.providers[id as usize];
        let rules = &self.state.rules;
        let seen = Observation {
            age: self.state.epoch + 1 - provider.entered,
            short_for: self.state.fleet.books[id as usize].short_for,
            liquid: rules.balance(
                protocol::Asset::Native,
                protocol::Account::Liquid(provider.owner),
            ),
            fees,
            rewards,
            bonded: rules.bonded(provider.rules),
            bond_min: rules.bond_min(provider.rules).unwrap_or(Amount::ZERO),
            commits: self.wishes(provider.key) != CommitmentTier::Flexible
                && rules.standing(provider.rules) == Standing::Active,
            is_bound: is_bound(rules, provider.rules),
            // Who appeals stays to hear the decision.
            is_tombstoned: rules.standing(provider.rules) == Standing::Tombstoned
                && !self.is_appealing(id),
            idle_ns,
        };
        let mut actions = std::mem::take(&mut self.actions);
        act(provider.behaviour, &self.habits, &seen, &mut actions);
        for action in actions.drain(..) {
            self.carry_out(id, action);
        }
        self.actions = actions;
    }

    fn carry_out(&mut self, id: u32, action: Action) {
        let Provider { owner, rules, .. } = self.state.fleet.providers[id as usize];
        match action {
            Action::Sell(amount) => self.sell(owner, amount),
            Action::TopUp(amount) => {
                let is_out = self.state.rules.standing(rules) == Standing::Tombstoned;
                if !is_out && self.fund(owner, amount) {
                    self.must(Operation::Bond {
                        provider: rules,
                        amount,
                    });
                }
            }
            Action::SelfDeal(gpu_ns) => self.self_deal(id, gpu_ns),
            Action::Commit => self.commit(id),
            Action::Leave => self.leave(id),
        }
    }

    /// For how long a provider binds its bond whenever it is free to.
    pub(crate) fn wishes(&self, key: ProviderKey) -> CommitmentTier {
        if let Some(place) = key.role_place() {
            return wishes_of_role(ROLES[place]);
        }
        let of = &self.inputs.config.commitment;
        let [monthly, annual] = [of.monthly, of.annual].map(ratio);
        if monthly + annual == 0.0 {
            return CommitmentTier::Flexible;
        }
        let u = self.setup.draws.unit(purpose::COMMITMENT, key.0, 0);
        if u < annual {
            CommitmentTier::Annual
        } else if u < annual + monthly {
            CommitmentTier::Monthly
        } else {
            CommitmentTier::Flexible
        }
    }

    /// A provider binds its bond, if it is one that does and its bond makes it active.
    pub(crate) fn commit(&mut self, id: u32) {
        let Provider { rules, key, .. } = self.state.fleet.providers[id as usize];
        let tier = self.wishes(key);
        if tier != CommitmentTier::Flexible && self.state.rules.standing(rules) == Standing::Active
        {
            self.must(Operation::Commit {
                provider: rules,
                tier,
            });
        }
    }

    /// A fake job: coins bought at the market pay for the provider's own idle time, and come back less the fees.
    fn self_deal(&mut self, id: u32, gpu_ns: u64) {
        let Provider {
            owner, rules, kind, ..
        } = self.state.fleet.providers[id as usize];
        if !self.state.rules.may_take_jobs(rules) || self.state.rules.is_halted() {
            return;
        }
        let kind_id = protocol::KindId(u16::from(kind));
        let escrow = self.cost(kind, (0, 0), u128::from(gpu_ns));
        if !self.buy(owner, escrow) {
            return;
        }
        let group = protocol::GroupId(self.setup.group_of(kind) as u8);
        let opened = self.must(Operation::OpenJob {
            customer: owner,
            group,
            kind: kind_id,
            escrow,
            region: 0,
            priority: 0,
        });
        let Outcome::JobOpened(job) = opened else {
            unreachable!("opening a job opens a job")
        };
        let Settled {
            gross,
            share,
            delegators,
            held,
            ..
        } = self.settle(job, rules, gpu_ns);
        let share = share - delegators;
        self.must(Operation::CloseJob { job });
        // What is held back comes with later claims.
        let back = escrow - (gross - share) - held;
        self.give_to_market(owner, back);
        let lost = self
            .state
            .market
            .price
            .of(gross - share, self.inputs.config.protocol.supply.decimals);
        let books = &mut self.state.fleet.books[id as usize];
        books.self_deal_cost += lost;
        books.epoch_income -= lost;
    }

    /// A provider goes out of business: its work moves, its nodes leave the calendar, its bond unbonds.
    fn leave(&mut self, id: u32) {
        self.shut(id);
        let now = self.state.engine.now();
        let epoch = self.state.epoch;
        let provider = &mut self.state.fleet.providers[id as usize];
        provider.integrate(now);
        provider.in_business = false;
        provider.exited = Some(epoch);
        let Provider {
            rules,
            kind,
            gpus,
            first_node,
            nodes,
            ..
        } = *provider;
        for node in first_node..first_node + nodes {
            self.state.engine.cancel(EventClass::NodeDown.class(), node);
            self.state.engine.cancel(EventClass::NodeUp.class(), node);
            if self.state.fleet.nodes[node as usize].is_up {
                self.state.fleet.fail(node, now);
            }
            self.state.fleet.nodes[node as usize].is_unseen = false;
        }
        self.state.fleet.owned[usize::from(kind)] -= gpus;
        self.state.tally.exits += 1;
        if self.state.rules.standing(rules) != Standing::Tombstoned {
            self.must(Operation::Exit { provider: rules });
        }
    }

    /// The delegator of a provider claims, and moves one step towards or away from it.
    pub(crate) fn delegator_acts(&mut self, id: u32) -> Amount {
        let Provider {
            rules,
            key,
            entered,
            ..
        } = self.state.fleet.providers[id as usize];
        let delegator = self.delegator_of(key);
        if self.state.rules.delegation(delegator, rules).is_zero() {
            return Amount::ZERO;
        }
        let Outcome::Claimed(rewards) = self.must(Operation::ClaimDelegation {
            delegator,
            provider: rules,
        }) else {
            unreachable!("claiming claims")
        };
        let sold = self.inputs.config.market.sell_rewards.mul_floor(rewards);
        self.sell(delegator, sold);
        let of = &self.inputs.config.delegation;
        let since = CLAIM_EVERY.min(self.state.epoch + 1 - entered);
        let years = f64::from(since) * hours(self.inputs.config.epoch) / (365.0 * 24.0);
        let books = &mut self.state.fleet.books[id as usize];
        let was_slashed = books.slashes > books.slashes_seen;
        books.slashes_seen = books.slashes;
        let seen = Position {
            stake: self.state.rules.delegation(delegator, rules),
            rewards: self.state.rules.worth_in_bond_asset(rewards),
            years,
            was_slashed,
        };
        match decide(&seen, ratio(of.yield_required), of.step, of.redelegate) {
            Move::Add(amount) if self.state.rules.standing(rules) == Standing::Active => {
                if self.fund(delegator, amount) {
                    self.must(Operation::Delegate {
                        delegator,
                        provider: rules,
                        amount,
                    });
                }
            }
            Move::Withdraw(amount) => {
                let undelegate = Operation::Undelegate {
                    delegator,
                    provider: rules,
                    amount,
                };
                self.must_unless(undelegate, Error::TooManyEntries);
            }
            Move::Redelegate(amount) => self.redelegate(id, delegator, amount),
            Move::Add(_) | Move::Keep => {}
        }
        rewards
    }

    /// A delegator moves stake to the next active one of the providers that it backs, where there is one.
    fn redelegate(&mut self, from: u32, delegator: ParticipantId, amount: Amount) {
        let Provider { rules, key, .. } = self.state.fleet.providers[from as usize];
        let n = self.state.fleet.providers.len() as u32;
        let epoch = u64::from(self.state.epoch);
        let start = self.setup.draws.index(purpose::REDELEGATE, key.0, epoch, n);
        let is_fit = |id: &u32| {
            let of = &self.state.fleet.providers[*id as usize];
            *id != from
                && of.in_business
                && self.state.rules.standing(of.rules) == Standing::Active
                && self.delegator_of(of.key) == delegator
        };
        let Some(to) = (start..n).chain(0..start).find(is_fit) else {
            return;
        };
        let redelegate = Operation::Redelegate {
            delegator,
            from: rules,
            to: self.state.fleet.providers[to as usize].rules,
            amount,
        };
        // What came from elsewhere lately cannot move on yet.
        match self.rule(redelegate) {
            Ok(_) | Err(Error::InTransit | Error::TooManyEntries | Error::PoolIsEmpty) => {}
            Err(error) => panic!("{redelegate:?} refused: {error}; seed {}", self.setup.seed),
        }
    }

    /// An operation that only a bug can make fail for any other reason than this one.
    fn must_unless(&mut self, operation: Operation, tolerated: Error) {
        match self.rule(operation) {
            Err(error) if error != tolerated => {
                panic!("{operation:?} refused: {error}; seed {}", self.setup.seed)
            }
            _ => {}
        }
    }

    /// The delegator who backs a provider.
    pub(crate) fn delegator_of(&self, key: ProviderKey) -> ParticipantId {
        let n = self.state.accounts.delegators.len() as u32;
        self.state.accounts.delegators
            [self.setup.draws.index(purpose::DELEGATOR, key.0, 0, n) as usize]
    }

    /// Schedules the next candidate for entry.
    pub(crate) fn schedule_candidate(&mut self) {
        let fleet = &self.inputs.config.fleet;
        let per_month = f64::from(self.inputs.config.entry_exit.candidates_per_month)
            * f64::from(fleet.providers)
            / f64::from(fleet.providers_reference);
        if per_month > 0.0 {
            let u =
                self.setup
                    .draws
                    .unit(purpose::CANDIDATE_GAP, 0, u64::from(self.state.candidates));
            let at = self.state.engine.now()
                + span_of_hours(engine::sample::exponential(u, MONTH_H / per_month));
            if at < self.end() {
                self.state
                    .engine
                    .schedule(EventClass::Candidate.class(), 0, at);
            }
        }
    }

    /// A candidate decides whether to enter.
    pub(crate) fn candidate(&mut self) {
        let number = self.state.candidates;
        self.state.candidates += 1;
        let u = self
            .setup
            .draws
            .unit(purpose::CANDIDATE_CLASS, 0, u64::from(number));
        let config = &self.inputs.config;
        let class = Class::ALL[pick(u, config.fleet.classes.iter().map(|of| ratio(of.share)))];
        let ordinal = ProviderKey::ENTRANTS + number;
        let plan = Blueprint::draw(config, &self.setup.draws, class, ordinal);
        if let Some(return_per_year) = self.prospect(&plan)
            && enters(
                &Prospect { return_per_year },
                ratio(config.entry_exit.return_required),
            )
        {
            let at = self.state.engine.now() + config.entry_exit.lead_time;
            if at < self.end() {
                self.state.entrants.insert(number, (class, ordinal));
                self.state
                    .engine
                    .schedule(EventClass::Entry.class(), number, at);
            }
        }
        self.schedule_candidate();
    }

    /// What a candidate can expect: what one GPU of its kind earned a day lately, less its own costs.
    fn prospect(&self, plan: &Blueprint) -> Option<f64> {
        let lately = self.state.earnings.get(plan.class, plan.kind)?;
        let kind = &self.inputs.config.gpus[usize::from(plan.kind)];
        let power = power_usd_per_day(
            kind,
            plan.power_price,
            lately.availability,
            lately.utilisation,
        );
        let bond = usd(kind.list_price.over(Span::from_days(u64::from(
            self.inputs.config.protocol.bond.cover_min,
        ))));
        Some(expected_return(kind, lately.usd_per_gpu_day, power, bond))
    }
}

/// What GPUs earned lately, by class and kind: an exponential mean over the margin window, as candidates see it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Earnings {
    kinds: usize,
    lately: Vec<Option<Lately>>,
    sums: Vec<Sum>,
}

/// One class and kind.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Lately {
    /// Income of one GPU a day.
    pub usd_per_gpu_day: f64,
    /// Share of time up.
    pub availability: f64,
    /// Share of up time held.
    pub utilisation: f64,
}

#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
struct Sum {
    usd: f64,
    gpus: f64,
    up_h: f64,
    held_h: f64,
}

impl Earnings {
    /// Nothing known yet.
    #[must_use]
    pub fn new(kinds: usize) -> Self {
        Self {
            kinds,
            lately: vec![None; 3 * kinds],
            sums: vec![Sum::default(); 3 * kinds],
        }
    }

    /// What one class and kind earned lately, once it is known.
    #[must_use]
    pub fn get(&self, class: Class, kind: u8) -> Option<Lately> {
        self.lately[class as usize * self.kinds + usize::from(kind)]
    }

    /// Adds one provider's epoch.
    pub fn add(&mut self, provider: &Provider, income_usd: f64, up_ns: u64, held_ns: u64) {
        let sum = &mut self.sums[provider.class as usize * self.kinds + usize::from(provider.kind)];
        sum.usd += income_usd;
        sum.gpus += f64::from(provider.gpus);
        sum.up_h += gpu_hours(u128::from(up_ns));
        sum.held_h += gpu_hours(u128::from(held_ns));
    }

    /// Closes an epoch: moves the means by one part in `window`.
    pub fn close(&mut self, epoch: Span, window: u32) {
        let days = hours(epoch) / 24.0;
        for (lately, sum) in self.lately.iter_mut().zip(&mut self.sums) {
            let Sum {
                usd,
                gpus,
                up_h,
                held_h,
            } = std::mem::take(sum);
            if gpus > 0.0 {
                let new = Lately {
                    usd_per_gpu_day: usd / gpus / days,
                    availability: up_h / (gpus * hours(epoch)),
                    utilisation: share(held_h, up_h),
                };
                let weight = 1.0 / f64::from(window.max(1));
                let mix = |old: f64, new: f64| old + weight * (new - old);
                *lately = Some(lately.map_or(new, |old| Lately {
                    usd_per_gpu_day: mix(old.usd_per_gpu_day, new.usd_per_gpu_day),
                    availability: mix(old.availability, new.availability),
                    utilisation: mix(old.utilisation, new.utilisation),
                }));
            }
        }
    }
}
