//! The close of an epoch: measure, settle, let the protocol close, then let everybody act. The order of the calls is the order of effects.

use protocol::{KindId, Operation, Outcome, ProtocolEvent, ProviderId, Rung, Standing};
use units::{Amount, Money, Ratio, Span};

use crate::actors::worked;
use crate::books::{Use, times};
use crate::config::Group;
use crate::event::EventClass;
use crate::number::{ratio, usd};
use crate::owners::{CLAIM_EVERY, epochs};
use crate::provider::Provider;
use crate::rows::ViolationRow;
use crate::state::tick;
use crate::world::World;

/// Use of a kind's GPUs in an epoch, in GPU-nanoseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KindUse {
    pub(crate) up_ns: u128,
    pub(crate) held_ns: u128,
}

impl World<'_> {
    /// Closes the running epoch.
    pub(crate) fn epoch_close(&mut self) {
        let epoch = self.inputs.config.epoch;
        self.close_gangs(epoch);
        let usage = self.measure();
        let paid_at = self.state.market.price;
        self.state.market.step(
            &self.inputs.config.market,
            &self.inputs.config.crash,
            &self.setup.draws,
            self.state.epoch,
            epoch,
        );
        self.must(Operation::ObservePrice {
            price: self.state.market.price,
        });
        self.society_before_close();
        let now = self.state.engine.now();
        let cause = protocol::Cause(self.state.engine.events());
        let closed = self.state.rules.end_epoch(tick(now), cause);
        let summary = closed.expect("the clock never goes back: a bug");
        self.tell_violations(paid_at);
        self.refresh_doors();
        let fees: Vec<Amount> = self
            .state
            .fleet
            .providers
            .iter()
            .map(|of| of.fees)
            .collect();
        self.challenge(&fees);
        for id in 0..self.state.fleet.providers.len() as u32 {
            self.close_provider(id, paid_at);
        }
        self.state.earnings.close(
            epoch,
            epochs(
                &self.inputs.config,
                self.inputs.config.entry_exit.margin_window,
            ),
        );
        self.society_after_close(&summary);
        self.customers_act();
        self.close_demand(epoch);
        self.dispatch_all();
        self.close_rows(&summary, paid_at, &usage);
        self.state.tally = Default::default();
        self.state.epoch += 1;
        let next = now + epoch;
        if next <= self.end() {
            self.state
                .engine
                .schedule(EventClass::EpochClose.class(), 0, next);
            self.open_trace();
        }
    }

    /// Records each provider's performance and each kind's load at the protocol.
    fn measure(&mut self) -> Vec<KindUse> {
        let now = self.state.engine.now();
        let epoch = self.inputs.config.epoch;
        let kinds = self.inputs.config.gpus.len();
        let mut usage = vec![KindUse::default(); self.setup.kind_costs.len()];
        for id in 0..self.state.fleet.providers.len() {
            let of = &mut self.state.fleet.providers[id];
            of.integrate(now);
            let of_kind = &mut usage[usize::from(of.kind)];
            of_kind.up_ns += u128::from(of.up_ns);
            of_kind.held_ns += u128::from(of.held_ns);
            // The epoch of entry is short: its record would say nothing.
            if of.in_business && (of.entered < self.state.epoch || self.state.epoch == 0) {
                let (mut record, rules) = (measurement(of, epoch), of.rules);
                if let Some(duty) = self.duty_record(id as u32, epoch) {
                    record = duty;
                }
                if !matches!(
                    self.state.rules.standing(rules),
                    Standing::Exited | Standing::Tombstoned
                ) {
                    self.must(record);
                }
            }
        }
        usage.truncate(kinds);
        for (kind, of) in usage.iter().enumerate() {
            let [busy, capacity] = [of.held_ns, of.up_ns].map(|ns| (ns / 1_000_000_000) as u64);
            self.must(Operation::ObserveKindLoad {
                kind: KindId(kind as u16),
                busy,
                capacity,
            });
        }
        usage
    }

    /// Writes down what the protocol judged, and counts it.
    fn tell_violations(&mut self, price: units::TokenPrice) {
        let events: Vec<ProtocolEvent> = self.state.rules.drain_events().collect();
        for event in events {
            match event {
                ProtocolEvent::Warned {
                    provider,
                    kind,
                    cause,
                } => {
                    self.state.tally.warnings += 1;
                    self.state.fleet.books[provider.0 as usize].warnings += 1;
                    self.note_violation(
                        provider,
                        kind.name(),
                        "warning",
                        [Amount::ZERO; 3],
                        cause.0,
                    );
                }
                ProtocolEvent::Slashed {
                    provider,
                    kind,
                    rung,
                    from_self,
                    from_delegated,
                    from_unbonding,
                    cause,
                } => {
                    let all = from_self + from_delegated + from_unbonding;
                    let lost = self.worth_of_bonds(from_self, price);
                    let of = &mut self.state.fleet.providers[provider.0 as usize];
                    let books = &mut self.state.fleet.books[provider.0 as usize];
                    books.slashes += 1;
                    books.slashed += lost;
                    let tally = &mut self.state.tally;
                    tally.slashed[kind as usize] += all;
                    if of.behaviour != crate::provider::Behaviour::Lazy {
                        tally.slashed_honest += all;
                    }
                    match rung {
                        Rung::Penalty | Rung::Minor | Rung::Moderate => tally.penalties += 1,
                        _ => tally.severe += 1,
                    }
                    self.note_violation(
                        provider,
                        kind.name(),
                        rung_name(rung),
                        [from_self, from_delegated, from_unbonding],
                        cause.0,
                    );
                }
                ProtocolEvent::VestingForfeited {
                    provider, amount, ..
                } => {
                    let decimals = self.inputs.config.protocol.supply.decimals;
                    // It was income when it was earned.
                    let books = &mut self.state.fleet.books[provider.0 as usize];
                    books.slashed += price.of(amount, decimals);
                }
                ProtocolEvent::Jailed { provider, .. }
                | ProtocolEvent::Tombstoned { provider, .. }
                    if self.state.fleet.providers[provider.0 as usize].in_business =>
                {
                    self.shut(provider.0);
                }
                ProtocolEvent::Reinstated { provider } => {
                    self.state.fleet.providers[provider.0 as usize].is_shut = false
                }
                other => {
                    self.tell_roles(&other, price);
                    self.tell_society(&other);
                }
            }
        }
        self.tell_proposals();
    }

    fn note_violation(
        &mut self,
        provider: ProviderId,
        violation: &'static str,
        rung: &'static str,
        slashed: [Amount; 3],
        cause: u64,
    ) {
        let of = &self.state.fleet.providers[provider.0 as usize];
        let [from_self, from_delegated, from_unbonding] = slashed.map(crate::number::base);
        self.violation_rows.push(ViolationRow {
            epoch: self.state.epoch,
            provider: provider.0,
            class: if self.is_compute(provider.0) {
                of.class.name()
            } else {
                self.role_name(provider.0)
            },
            behaviour: of.behaviour.name(),
            violation,
            rung,
            slashed_self_base_units: from_self,
            slashed_delegated_base_units: from_delegated,
            slashed_unbonding_base_units: from_unbonding,
            cause,
        });
    }

    /// Opens and closes providers for new jobs as the protocol now says.
    fn refresh_doors(&mut self) {
        for id in 0..self.state.fleet.providers.len() as u32 {
            let of = &self.state.fleet.providers[id as usize];
            let is_open = of.in_business
                && !of.is_shut
                && self.is_compute(id)
                && self.state.rules.may_take_jobs(of.rules);
            self.state.fleet.set_open(id, is_open);
        }
    }

    /// A provider claims when it is its turn, books the epoch, and acts.
    fn close_provider(&mut self, id: u32, price: units::TokenPrice) {
        let epoch = self.inputs.config.epoch;
        let decimals = self.inputs.config.protocol.supply.decimals;
        let (rewards, paid) = if (self.state.epoch + 1 + id).is_multiple_of(CLAIM_EVERY) {
            self.claim(id)
        } else {
            (Amount::ZERO, Amount::ZERO)
        };
        let checks = self.check_costs(id);
        let is_compute = self.is_compute(id);
        let of = &mut self.state.fleet.providers[id as usize];
        if !of.in_business {
            return;
        }
        let fees = std::mem::take(&mut of.fees) - std::mem::take(&mut of.fees_shared);
        let free = fees - std::mem::take(&mut of.fees_held);
        // The price of an epoch is one number, so its fees are worth the same whenever they came in.
        let (revenue, worth) = (price.of(fees, decimals), price.of(rewards, decimals));
        let books = &mut self.state.fleet.books[id as usize];
        books.revenue += revenue;
        books.rewards += worth;
        books.epoch_income += revenue + worth;
        let use_ = Use {
            up_ns: of.up_ns,
            held_ns: of.held_ns,
            worked_ns: worked(of.behaviour, of.held_ns),
        };
        let kind = &self.setup.kind_costs[usize::from(of.kind)];
        let income = usd(books.epoch_income);
        let costs = books.cost(kind, of.gpus, use_, of.power_price) + checks;
        books.other += checks;
        let required = times(
            self.inputs.config.entry_exit.margin_required.over(epoch),
            of.gpus,
        );
        books.close_epoch(costs, self.habits.margin_epochs, required);
        books.settled += of.settled;
        books.failed += of.failed;
        let idle = use_.up_ns - use_.held_ns;
        (of.up_ns, of.held_ns, of.settled, of.failed, of.interrupted) = (0, 0, 0, 0, 0);
        if is_compute {
            self.state
                .earnings
                .add(of, income, use_.up_ns, use_.held_ns);
        }
        self.provider_acts(id, free, paid, idle);
    }

    /// A provider and its delegator claim what is due, and withdraw what has unbonded. Returns the rewards that the provider has earned,
    /// which are income when they are claimed, whether they are held back or not, and what it was paid of those and earlier ones.
    fn claim(&mut self, id: u32) -> (Amount, Amount) {
        let Provider {
            rules, owner, key, ..
        } = self.state.fleet.providers[id as usize];
        let earned = self.state.rules.claimable(rules);
        let mut paid = Amount::ZERO;
        if (!earned.is_zero() || !self.state.rules.vested(rules).is_zero())
            && let Outcome::Claimed(amount) = self.must(Operation::Claim { provider: rules })
        {
            paid = amount;
        }
        let delegated = self.delegator_acts(id);
        self.state.tally.claimed += paid + delegated;
        for participant in [owner, self.delegator_of(key)] {
            let unbonded = protocol::Account::Unbonded(participant);
            if !self.state.rules.in_bond_asset(unbonded).is_zero() {
                self.must(Operation::Withdraw { participant });
            }
            self.take_out(participant);
        }
        (earned, paid)
    }

    /// Customers feel the price of the day; those who waited too long give up.
    fn close_demand(&mut self, epoch: Span) {
        let discounted = self.discounted();
        for group in Group::ALL {
            let multiplier = discounted
                * ratio(
                    self.state
                        .rules
                        .price_multiplier(protocol::GroupId(group as u8)),
                );
            self.state.demand.feel_price(
                &self.inputs.config.jobs,
                group as usize,
                multiplier,
                epoch,
            );
        }
        let now = self.state.engine.now();
        let patience = self.inputs.config.jobs.patience;
        let jobs = &mut self.state.jobs;
        let abandoned = &mut self.state.tally.abandoned;
        self.state.queues.retain(|slot| {
            let waits_on = now - jobs[slot].waiting_since < patience;
            if !waits_on {
                *abandoned += 1;
                jobs.remove(slot);
            }
            waits_on
        });
    }

    /// Pays out, on paper, what is still due at the end of a run; what is held back was income when it was earned.
    pub(crate) fn book_what_is_due(&mut self) {
        let decimals = self.inputs.config.protocol.supply.decimals;
        for id in 0..self.state.fleet.providers.len() {
            let of = &mut self.state.fleet.providers[id];
            let due: Money = self
                .state
                .market
                .price
                .of(self.state.rules.claimable(of.rules), decimals);
            self.state.fleet.books[id].rewards += due;
        }
    }
}

fn rung_name(rung: protocol::Rung) -> &'static str {
    match rung {
        protocol::Rung::Warning => "warning",
        protocol::Rung::Penalty => "penalty",
        protocol::Rung::Severe => "severe",
        protocol::Rung::Malicious => "malicious",
        protocol::Rung::Final => "final",
        protocol::Rung::Minor => "minor",
        protocol::Rung::Moderate => "moderate",
        protocol::Rung::Major => "major",
    }
}

/// A provider's record of the epoch. Response time is not modelled: it stands at its benchmark for everybody.
fn measurement(of: &Provider, epoch: Span) -> Operation {
    let whole = u128::from(of.gpus) * u128::from(epoch.ns());
    let jobs = of.settled + of.failed;
    let parts = u128::from(of.settled + of.interrupted);
    Operation::RecordMeasurement {
        provider: of.rules,
        up: Ratio::of(u128::from(of.up_ns), whole),
        jobs,
        failed: of.failed,
        response: Ratio::ONE,
        rating: if parts == 0 {
            Ratio::ONE
        } else {
            Ratio::of(u128::from(of.settled), parts)
        },
    }
}
