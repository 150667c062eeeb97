//! Jobs: escrow, payment by use, refund. The busiest operations; nothing here allocates once the slab has grown.

use units::{Amount, wide};

use crate::account::Account;
use crate::error::Error;
use crate::ids::{Cause, GroupId, JobId, KindId, ParticipantId, ProviderId};
use crate::jobs::Job;
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::Protocol;

const NS_PER_HOUR: u64 = 3_600_000_000_000;

impl Protocol {
    #[inline]
    pub(super) fn open_job(
        &mut self,
        cause: Cause,
        customer: ParticipantId,
        group: GroupId,
        kind: KindId,
        escrow: Amount,
    ) -> Result<Outcome, Error> {
        self.require_trading()?;
        if !self.knows(customer) {
            return Err(Error::UnknownParticipant);
        }
        if group.index() >= self.groups.len() {
            return Err(Error::UnknownGroup);
        }
        if self
            .kinds
            .get(kind.index())
            .ok_or(Error::UnknownKind)?
            .group
            != group
        {
            return Err(Error::WrongGroup);
        }
        let rate = self.job_rate(kind).ok_or(Error::NoPrice)?;
        self.require_balance(Account::Liquid(customer), escrow)?;
        self.post(
            Account::Liquid(customer),
            Account::JobEscrow,
            escrow,
            Reason::EscrowOpen,
            cause,
        );
        Ok(Outcome::JobOpened(self.jobs.insert(Job {
            customer,
            kind,
            escrow,
            rate,
        })))
    }

    pub(super) fn fund_job(
        &mut self,
        cause: Cause,
        id: JobId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let Job { customer, kind, .. } = *self.jobs.job(id)?;
        let rate = self.job_rate(kind).ok_or(Error::NoPrice)?;
        self.require_balance(Account::Liquid(customer), amount)?;
        self.post(
            Account::Liquid(customer),
            Account::JobEscrow,
            amount,
            Reason::EscrowOpen,
            cause,
        );
        let job = self.jobs.job_mut(id)?;
        job.escrow += amount;
        job.rate = rate;
        Ok(Outcome::Done)
    }

    /// Pays `min(⌊usage · rate⌋, escrow)`. Every share rounds down; the treasury has the remainder.
    #[inline]
    pub(super) fn settle_job(
        &mut self,
        cause: Cause,
        id: JobId,
        provider: ProviderId,
        usage: u64,
    ) -> Result<Outcome, Error> {
        let paid = self.provider(provider)?;
        if paid.standing == Standing::Tombstoned {
            return Err(Error::WrongStanding(Standing::Tombstoned));
        }
        let owner = paid.owner;
        let job = self.jobs.job_mut(id)?;
        let due = wide::mul_div_floor_by::<NS_PER_HOUR>(u128::from(usage), job.rate.base_units());
        let gross = Amount::new(due).min(job.escrow);
        job.escrow -= gross;
        let fees = &self.params.fees;
        let to_provider = fees.provider.mul_floor(gross);
        let platform = fees.platform.mul_floor(gross);
        let insurance = fees.insurance.mul_floor(gross);
        let burned = fees.burn.mul_floor(gross);
        let treasury = gross - to_provider - platform - insurance - burned;
        let (treasury, insurance) = self.guards.route_fee(treasury, insurance);
        self.post(
            Account::JobEscrow,
            Account::Liquid(owner),
            to_provider,
            Reason::JobProvider,
            cause,
        );
        self.post(
            Account::JobEscrow,
            Account::Platform,
            platform,
            Reason::FeePlatform,
            cause,
        );
        self.post(
            Account::JobEscrow,
            Account::Treasury,
            treasury,
            Reason::FeeTreasury,
            cause,
        );
        self.post(
            Account::JobEscrow,
            Account::Insurance,
            insurance,
            Reason::FeeInsurance,
            cause,
        );
        self.post(
            Account::JobEscrow,
            Account::Issuance,
            burned,
            Reason::FeeBurn,
            cause,
        );
        Ok(Outcome::Settled {
            gross,
            provider: to_provider,
            platform,
            treasury,
            insurance,
            burned,
        })
    }

    #[inline]
    pub(super) fn close_job(&mut self, cause: Cause, id: JobId) -> Result<Outcome, Error> {
        let Job {
            customer,
            escrow: refund,
            ..
        } = self.jobs.remove(id)?;
        self.post(
            Account::JobEscrow,
            Account::Liquid(customer),
            refund,
            Reason::EscrowRefund,
            cause,
        );
        Ok(Outcome::Closed { refund })
    }
}
