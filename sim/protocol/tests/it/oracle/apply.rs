//! The operations, one arm each: who is unknown first, then what each mechanism's own file says.

use stakesim_protocol::{Error, Operation, Outcome, ParticipantId, ProviderId, Tick};

use super::state::Oracle;
use super::things::Job;

/// What an operation did; a new job's id is the network's to choose.
#[derive(Debug)]
pub enum Did {
    Outcome(Outcome),
    Opened(Job),
}

impl Oracle {
    pub fn provider(&self, id: ProviderId) -> Result<usize, Error> {
        let v = id.0 as usize;
        if v < self.providers.len() {
            Ok(v)
        } else {
            Err(Error::UnknownProvider)
        }
    }

    pub fn participant(&self, id: ParticipantId) -> Result<u32, Error> {
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
            other => self.people_operation(other),
        }
    }

    fn people_operation(&mut self, operation: Operation) -> Result<Outcome, Error> {
        match operation {
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
            Operation::DepositStable {
                participant,
                amount,
            } => self.stable(self.participant(participant)?, amount.base_units(), true),
            Operation::RedeemStable {
                participant,
                amount,
            } => self.stable(self.participant(participant)?, amount.base_units(), false),
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
}
