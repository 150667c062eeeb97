//! The money side of a job: escrow when it starts, settlement when work is done, refund when it stops.
//! The only file that turns GPU time into operations of the protocol.

use protocol::{
    Asset, Error, GroupId, JobId, KindId, Operation, Outcome, ParticipantId, ProviderId, Standing,
};
use units::{Amount, Money, Span, TokenPrice, wide};

use crate::job::Job;
use crate::node::NONE;
use crate::provider::Behaviour;
use crate::state::tick;
use crate::world::World;

const HOUR_NS: u64 = 3_600_000_000_000;

/// The price of a unit of the stable asset.
const A_DOLLAR: TokenPrice = TokenPrice::from_nano_per_token(1_000_000_000);

/// What a settlement has moved.
pub(crate) struct Settled {
    /// What the work cost.
    pub(crate) gross: Amount,
    /// The customer's rebate on that.
    pub(crate) rebate: Amount,
    /// The provider's share.
    pub(crate) share: Amount,
    /// What of that share its delegators have.
    pub(crate) delegators: Amount,
    /// What of the rest is held back.
    pub(crate) held: Amount,
}

impl World<'_> {
    /// One operation at the protocol; its cause is the number of the event being handled.
    pub(crate) fn rule(&mut self, operation: Operation) -> Result<Outcome, Error> {
        let cause = protocol::Cause(self.state.engine.events());
        self.state
            .rules
            .apply(tick(self.state.engine.now()), cause, operation)
    }

    /// An operation that only a bug can make fail.
    pub(crate) fn must(&mut self, operation: Operation) -> Outcome {
        self.rule(operation).unwrap_or_else(|error| {
            let (seed, now) = (self.setup.seed, self.state.engine.now());
            panic!(
                "{operation:?} refused at {now}: {error}; seed {seed}, scenario {}",
                self.inputs.config.name
            )
        })
    }

    /// Buys coins at the market. Where the market has too few, nothing is bought, and the run ends with an error when the
    /// epoch closes: prices and stakes of the scenario ask for more coins than circulate.
    pub(crate) fn buy(&mut self, to: ParticipantId, amount: Amount) -> bool {
        let from = self.state.accounts.market;
        match self.rule(Operation::Transfer { from, to, amount }) {
            Err(Error::InsufficientBalance { .. }) => {
                self.is_market_dry = true;
                false
            }
            // Nobody can buy while trading is halted.
            Err(Error::Halted) => false,
            Ok(_) => {
                self.state.tally.bought += amount;
                true
            }
            Err(error) => panic!(
                "a purchase of {amount} was refused: {error}; seed {}",
                self.setup.seed
            ),
        }
    }

    /// Sells coins at the market; nothing while trading is halted.
    pub(crate) fn sell(&mut self, from: ParticipantId, amount: Amount) {
        if !amount.is_zero() && !self.state.rules.is_halted() {
            self.give_to_market(from, amount);
        }
    }

    /// Coins go to the market. Of pay that is shared or held back there may be none.
    pub(crate) fn give_to_market(&mut self, from: ParticipantId, amount: Amount) {
        if amount.is_zero() {
            return;
        }
        let to = self.state.accounts.market;
        self.must(Operation::Transfer { from, to, amount });
        self.state.tally.sold += amount;
    }

    /// Gets somebody what bonds are held in: coins from the market, or dollars from outside.
    pub(crate) fn fund(&mut self, participant: ParticipantId, amount: Amount) -> bool {
        if self.state.rules.params().bond.asset == Asset::Native {
            return self.buy(participant, amount);
        }
        self.must(Operation::DepositStable {
            participant,
            amount,
        });
        true
    }

    /// Takes somebody's free dollars out of the network.
    pub(crate) fn take_out(&mut self, participant: ParticipantId) {
        let account = protocol::Account::Liquid(participant);
        let amount = self.state.rules.balance(Asset::Stable, account);
        if !amount.is_zero() {
            self.must(Operation::RedeemStable {
                participant,
                amount,
            });
        }
    }

    /// What an amount of the asset of bonds is worth at a price of the coin.
    pub(crate) fn worth_of_bonds(&self, amount: Amount, price: TokenPrice) -> Money {
        let price = match self.state.rules.params().bond.asset {
            Asset::Native => price,
            _ => A_DOLLAR,
        };
        price.of(amount, self.inputs.config.protocol.supply.decimals)
    }

    /// What somebody can spend.
    pub(crate) fn liquid(&self, who: ParticipantId) -> Amount {
        let account = protocol::Account::Liquid(who);
        self.state.rules.balance(protocol::Asset::Native, account)
    }

    /// An operation by a customer, who buys coins at the market when short of them; nothing when there are none to buy.
    fn customer_pays(
        &mut self,
        customer: ParticipantId,
        operation: Operation,
        amount: Amount,
    ) -> Option<Outcome> {
        match self.rule(operation) {
            Err(Error::InsufficientBalance { available }) => {
                // A day's worth at once keeps purchases few; a named customer buys for its job alone.
                let is_crowd = customer == self.state.accounts.customers;
                let reserve = match is_crowd {
                    true => self.state.tally.fees.max(amount),
                    false => amount,
                };
                let short = amount.saturating_sub(available);
                (self.buy(customer, short + reserve) || self.buy(customer, short))
                    .then(|| self.must(operation))
            }
            Err(Error::Halted) => None,
            Ok(outcome) => Some(outcome),
            Err(_) => Some(self.must(operation)),
        }
    }

    /// What GPU time of a kind costs now a job of a region and a priority, rounded up.
    pub(crate) fn cost(&self, kind: u8, (region, priority): (u8, u8), gpu_ns: u128) -> Amount {
        let rate = self
            .state
            .rules
            .job_rate_of(KindId(u16::from(kind)), region, priority)
            .expect("a price was observed at genesis");
        Amount::new(wide::mul_div_ceil_by::<HOUR_NS>(rate.base_units(), gpu_ns).max(1))
    }

    /// Opens the escrow of a starting job for so much GPU time; false when the customer cannot pay.
    pub(crate) fn open_escrow(&mut self, slot: u32, kind: u8, gpu_ns: u128) -> bool {
        let job = self.state.jobs[slot].id;
        let (region, priority) = self.terms_of(job);
        let escrow = self.cost(kind, (region, priority), gpu_ns);
        let group = GroupId(self.state.jobs[slot].group);
        let customer = self.payer_of(job);
        let open = Operation::OpenJob {
            customer,
            group,
            kind: KindId(u16::from(kind)),
            escrow,
            region,
            priority,
        };
        match self.customer_pays(customer, open, escrow) {
            Some(Outcome::JobOpened(job)) => {
                self.state.jobs[slot].escrow = Some(job);
                true
            }
            Some(_) => unreachable!("opening a job opens a job"),
            None => false,
        }
    }

    /// Fills the escrow of a running job up to so much GPU time, at today's price.
    pub(crate) fn fill_escrow(&mut self, slot: u32, kind: u8, gpu_ns: u128) {
        let Job { id, escrow, .. } = self.state.jobs[slot];
        let job = escrow.expect("a job that holds GPUs has an escrow");
        let wanted = self.cost(kind, self.terms_of(id), gpu_ns);
        let amount =
            wanted.saturating_sub(self.state.rules.job_escrow(job).unwrap_or(Amount::ZERO));
        if !amount.is_zero() {
            let customer = self.payer_of(id);
            self.customer_pays(customer, Operation::FundJob { job, amount }, amount);
        }
    }

    /// Pays a provider for GPU time out of an escrow.
    pub(crate) fn settle(&mut self, job: JobId, provider: ProviderId, usage: u64) -> Settled {
        match self.must(Operation::SettleJob {
            job,
            provider,
            usage,
        }) {
            Outcome::Settled {
                gross,
                rebate,
                provider: share,
                delegators,
                held,
                ..
            } => Settled {
                gross,
                rebate,
                share,
                delegators,
                held,
            },
            _ => unreachable!("settling settles"),
        }
    }

    /// Pays a provider for GPU time out of the job's escrow, and books it.
    pub(crate) fn pay(&mut self, slot: u32, rules: ProviderId, usage: u64) {
        if usage == 0 {
            return;
        }
        self.state.jobs[slot].settled_ns += u128::from(usage);
        let job = self.state.jobs[slot]
            .escrow
            .expect("a job that holds GPUs has an escrow");
        // A tombstoned provider never earns: its last work stays unpaid and the customer gets the money back.
        if self.state.rules.standing(rules) == Standing::Tombstoned {
            return;
        }
        let Settled {
            gross,
            rebate,
            share,
            delegators,
            held,
        } = self.settle(job, rules, usage);
        let paid = gross - rebate;
        let of = &mut self.state.jobs[slot];
        of.paid += paid;
        let id = of.id;
        let owner = &mut self.state.fleet.providers[rules.0 as usize];
        if owner.behaviour == Behaviour::Lazy {
            of.untrue_ns += u128::from(usage);
        }
        owner.fees += share;
        owner.fees_shared += delegators;
        owner.fees_held += held;
        owner.settled += 1;
        self.state.tally.fees += paid;
        self.state.tally.fees_provider += share;
        self.note_spending(id, gross, rebate);
    }

    /// Closes the escrow of a job that failed by a provider's fault, and claims the loss where customers do.
    pub(crate) fn fail_escrow(&mut self, slot: u32, kind: u8, provider: ProviderId, lost_ns: u128) {
        let claimed = self.inputs.config.jobs.loss_claimed;
        if claimed.is_zero() || lost_ns == 0 {
            return self.close_escrow(slot);
        }
        let Job {
            id, ref mut escrow, ..
        } = self.state.jobs[slot];
        let Some(job) = escrow.take() else {
            return;
        };
        let loss = claimed.mul_floor(self.cost(kind, self.terms_of(id), lost_ns));
        // Nobody loses more coins than there can be.
        let loss = loss.min(self.state.rules.params().supply.max);
        self.must(Operation::FailJob {
            job,
            provider,
            loss,
            is_fault: true,
        });
        self.state.tally.losses += loss;
    }

    /// Closes the escrow of a job that stops; the customer gets the rest back.
    pub(crate) fn close_escrow(&mut self, slot: u32) {
        if let Some(job) = self.state.jobs[slot].escrow.take() {
            self.must(Operation::CloseJob { job });
        }
    }

    /// Pays all members of a gang for what they worked since the last time.
    pub(crate) fn pay_gang(&mut self, slot: u32) {
        let now = self.state.engine.now();
        let index = self.state.jobs[slot].gang;
        debug_assert_ne!(index, NONE);
        for place in 0..self.state.gangs[index].members.len() {
            let member = &mut self.state.gangs[index].members[place];
            member.integrate(now);
            let (rules, usage) = (member.rules, std::mem::take(&mut member.unpaid_ns));
            self.pay(slot, rules, usage);
        }
    }

    /// Settles every gang and funds it for one more epoch.
    pub(crate) fn close_gangs(&mut self, epoch: Span) {
        for index in 0..self.state.gangs.count() {
            let Some(slot) = self.state.gangs.job_of(index) else {
                continue;
            };
            self.integrate_job(slot);
            self.pay_gang(slot);
            let gpus = u128::from(self.state.gangs[index].held());
            let kind = self.state.jobs[slot].kind;
            self.fill_escrow(slot, kind, gpus * u128::from(epoch.ns()));
        }
    }
}
