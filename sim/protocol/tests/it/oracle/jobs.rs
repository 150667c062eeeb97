//! Jobs: escrow, rates, settlement, refund; and the hourly price of a group.

use stakesim_protocol::{Account, Error, JobId, Outcome, ParticipantId, Standing, Tick};
use units::{Amount, Ratio};

use super::number::{ONE, floor, of, part};
use super::state::{Job, Oracle};

const HOUR: u128 = 3_600_000_000_000;

impl Oracle {
    /// What a GPU-hour of a kind costs now.
    pub fn rate(&self, kind: usize) -> Option<u128> {
        let price = self.prices.oracle?;
        let kind = &self.kinds[kind];
        let unit = 10u128.pow(u32::from(self.params.supply.decimals));
        let scaled = kind.list * self.groups[kind.group].multiplier;
        Some(floor(scaled, unit, price * 24 * ONE))
    }

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
    pub fn open_job(
        &mut self,
        customer: u32,
        group: usize,
        kind: usize,
        amount: u128,
    ) -> Result<Job, Error> {
        if customer >= self.people {
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
        let rate = self.rate(kind).ok_or(Error::NoPrice)?;
        self.escrow_of(customer, amount)?;
        self.escrow(customer, amount);
        Ok(Job {
            customer,
            kind,
            escrow: amount,
            rate,
        })
    }

    pub fn fund_job(&mut self, id: JobId, amount: u128) -> Result<Outcome, Error> {
        let job = self.jobs.get(&id.0).ok_or(Error::UnknownJob)?;
        let (customer, kind) = (job.customer, job.kind);
        let rate = self.rate(kind).ok_or(Error::NoPrice)?;
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
        let treasury = gross - provider - platform - insurance - burned;
        let owner = Account::Liquid(ParticipantId(self.providers[v].owner));
        let escrow = Account::JobEscrow;
        self.post(escrow, owner, provider, "job_provider");
        self.post(escrow, Account::Platform, platform, "fee_platform");
        self.post(escrow, Account::Treasury, treasury, "fee_treasury");
        self.post(escrow, Account::Insurance, insurance, "fee_insurance");
        self.post(escrow, Account::Issuance, burned, "fee_burn");
        self.jobs.get_mut(&id.0).expect("looked up above").escrow -= gross;
        Ok(Outcome::Settled {
            gross: Amount::new(gross),
            provider: Amount::new(provider),
            platform: Amount::new(platform),
            treasury: Amount::new(treasury),
            insurance: Amount::new(insurance),
            burned: Amount::new(burned),
        })
    }

    pub fn close_job(&mut self, id: JobId) -> Result<Outcome, Error> {
        let job = self.jobs.remove(&id.0).ok_or(Error::UnknownJob)?;
        let to = Account::Liquid(ParticipantId(job.customer));
        self.post(Account::JobEscrow, to, job.escrow, "escrow_refund");
        let refund = Amount::new(job.escrow);
        Ok(Outcome::Closed { refund })
    }

    pub fn observe_load(
        &mut self,
        now: Tick,
        group: usize,
        busy: u64,
        capacity: u64,
    ) -> Result<Outcome, Error> {
        let hour = self.params.hour_ticks;
        let Some(seen) = self.groups.get_mut(group) else {
            return Err(Error::UnknownGroup);
        };
        if busy > capacity {
            return Err(Error::OutOfRange);
        }
        if seen.seen.is_some_and(|tick| now.0 - tick < hour) {
            return Err(Error::TooSoon);
        }
        seen.seen = Some(now.0);
        let (busy, capacity) = (u128::from(busy), u128::from(capacity));
        self.scale.busy += busy;
        self.scale.capacity += capacity;
        if let Some(used) = (capacity > 0).then(|| of(busy, capacity)) {
            seen.multiplier = stepped(&self.params.price, seen.multiplier, used);
        }
        let multiplier = Ratio::from_parts(seen.multiplier as u64);
        Ok(Outcome::Priced(multiplier))
    }
}

fn stepped(price: &stakesim_protocol::PriceParams, multiplier: u128, used: u128) -> u128 {
    let [target, band, gain, step_max, floor, cap] = [
        price.target,
        price.band,
        price.gain,
        price.step_max,
        price.floor,
        price.cap,
    ]
    .map(|ratio| u128::from(ratio.parts()));
    let above = used.saturating_sub(target + band);
    let below = (target - band).saturating_sub(used);
    let step = part(gain, above.max(below)).min(step_max);
    let change = part(step, multiplier);
    let moved = if above > 0 {
        multiplier + change
    } else {
        multiplier - change
    };
    moved.clamp(floor, cap)
}
