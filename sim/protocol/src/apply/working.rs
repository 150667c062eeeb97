//! Jobs: escrow, payment by use, refund. The busiest operations; nothing here allocates once the slab has grown.

use units::{Amount, wide};

use super::require_range;
use crate::account::Account;
use crate::canary::Plant;
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
        (group, kind): (GroupId, KindId),
        escrow: Amount,
        (region, priority): (u8, u8),
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
        let of_region = self.region_factor(region)?;
        require_range(usize::from(priority) < self.params.valuation.priority.len())?;
        let rate = self.compute_valuation(rate, of_region, priority);
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
            region,
            priority,
        })))
    }

    pub(super) fn fund_job(
        &mut self,
        cause: Cause,
        id: JobId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let Job {
            customer,
            kind,
            region,
            priority,
            ..
        } = *self.jobs.job(id)?;
        let rate = self.job_rate(kind).ok_or(Error::NoPrice)?;
        let of_region = self.region_factor(region)?;
        let rate = self.compute_valuation(rate, of_region, priority);
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

    /// Pays `min(⌊usage · rate⌋, escrow)`. Every share rounds down; the treasury has the remainder. The customer's rebate
    /// is the platform's first, then the treasury's, and stays in the escrow. What delegators have of the provider's share rounds down, and
    /// what is held back of the rest.
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
        let job = self.jobs.job(id)?;
        let gross = compute_gross(usage, job.rate).min(job.escrow);
        let discount = self.user_discount(job.customer);
        let fees = &self.params.fees;
        let to_provider = fees.provider.mul_floor(gross);
        let platform = fees.platform.mul_floor(gross);
        let insurance = fees.insurance.mul_floor(gross);
        let burned = fees.burn.mul_floor(gross);
        let verification = fees.verification.mul_floor(gross);
        let treasury = gross - to_provider - platform - insurance - burned - verification;
        let rebate = discount.mul_floor(gross).min(platform + treasury);
        let treasury = treasury - rebate.saturating_sub(platform);
        let platform = platform.saturating_sub(rebate);
        self.jobs.job_mut(id)?.escrow -= gross - rebate;
        let (treasury, insurance) = self.guards.route_fee(treasury, insurance);
        let delegators = self.share_pay(provider, to_provider);
        let own = to_provider - delegators;
        let held = self.held_of_job(provider, own);
        let owner = Account::Liquid(owner);
        let pool = Account::VerificationPool;
        for (to, amount, reason) in [
            (owner, own - held, Reason::JobProvider),
            (Account::Platform, platform, Reason::FeePlatform),
            (Account::Treasury, treasury, Reason::FeeTreasury),
            (Account::Insurance, insurance, Reason::FeeInsurance),
            (Account::Issuance, burned, Reason::FeeBurn),
            (pool, verification, Reason::FeeVerification),
            (
                Account::RewardPool,
                Plant::SharedFees.short(delegators),
                Reason::JobDelegators,
            ),
        ] {
            self.post(Account::JobEscrow, to, amount, reason, cause);
        }
        self.hold(cause, provider, (Account::JobEscrow, Reason::JobHold), held);
        Ok(Outcome::Settled {
            gross,
            rebate,
            provider: to_provider,
            platform,
            treasury,
            insurance,
            burned,
            verification,
            delegators,
            held,
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

/// `⌊usage · rate⌋`, held where it no longer fits: more than anybody has in escrow.
fn compute_gross(usage: u64, rate: Amount) -> Amount {
    let (usage, rate) = (u128::from(usage), rate.base_units());
    Amount::new(match usage.checked_mul(rate) {
        Some(product) => wide::div_by::<NS_PER_HOUR>(product),
        None => wide::mul_div_rem(usage, rate, u128::from(NS_PER_HOUR))
            .map_or(u128::MAX, |(whole, _)| whole),
    })
}
