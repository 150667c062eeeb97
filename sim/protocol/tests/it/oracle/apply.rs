//! The operations, one arm each: who is unknown first, then what each mechanism's own file says.

use stakesim_protocol::{
    Account, Error, KindId, Operation, Outcome, ParticipantId, ProviderId, Standing, Tick,
};
use units::{Amount, Ratio, TokenPrice};

use super::number::{ONE, parts};
use super::state::{Job, Measurement, Offence, Oracle, Provider, Report};

/// What an operation did; a new job's id is the network's to choose.
#[derive(Debug)]
pub enum Did {
    Outcome(Outcome),
    Opened(Job),
}

impl Oracle {
    fn provider(&self, id: ProviderId) -> Result<usize, Error> {
        let v = id.0 as usize;
        if v < self.providers.len() {
            Ok(v)
        } else {
            Err(Error::UnknownProvider)
        }
    }

    fn participant(&self, id: ParticipantId) -> Result<u32, Error> {
        if id.0 < self.people {
            Ok(id.0)
        } else {
            Err(Error::UnknownParticipant)
        }
    }

    pub fn apply(&mut self, now: Tick, operation: Operation) -> Result<Did, Error> {
        if now.0 < self.now {
            return Err(Error::TimeWentBack { last: self.tick() });
        }
        let before = std::mem::replace(&mut self.now, now.0);
        let result = self.dispatch(operation);
        if result.is_err() {
            self.now = before;
        }
        result
    }

    fn dispatch(&mut self, operation: Operation) -> Result<Did, Error> {
        let is_trade = matches!(
            operation,
            Operation::OpenJob { .. } | Operation::Transfer { .. }
        );
        if is_trade && self.is_halted() {
            return Err(Error::Halted);
        }
        if let Operation::OpenJob { .. } = operation {
            return self.open_job(operation).map(Did::Opened);
        }
        let outcome = self.stake_operation(operation)?;
        Ok(Did::Outcome(outcome))
    }

    fn stake_operation(&mut self, operation: Operation) -> Result<Outcome, Error> {
        match operation {
            Operation::Bond { provider, amount } => {
                self.bond(self.provider(provider)?, amount.base_units())
            }
            Operation::Unbond { provider, amount } => {
                self.unbond(self.provider(provider)?, amount.base_units())
            }
            Operation::Withdraw { participant } => {
                let id = self.participant(participant)?;
                Ok(self.withdraw(id))
            }
            Operation::Exit { provider } => self.exit(self.provider(provider)?),
            Operation::Delegate {
                delegator,
                provider,
                amount,
            } => self.delegate(delegator.0, self.provider(provider)?, amount.base_units()),
            Operation::Undelegate {
                delegator,
                provider,
                amount,
            } => self.undelegate(delegator.0, self.provider(provider)?, amount.base_units()),
            Operation::Commit { provider, tier } => self.commit(self.provider(provider)?, tier),
            Operation::Claim { provider } => {
                let v = self.provider(provider)?;
                Ok(self.claim(v))
            }
            Operation::ClaimDelegation {
                delegator,
                provider,
            } => self.claim_delegation(self.provider(provider)?, delegator.0),
            Operation::SetCommission {
                provider,
                commission,
            } => self.set_commission(self.provider(provider)?, commission),
            Operation::TopUp { provider, amount } => {
                self.top_up(self.provider(provider)?, amount.base_units())
            }
            Operation::Redelegate {
                delegator,
                from,
                to,
                amount,
            } => {
                let (from, to) = (self.provider(from)?, self.provider(to)?);
                self.redelegate(delegator.0, from, to, amount.base_units())
            }
            Operation::UserStake {
                participant,
                amount,
            } => self.user_stake(self.participant(participant)?, amount.base_units(), true),
            Operation::UserUnstake {
                participant,
                amount,
            } => self.user_stake(self.participant(participant)?, amount.base_units(), false),
            Operation::RecordContribution {
                by,
                kind,
                utility,
                quality,
            } => self.record_contribution(self.participant(by)?, kind, utility, quality),
            Operation::Vouch {
                participant,
                amount,
            } => self.vouch(self.participant(participant)?, amount.base_units()),
            Operation::Unvouch {
                participant,
                amount,
            } => self.unvouch(self.participant(participant)?, amount.base_units()),
            Operation::ClaimContribution { participant } => {
                let person = self.participant(participant)?;
                Ok(self.claim_contribution(person))
            }
            Operation::ForfeitContribution { participant, share } => {
                self.forfeit_contribution(self.participant(participant)?, share)
            }
            Operation::Propose { by, action } => self.propose(self.participant(by)?, action),
            Operation::Vote {
                voter,
                proposal,
                choice,
            } => self.vote(self.participant(voter)?, proposal, choice),
            Operation::Execute { proposal } => self.execute(proposal),
            Operation::HaltTrading => self.halt(),
            Operation::ResumeTrading => self.resume(),
            Operation::Appeal { case } => self.appeal(case.0),
            Operation::ResolveAppeal { case, is_upheld } => self.resolve(case.0, is_upheld),
            Operation::Unjail { provider } => self.unjail(self.provider(provider)?),
            other => self.other_operation(other),
        }
    }

    fn other_operation(&mut self, operation: Operation) -> Result<Outcome, Error> {
        match operation {
            Operation::Genesis { to, amount } => self.genesis(to, amount),
            Operation::Transfer { from, to, amount } => self.trade(from, to, amount),
            Operation::Register {
                owner,
                kind,
                gpus,
                tier,
                commission,
            } => self.register(owner, kind, gpus, tier, commission),
            Operation::FundJob { job, amount } => self.fund_job(job, amount.base_units()),
            Operation::SettleJob {
                job,
                provider,
                usage,
            } => self.settle_job(job, self.provider(provider)?, usage),
            Operation::CloseJob { job } => self.close_job(job),
            Operation::FailJob {
                job,
                provider,
                loss,
                is_fault,
            } => {
                self.provider(provider)?;
                self.fail_job(job, loss, is_fault)
            }
            Operation::RecordMeasurement { .. } => self.record(operation),
            Operation::ReportViolation { .. } => self.report(operation),
            Operation::ObserveLoad {
                group,
                busy,
                capacity,
            } => self.observe_load(self.tick(), usize::from(group.0), busy, capacity),
            Operation::ObserveKindLoad {
                kind,
                busy,
                capacity,
            } => self.observe_kind(usize::from(kind.0), busy, capacity),
            Operation::ObservePrice { price } => self.observe_price(price),
            other => unreachable!("{other:?} has its arm elsewhere"),
        }
    }

    fn genesis(&mut self, to: Account, amount: Amount) -> Result<Outcome, Error> {
        if self.epoch > 0 {
            return Err(Error::GenesisIsOver);
        }
        // No page says who may have what at genesis; these may, and nothing that is somebody's stake or claim.
        match to {
            Account::Liquid(id) => {
                self.participant(id)?;
            }
            Account::Treasury | Account::Insurance | Account::Platform | Account::Locked => {}
            _ => return Err(Error::OutOfRange),
        }
        self.move_free(Account::Issuance, to, amount, "genesis")
    }

    fn trade(
        &mut self,
        from: ParticipantId,
        to: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        if amount.is_zero() {
            return Err(Error::ZeroAmount);
        }
        self.participant(from)?;
        self.participant(to)?;
        self.move_free(Account::Liquid(from), Account::Liquid(to), amount, "trade")
    }

    fn move_free(
        &mut self,
        from: Account,
        to: Account,
        amount: Amount,
        reason: &'static str,
    ) -> Result<Outcome, Error> {
        if amount.is_zero() {
            return Err(Error::ZeroAmount);
        }
        let available = Amount::new(self.balance(from));
        if available < amount {
            return Err(Error::InsufficientBalance { available });
        }
        self.post(from, to, amount.base_units(), reason);
        Ok(Outcome::Done)
    }

    fn register(
        &mut self,
        owner: ParticipantId,
        kind: KindId,
        gpus: u32,
        tier: u8,
        commission: Ratio,
    ) -> Result<Outcome, Error> {
        let owner = self.participant(owner)?;
        if usize::from(kind.0) >= self.kinds.len() {
            return Err(Error::UnknownKind);
        }
        if gpus == 0 || tier > 2 || commission > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        let id = ProviderId(self.providers.len() as u32);
        let growth = u64::from(self.params.growth.epochs);
        self.providers.push(Provider {
            owner,
            kind: usize::from(kind.0),
            gpus: u128::from(gpus),
            tier: usize::from(tier),
            commission: u128::from(commission.parts()),
            standing: Standing::Registered,
            base: 0,
            score: ONE,
            weight: 0,
            waits: false,
            pools: [0; 3],
            commitment: None,
            committed: ONE,
            tenure: 0,
            tenure_due: None,
            grows_until: (growth > 0).then(|| self.epoch + growth),
            accrued: Default::default(),
            unclaimed: 0,
            share_index: 0,
            delegations: Default::default(),
            entries: Vec::new(),
            additions: Vec::new(),
            measured: None,
            window: Vec::new(),
            offences: vec![Offence::default(); stakesim_protocol::ViolationKind::ALL.len()],
            terms: Vec::new(),
            recovery_due: None,
            ramp: None,
            ramp_cases: Vec::new(),
            has_left: false,
            reported: None,
            moves: Vec::new(),
            commission_base: u128::from(commission.parts()),
        });
        Ok(Outcome::Registered(id))
    }

    fn set_commission(&mut self, v: usize, commission: Ratio) -> Result<Outcome, Error> {
        if commission > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        let base = self.providers[v].commission_base;
        let most = parts(self.params.bond.commission_step_max);
        if parts(commission).abs_diff(base) > most {
            let base = Ratio::from_parts(base as u64);
            return Err(Error::CommissionStep { base });
        }
        self.settle(v, 0);
        self.providers[v].commission = u128::from(commission.parts());
        Ok(Outcome::Done)
    }

    fn record(&mut self, operation: Operation) -> Result<Outcome, Error> {
        let Operation::RecordMeasurement {
            provider,
            up,
            jobs,
            failed,
            response,
            rating,
        } = operation
        else {
            unreachable!("its own arm")
        };
        let v = self.provider(provider)?;
        if up > Ratio::ONE || failed > jobs {
            return Err(Error::OutOfRange);
        }
        let standing = self.providers[v].standing;
        if matches!(standing, Standing::Tombstoned | Standing::Exited) {
            return Err(Error::WrongStanding(standing));
        }
        if self.providers[v].measured.is_some() {
            return Err(Error::TooSoon);
        }
        self.providers[v].measured = Some(Measurement {
            up: u128::from(up.parts()),
            jobs: u128::from(jobs),
            failed: u128::from(failed),
            response: u128::from(response.parts()),
            rating: u128::from(rating.parts()),
        });
        self.measured.push(v);
        Ok(Outcome::Done)
    }

    fn report(&mut self, operation: Operation) -> Result<Outcome, Error> {
        let Operation::ReportViolation {
            provider,
            kind,
            at,
            reporter,
            victim,
            loss,
            severity,
        } = operation
        else {
            unreachable!("its own arm")
        };
        let v = self.provider(provider)?;
        if at.0 > self.now {
            return Err(Error::EvidenceFromTheFuture);
        }
        if at.0 < self.evidence_from(v) {
            return Err(Error::EvidenceTooOld);
        }
        for person in [reporter, victim].into_iter().flatten() {
            self.participant(person)?;
        }
        if loss > self.params.supply.max || severity > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        self.providers[v].reported = Some(self.epoch);
        self.reports.push(Report {
            provider: v,
            kind,
            at: at.0,
            reporter: reporter.map(|id| id.0),
            victim: victim.map(|id| id.0),
            loss: loss.base_units(),
            severity: parts(severity),
        });
        Ok(Outcome::Done)
    }

    fn observe_kind(&mut self, kind: usize, busy: u64, capacity: u64) -> Result<Outcome, Error> {
        let Some(kind) = self.kinds.get_mut(kind) else {
            return Err(Error::UnknownKind);
        };
        if busy > capacity {
            return Err(Error::OutOfRange);
        }
        if kind.is_observed {
            return Err(Error::TooSoon);
        }
        // No page says whether a load of no capacity is the epoch's one; the network takes it for none.
        kind.is_observed = capacity > 0;
        kind.load = Some((u128::from(busy), u128::from(capacity)));
        Ok(Outcome::Done)
    }

    fn observe_price(&mut self, price: TokenPrice) -> Result<Outcome, Error> {
        let price = u128::from(price.nano_per_token());
        if price == 0 {
            return Err(Error::OutOfRange);
        }
        if self.prices.oracle.is_none() {
            self.prices.oracle = Some(price);
            self.prices.first = price;
            self.prices.smoothed = price;
            self.prices.reference = price;
        } else {
            self.prices.pending = Some(price);
        }
        Ok(Outcome::Done)
    }
}
