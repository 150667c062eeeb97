//! Operations: one match that names every one. Each is checked in full before it changes anything.

mod appealing;
mod bonding;
mod committing;
mod contributing;
mod delegating;
mod failing;
mod governing;
mod halting;
mod observing;
mod paying;
mod redelegating;
mod staking;
mod working;

use units::Amount;

use crate::account::{Account, Asset};
use crate::error::Error;
use crate::ids::{Cause, Tick};
use crate::operation::{Operation, Outcome};
use crate::reason::Reason;
use crate::state::{Protocol, Report};

impl Protocol {
    /// Does what is asked, or refuses it and changes nothing.
    ///
    /// `now` never goes back; `cause` is carried by every posting and event.
    pub fn apply(
        &mut self,
        now: Tick,
        cause: Cause,
        operation: Operation,
    ) -> Result<Outcome, Error> {
        let before = self.now;
        if now < before {
            return Err(Error::TimeWentBack { last: before });
        }
        self.now = now;
        self.ledger.stamp(now);
        let outcome = self.dispatch(cause, operation);
        if outcome.is_err() {
            self.now = before;
            self.ledger.stamp(before);
        }
        outcome
    }

    #[inline]
    #[rustfmt::skip] // a line for each operation
    fn dispatch(&mut self, cause: Cause, operation: Operation) -> Result<Outcome, Error> {
        use Operation::*;
        match operation {
            SettleJob { job, provider, usage } => self.settle_job(cause, job, provider, usage),
            OpenJob { customer, group, kind, escrow, region, priority } =>
                self.open_job(cause, customer, (group, kind), escrow, (region, priority)),
            CloseJob { job } => self.close_job(cause, job),
            FundJob { job, amount } => self.fund_job(cause, job, amount),

            Register { owner, kind, gpus, tier, commission } => self.register(owner, kind, gpus, tier, commission),
            Bond { provider, amount } => self.bond(cause, provider, amount),
            Unbond { provider, amount } => self.unbond(cause, provider, amount),
            Exit { provider } => self.exit(cause, provider),

            Delegate { delegator, provider, amount } => self.delegate(cause, delegator, provider, amount),
            Undelegate { delegator, provider, amount } => self.undelegate(cause, delegator, provider, amount),
            SetCommission { provider, commission } => self.set_commission(provider, commission),

            Genesis { to, amount } => self.genesis(cause, to, amount),
            Transfer { from, to, amount } => self.trade(cause, from, to, amount),
            Withdraw { participant } => self.withdraw(cause, participant),
            Claim { provider } => self.claim(cause, provider),
            ClaimDelegation { delegator, provider } => self.claim_delegation(cause, delegator, provider),

            RecordMeasurement { provider, up, jobs, failed, response, rating } =>
                self.record_measurement(provider, up, jobs, failed, response, rating),
            ReportViolation { provider, kind, at, reporter, victim, loss, severity } =>
                self.report_violation(Report { provider, kind, at, reporter, victim, loss, severity, cause }),
            ObserveLoad { group, busy, capacity } => self.observe_load(group, busy, capacity),
            ObserveKindLoad { kind, busy, capacity } => self.observe_kind_load(kind, busy, capacity),
            ObservePrice { price } => self.observe_price(price),

            Commit { provider, tier } => self.commit(provider, tier),
            Appeal { case } => self.appeal(cause, case),
            ResolveAppeal { case, is_upheld } => self.resolve_appeal(cause, case, is_upheld),
            Unjail { provider } => self.unjail(provider),
            TopUp { provider, amount } => self.top_up(cause, provider, amount),
            Redelegate { delegator, from, to, amount } => self.redelegate(cause, delegator, from, to, amount),
            UserStake { participant, amount } => self.lock_user_stake(cause, participant, amount),
            UserUnstake { participant, amount } => self.free_user_stake(cause, participant, amount),
            FailJob { job, provider, loss, is_fault } => self.fail_job(cause, job, provider, loss, is_fault),
            RecordContribution { by, kind, utility, quality } => self.record_contribution(by, kind, utility, quality),
            Vouch { participant, amount } => self.vouch(cause, participant, amount),
            Unvouch { participant, amount } => self.unvouch(participant, amount),
            ClaimContribution { participant } => self.claim_contribution(cause, participant),
            ForfeitContribution { participant, share } => self.forfeit_contribution(cause, participant, share),

            Propose { by, action } => self.propose(cause, by, action),
            Vote { voter, proposal, choice } => self.vote(voter, proposal, choice),
            Execute { proposal } => self.execute(cause, proposal),
            HaltTrading => self.halt_trading(),
            ResumeTrading => self.resume_trading(),
            DepositStable { participant, amount } => self.deposit_stable(cause, participant, amount),
            RedeemStable { participant, amount } => self.redeem_stable(cause, participant, amount),
        }
    }

    /// Moves what was found to be there, in the asset of its reason. Panics when they are not: the check before it was wrong.
    #[inline]
    pub(crate) fn post(
        &mut self,
        from: Account,
        to: Account,
        amount: Amount,
        reason: Reason,
        cause: Cause,
    ) {
        let asset = self.asset_of(reason);
        let moved = self.ledger.transfer(asset, from, to, amount, reason, cause);
        moved.expect("the balance was checked: a bug");
    }

    /// That an account holds at least an amount of the native token.
    #[inline]
    fn require_balance(&self, account: Account, amount: Amount) -> Result<(), Error> {
        self.require_of(Asset::Native, account, amount)
    }

    /// That an account holds at least an amount of what is bonded.
    #[inline]
    fn require_bond_asset(&self, account: Account, amount: Amount) -> Result<(), Error> {
        self.require_of(self.params.bond.asset, account, amount)
    }

    fn require_of(&self, asset: Asset, account: Account, amount: Amount) -> Result<(), Error> {
        let available = self.ledger.balance(asset, account);
        if available < amount {
            Err(Error::InsufficientBalance { available })
        } else {
            Ok(())
        }
    }
}

/// That an amount is above zero.
fn require_some(amount: Amount) -> Result<(), Error> {
    if amount.is_zero() {
        Err(Error::ZeroAmount)
    } else {
        Ok(())
    }
}

/// That a value lies in its range.
fn require_range(holds: bool) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(Error::OutOfRange)
    }
}
