//! The protocol and the naive one side by side: the same step for both, and where they differ.

use std::collections::BTreeMap;

use stakesim_protocol::*;
use units::{Amount, Ratio};

use super::apply::Did;
use super::close::Closed;
use super::prorata::Whose;
use super::state::Oracle;

/// One thing done to both.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Do(Tick, Operation),
    Close(Tick),
}

/// How often each operation succeeded and failed, and each error came.
#[derive(Debug, Default)]
pub struct Coverage {
    pub operations: BTreeMap<String, (u64, u64)>,
    pub errors: BTreeMap<String, u64>,
}

impl Coverage {
    fn count(&mut self, operation: &Operation, error: Option<&Error>) {
        let counts = self.operations.entry(name(operation)).or_default();
        match error {
            None => counts.0 += 1,
            Some(error) => {
                counts.1 += 1;
                *self.errors.entry(name(error)).or_default() += 1;
            }
        }
    }

    pub fn add(&mut self, other: Coverage) {
        for (name, (done, refused)) in other.operations {
            let counts = self.operations.entry(name).or_default();
            *counts = (counts.0 + done, counts.1 + refused);
        }
        for (name, count) in other.errors {
            *self.errors.entry(name).or_default() += count;
        }
    }
}

/// A variant's name.
fn name(value: &impl core::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let end = text.find(|c: char| !c.is_alphanumeric());
    text[..end.unwrap_or(text.len())].to_string()
}

/// Both protocols.
pub struct Pair {
    pub protocol: Protocol,
    pub oracle: Oracle,
    pub coverage: Coverage,
    /// Rewards that the protocol has paid.
    pub claimed: BTreeMap<Whose, u128>,
    /// What happened since the last close but one.
    pub events: Vec<ProtocolEvent>,
}

fn differ<T: PartialEq + core::fmt::Debug>(what: &str, tested: T, naive: T) -> Result<(), String> {
    if tested == naive {
        Ok(())
    } else {
        Err(format!("{what}: {tested:?}, the oracle says {naive:?}"))
    }
}

impl Pair {
    pub fn new(params: &Params, kinds: &[Kind], groups: u8, people: u32) -> Pair {
        let mut protocol = Protocol::new(params.clone(), kinds, groups).expect("legal parameters");
        protocol.audit_every_epoch(false);
        let mut oracle = Oracle::new(params, kinds, groups);
        for _ in 0..people {
            protocol.open_participant();
            oracle.open_participant();
        }
        Pair {
            protocol,
            oracle,
            coverage: Coverage::default(),
            claimed: BTreeMap::new(),
            events: Vec::new(),
        }
    }

    /// Does a step on both sides.
    pub fn take(&mut self, step: &Step) -> Result<(), String> {
        match *step {
            Step::Do(now, operation) => self.operate(now, operation),
            Step::Close(now) => self.close(now),
        }
    }

    fn operate(&mut self, now: Tick, operation: Operation) -> Result<(), String> {
        let tested = self.protocol.apply(now, Cause(0), operation);
        let naive = self.oracle.apply(now, operation);
        self.coverage.count(&operation, tested.as_ref().err());
        if let Ok(Outcome::Claimed(amount)) = tested {
            let whose = match operation {
                Operation::ClaimDelegation {
                    delegator,
                    provider,
                } => (provider.0 as usize, Some(delegator.0)),
                Operation::Claim { provider } => (provider.0 as usize, None),
                Operation::ClaimContribution { .. } => (usize::MAX, None),
                other => return Err(format!("{other:?} claims nothing")),
            };
            *self.claimed.entry(whose).or_default() += amount.base_units();
        }
        match (tested, naive) {
            (Ok(Outcome::JobOpened(id)), Ok(Did::Opened(job))) => {
                let old = self.oracle.jobs.insert(id.0, job);
                differ("the new job's id is taken", old.is_some(), false)
            }
            (Ok(tested), Ok(Did::Outcome(naive))) => differ("outcome", tested, naive),
            (Err(tested), Err(naive)) => differ("error", tested, naive),
            (tested, naive) => Err(format!("{tested:?}, the oracle says {naive:?}")),
        }
    }

    fn close(&mut self, now: Tick) -> Result<(), String> {
        self.events = self.protocol.drain_events().collect();
        let is_audited = self.oracle.epoch.is_multiple_of(50);
        self.protocol.audit_every_epoch(is_audited);
        match (
            self.protocol.end_epoch(now, Cause(0)),
            self.oracle.close(now),
        ) {
            (Ok(tested), Ok(naive)) => {
                differ("audit", tested.audit_fault, None)?;
                self.summaries(&tested, &naive)?;
                self.everything()
            }
            (Err(tested), Err(naive)) => differ("refused close", tested, naive),
            (tested, naive) => Err(format!("{tested:?}, the oracle says {naive:?}")),
        }
    }

    fn summaries(&self, tested: &EpochSummary, naive: &Closed) -> Result<(), String> {
        let amount = Amount::base_units;
        let parts = |ratio: Ratio| u128::from(ratio.parts());
        let released = &tested.released;
        let scale = &self.oracle.scale;
        differ("measured", tested.measured as usize, naive.measured)?;
        differ("scheduled", amount(tested.scheduled), naive.scheduled)?;
        differ("ceiling", amount(tested.ceiling), naive.ceiling)?;
        let factors = [
            tested.factors.demand,
            tested.factors.market,
            tested.factors.staked,
            tested.factors.growth,
            tested.factors.product,
        ];
        let ours = [
            scale.demand,
            scale.market,
            scale.staked,
            scale.growth,
            naive.product,
        ];
        differ("factors", factors.map(parts), ours)?;
        differ(
            "utilisation",
            tested.utilisation.map(parts),
            naive.utilisation,
        )?;
        differ(
            "staked ratio",
            parts(tested.staked_ratio),
            naive.staked_ratio,
        )?;
        differ("budget", amount(tested.budget), naive.budget)?;
        differ(
            "categories",
            tested.by_category.map(amount),
            naive.by_category,
        )?;
        differ("minted", amount(tested.minted), naive.minted)?;
        differ("violations", &tested.violations[..], &naive.violations[..])?;
        let slashed: Vec<u128> = tested.slashed.iter().map(|a| a.base_units()).collect();
        differ("slashed", &slashed[..], &naive.slashed[..])?;
        differ("forfeited", amount(tested.forfeited), naive.forfeited)?;
        let places = [
            released.compensation,
            released.reporter,
            released.insurance,
            released.burned,
            released.treasury,
        ];
        differ("released", places.map(amount), naive.released)?;
        differ("matured", amount(tested.matured), naive.matured)?;
        differ("reinstated", tested.reinstated, naive.reinstated)?;
        differ("burned", amount(tested.burned), naive.burned)?;
        let fees = tested.fee_to_emission.map(parts);
        differ("fees to emission", fees, naive.fee_to_emission)?;
        let runway = tested.treasury_runway_epochs.map(u128::from);
        differ("runway", runway, naive.runway)?;
        differ("breaker", tested.breaker_tripped, naive.breaker_tripped)?;
        let held = [
            tested.grants,
            tested.insurance_payouts,
            tested.treasury,
            tested.insurance,
        ];
        let ours = [naive.grants, naive.payouts, naive.treasury, naive.insurance];
        differ(
            "grants, payouts, treasury, insurance",
            held.map(amount),
            ours,
        )?;
        differ("guards", tested.guard_actions, naive.actions)?;
        differ("halt", tested.is_halted, self.oracle.is_halted())
    }

    /// Every account, standing, weight, price and promise.
    pub fn everything(&self) -> Result<(), String> {
        let (protocol, oracle) = (&self.protocol, &self.oracle);
        for account in accounts(oracle) {
            let held = protocol.balance(Asset::Native, account).base_units();
            differ(&format!("{account:?}"), held, oracle.balance(account))?;
            for asset in [Asset::Stable, Asset::Credits] {
                let has_moved =
                    account != Account::Issuance && !protocol.balance(asset, account).is_zero();
                differ("another asset has moved", has_moved, false)?;
            }
        }
        for reason in Reason::ALL {
            let moved = protocol.tally(Asset::Native, reason, Scope::Lifetime);
            let ours = oracle.moved.get(reason.name()).map_or(0, |moved| moved.0);
            differ(reason.name(), moved.base_units(), ours)?;
        }
        for v in 0..oracle.providers.len() {
            self.provider(v)
                .map_err(|fault| format!("provider {v}: {fault}"))?;
        }
        for (id, job) in &oracle.jobs {
            let escrow = protocol.job_escrow(JobId(*id)).map(Amount::base_units);
            differ("job escrow", escrow, Some(job.escrow))?;
            let rate = protocol.job_price(JobId(*id)).map(Amount::base_units);
            differ("job price", rate, Some(job.rate))?;
        }
        self.cases()?;
        self.users()?;
        self.contributors()?;
        self.proposals()?;
        self.market()
    }

    fn cases(&self) -> Result<(), String> {
        let naive = self.oracle.cases.iter().enumerate();
        let naive = naive.filter(|(_, case)| !case.is_closed);
        let ours: Vec<_> = naive
            .map(|(id, case)| {
                let taken: u128 = case.taken.iter().map(|(_, amount)| amount).sum();
                (id as u32, case.provider, case.kind, taken)
            })
            .collect();
        let open: Vec<_> = (self.protocol.open_cases())
            .map(|(id, case)| {
                let provider = case.provider.0 as usize;
                (
                    id.0,
                    provider,
                    case.kind as usize,
                    case.amount().base_units(),
                )
            })
            .collect();
        differ("open cases", open, ours)
    }

    fn contributors(&self) -> Result<(), String> {
        for person in 0..self.oracle.people {
            let (protocol, id) = (&self.protocol, ParticipantId(person));
            let naive = self.oracle.vested(person);
            let held: u128 = naive.schedules.iter().map(|schedule| schedule.held()).sum();
            let tested = [
                protocol.vouched(id),
                protocol.claimable_contribution(id),
                protocol.held_back(id),
            ];
            let ours = [naive.vouched, naive.claimable, held];
            differ("contributor", tested.map(Amount::base_units), ours)?;
            for category in [Category::Data, Category::Model, Category::Engagement] {
                let points = protocol.contribution_points(category, id);
                differ("points", points, self.oracle.points(category, person))?;
            }
        }
        Ok(())
    }

    fn proposals(&self) -> Result<(), String> {
        for (id, naive) in self.oracle.proposals.iter().enumerate() {
            let status = self.protocol.proposal_status(ProposalId(id as u32));
            differ(&format!("proposal {id}"), status, naive.status())?;
        }
        differ("halted", self.protocol.is_halted(), self.oracle.is_halted())?;
        let (ours, theirs) = (&self.oracle.params, self.protocol.params());
        differ("parameters are the same", theirs == ours, true)
    }

    /// User stake now and as far back as it is remembered.
    fn users(&self) -> Result<(), String> {
        let (protocol, oracle) = (&self.protocol, &self.oracle);
        let back = u64::from(oracle.params.users.history_epochs).min(oracle.epoch) - 1;
        let epoch = oracle.epoch - oracle.now % (back + 1);
        let mut total = 0;
        for person in 0..oracle.people {
            let id = ParticipantId(person);
            differ(
                "tier",
                usize::from(protocol.user_tier(id)),
                oracle.tier(person),
            )?;
            let stake = protocol.user_stake_at(id, epoch as u32).base_units();
            let ours = oracle.stakes_at[epoch as usize - 1][person as usize];
            differ(&format!("stake of {person} at {epoch}"), stake, ours)?;
            total += ours;
        }
        let sum = protocol.user_stake_total_at(epoch as u32).base_units();
        differ("all user stake", sum, total)
    }

    fn market(&self) -> Result<(), String> {
        let (protocol, oracle) = (&self.protocol, &self.oracle);
        for k in 0..oracle.kinds.len() {
            let kind = KindId(k as u16);
            let rate = protocol.job_rate(kind).map(Amount::base_units);
            differ("rate", rate, oracle.rate(k))?;
            let scarcity = u128::from(protocol.scarcity(kind).parts());
            differ("scarcity", scarcity, oracle.kinds[k].scarcity)?;
        }
        for (g, group) in oracle.groups.iter().enumerate() {
            let multiplier = protocol.price_multiplier(GroupId(g as u8)).parts();
            differ("multiplier", u128::from(multiplier), group.multiplier)?;
        }
        let price = u128::from(protocol.oracle_price().nano_per_token());
        differ("price", price, oracle.prices.oracle.unwrap_or(0))?;
        let smoothed = u128::from(protocol.smoothed_price().nano_per_token());
        differ("smoothed price", smoothed, oracle.prices.smoothed)?;
        differ(
            "GPUs",
            u128::from(protocol.active_gpus()),
            oracle.active_gpus(),
        )?;
        differ(
            "staked",
            protocol.staked_total().base_units(),
            oracle.staked(),
        )?;
        let circulating = protocol.circulating().base_units();
        differ("circulating", circulating, oracle.circulating())
    }

    fn provider(&self, v: usize) -> Result<(), String> {
        let (protocol, naive) = (&self.protocol, &self.oracle.providers[v]);
        let id = ProviderId(v as u32);
        differ("standing", protocol.standing(id), naive.standing)?;
        differ("weight", protocol.weight(id), naive.weight)?;
        let pools = [
            BonusPool::Commitment,
            BonusPool::Growth,
            BonusPool::Innovation,
        ];
        let pools = pools.map(|pool| protocol.pool_weight(id, pool));
        differ("pool weights", pools, naive.pools)?;
        let until = protocol
            .commitment(id)
            .map(|commitment| u64::from(commitment.1));
        differ(
            "commitment",
            until,
            naive.commitment.map(|running| running.until),
        )?;
        differ(
            "tenure",
            u128::from(protocol.tenure_steps(id)),
            naive.tenure,
        )?;
        differ("stage", protocol.recovery_stage(id), self.oracle.stage(v))?;
        let commission = u128::from(protocol.commission(id).parts());
        differ("commission", commission, naive.commission)?;
        let minimum = protocol.bond_min(id).map(Amount::base_units);
        differ("minimum bond", minimum, self.oracle.minimum(v))?;
        let settled = self.oracle.settled(v);
        let claimable = protocol.claimable(id).base_units();
        differ("claimable", claimable, settled.unclaimed)?;
        for person in 0..self.oracle.people {
            let delegator = ParticipantId(person);
            let claimable = protocol.claimable_delegation(delegator, id).base_units();
            let ours = settled.delegations.get(&person).map_or(0, |d| d.unclaimed);
            differ(&format!("claimable of {person}"), claimable, ours)?;
            let worth = protocol.delegation(delegator, id).base_units();
            let ours = self.oracle.worth(v, person);
            differ(&format!("worth of {person}"), worth, ours)?;
            let moves = protocol.in_transit(delegator, id) as usize;
            differ("in transit", moves, self.oracle.in_transit(person, v))?;
        }
        Ok(())
    }
}

fn accounts(oracle: &Oracle) -> Vec<Account> {
    let mut accounts = vec![
        Account::Issuance,
        Account::RewardPool,
        Account::Treasury,
        Account::Insurance,
        Account::Platform,
        Account::JobEscrow,
        Account::SlashEscrow,
        Account::AppealDeposit,
        Account::ProposalDeposit,
        Account::Locked,
    ];
    for person in (0..oracle.people).map(ParticipantId) {
        accounts.extend([
            Account::Liquid(person),
            Account::Unbonded(person),
            Account::UserStake(person),
            Account::Vouched(person),
        ]);
    }
    for id in (0..oracle.providers.len() as u32).map(ProviderId) {
        accounts.extend([
            Account::SelfBond(id),
            Account::Delegated(id),
            Account::Unbonding(id),
        ]);
    }
    accounts
}
