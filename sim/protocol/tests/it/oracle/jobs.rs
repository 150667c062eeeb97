//! Jobs: escrow, rates, settlement, refund; and the hourly price of a group.

use stakesim_protocol::{
    Account, Error, JobId, Operation, Outcome, ParticipantId, Standing, VestingCover,
};
use units::{Amount, Ratio};

use super::number::{floor, part, parts};
use super::state::Oracle;
use super::things::Job;

const HOUR: u128 = 3_600_000_000_000;

impl Oracle {
    fn escrow_of(&self, customer: u32, amount: u128) -> Result<(), Error> {
        let available = self.balance(Account::Liquid(ParticipantId(customer)));
        if available < amount {
            let available = Amount::new(available);
            return Err(Error::InsufficientBalance { available });
        }
        Ok(())
    }

    fn escrow(&mut self, customer: u32, amount: u128) {
        let from = Account::Liquid(ParticipantId(customer));
        self.post(from, Account::JobEscrow, amount, "escrow_open");
    }

    /// Opens a job; the network's own id joins it later.
    pub fn open_job(&mut self, operation: Operation) -> Result<Job, Error> {
        let Operation::OpenJob {
            customer,
            group,
            kind,
            escrow,
            region,
            priority,
        } = operation
        else {
            unreachable!("its own arm")
        };
        let (group, kind) = (usize::from(group.0), usize::from(kind.0));
        let (region, priority) = (usize::from(region), usize::from(priority));
        if customer.0 >= self.people {
            return Err(Error::UnknownParticipant);
        }
        if group >= self.groups.len() {
            return Err(Error::UnknownGroup);
        }
        if kind >= self.kinds.len() {
            return Err(Error::UnknownKind);
        }
        if self.kinds[kind].group != group {
            return Err(Error::WrongGroup);
        }
        if self.prices.oracle.is_none() {
            return Err(Error::NoPrice);
        }
        if region >= self.params.valuation.region.len() {
            return Err(Error::UnknownRegion);
        }
        let rate = self
            .rate_of(kind, region, priority)
            .ok_or(Error::OutOfRange)?;
        let amount = escrow.base_units();
        self.escrow_of(customer.0, amount)?;
        self.escrow(customer.0, amount);
        Ok(Job {
            customer: customer.0,
            kind,
            escrow: amount,
            rate,
            region,
            priority,
        })
    }

    /// Closes a job that has failed; what the insurance pool pays.
    pub fn fail_job(&mut self, id: JobId, loss: Amount, is_fault: bool) -> Result<Outcome, Error> {
        if loss > self.params.supply.max {
            return Err(Error::OutOfRange);
        }
        let customer = self.jobs.get(&id.0).ok_or(Error::UnknownJob)?.customer;
        let Outcome::Closed { refund } = self.close_job(id)? else {
            unreachable!("a close tells its refund")
        };
        let insurance = &self.params.insurance;
        let payout = match is_fault {
            true => part(parts(insurance.cover), loss.base_units()).min(part(
                parts(insurance.claim_max),
                self.balance(Account::Insurance),
            )),
            false => 0,
        };
        let to = Oracle::liquid(customer);
        self.post(Account::Insurance, to, payout, "insurance_payout");
        let payout = Amount::new(payout);
        Ok(Outcome::Failed { refund, payout })
    }

    pub fn fund_job(&mut self, id: JobId, amount: u128) -> Result<Outcome, Error> {
        let job = self.jobs.get(&id.0).ok_or(Error::UnknownJob)?;
        let (customer, kind) = (job.customer, job.kind);
        let rate = self.rate_of(kind, job.region, job.priority);
        let rate = rate.ok_or(Error::NoPrice)?;
        self.escrow_of(customer, amount)?;
        self.escrow(customer, amount);
        let job = self.jobs.get_mut(&id.0).expect("looked up above");
        job.escrow += amount;
        job.rate = rate;
        Ok(Outcome::Done)
    }

    pub fn settle_job(&mut self, id: JobId, v: usize, usage: u64) -> Result<Outcome, Error> {
        if self.providers[v].standing == Standing::Tombstoned {
            return Err(Error::WrongStanding(Standing::Tombstoned));
        }
        let job = self.jobs.get(&id.0).ok_or(Error::UnknownJob)?;
        let gross = floor(u128::from(usage), job.rate, HOUR).min(job.escrow);
        let fees = &self.params.fees;
        let share = |ratio: Ratio| part(u128::from(ratio.parts()), gross);
        let (provider, platform) = (share(fees.provider), share(fees.platform));
        let (insurance, burned) = (share(fees.insurance), share(fees.burn));
        let verification = share(fees.verification);
        let treasury = gross - provider - platform - insurance - burned - verification;
        let rebate = part(self.discount(job.customer), gross).min(platform + treasury);
        let treasury = treasury - (rebate - rebate.min(platform));
        let platform = platform - rebate.min(platform);
        let (treasury, insurance) = match self.guards.insurance_first {
            true => (0, insurance + treasury),
            false => (treasury, insurance),
        };
        let owner = Account::Liquid(ParticipantId(self.providers[v].owner));
        let escrow = Account::JobEscrow;
        let delegators = self.share_pay(v, provider);
        let own = provider - delegators;
        let held = match self.params.vesting.covers {
            VestingCover::Rewards => 0,
            VestingCover::RewardsAndJobs => part(self.held_share(v), own),
        };
        self.post(escrow, owner, own - held, "job_provider");
        self.post(escrow, Account::Platform, platform, "fee_platform");
        self.post(escrow, Account::Treasury, treasury, "fee_treasury");
        self.post(escrow, Account::Insurance, insurance, "fee_insurance");
        self.post(escrow, Account::Issuance, burned, "fee_burn");
        let pool = Account::VerificationPool;
        self.post(escrow, pool, verification, "fee_verification");
        self.post(escrow, Account::RewardPool, delegators, "job_delegators");
        self.hold(v, escrow, held, "job_hold");
        self.jobs.get_mut(&id.0).expect("looked up above").escrow -= gross - rebate;
        Ok(Outcome::Settled {
            gross: Amount::new(gross),
            rebate: Amount::new(rebate),
            provider: Amount::new(provider),
            platform: Amount::new(platform),
            treasury: Amount::new(treasury),
            insurance: Amount::new(insurance),
            burned: Amount::new(burned),
            verification: Amount::new(verification),
            delegators: Amount::new(delegators),
            held: Amount::new(held),
        })
    }

    pub fn close_job(&mut self, id: JobId) -> Result<Outcome, Error> {
        let job = self.jobs.remove(&id.0).ok_or(Error::UnknownJob)?;
        let to = Account::Liquid(ParticipantId(job.customer));
        self.post(Account::JobEscrow, to, job.escrow, "escrow_refund");
        let refund = Amount::new(job.escrow);
        Ok(Outcome::Closed { refund })
    }
}
