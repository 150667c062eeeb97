//! Contributions are recorded, vouched for, claimed and forfeited. What they are worth is decided at the close.

use units::{Amount, Ratio};

use super::{require_range, require_some};
use crate::account::Account;
use crate::contribution::{ContributionKind, Leaving};
use crate::error::Error;
use crate::ids::{Cause, ParticipantId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::state::Protocol;

impl Protocol {
    fn require_known(&self, id: ParticipantId) -> Result<(), Error> {
        if self.knows(id) {
            Ok(())
        } else {
            Err(Error::UnknownParticipant)
        }
    }

    /// Points are `⌊quality · utility⌋`; those of data and models need a bond that covers the whole epoch's.
    pub(super) fn record_contribution(
        &mut self,
        by: ParticipantId,
        kind: ContributionKind,
        utility: u64,
        quality: Ratio,
    ) -> Result<Outcome, Error> {
        self.require_known(by)?;
        require_range(quality <= Ratio::ONE)?;
        let points = quality.mul_floor(Amount::new(u128::from(utility)));
        // At most the utility, since quality is at most one.
        let points = points.base_units() as u64;
        let per_point = self.params.contribution.bond_per_point;
        let bond = self.contributions.vouched(by);
        if kind.is_vouched() && !self.contributions.is_covered(by, points, bond, per_point) {
            return Err(Error::NotVouched);
        }
        self.contributions.add_points(kind, by, points);
        Ok(Outcome::Contributed { points })
    }

    pub(super) fn vouch(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        self.require_known(id)?;
        require_some(amount)?;
        self.require_bond_asset(Account::Liquid(id), amount)?;
        let (from, to) = (Account::Liquid(id), Account::Vouched(id));
        self.post(from, to, amount, Reason::Vouch, cause);
        let contributor = self.contributions.contributors.entry(id).or_default();
        contributor.vouched += amount;
        Ok(Outcome::Done)
    }

    /// It stays in the vouched account until it is due, so that nobody runs from a verdict.
    pub(super) fn unvouch(&mut self, id: ParticipantId, amount: Amount) -> Result<Outcome, Error> {
        self.require_known(id)?;
        require_some(amount)?;
        let available = self.contributions.vouched(id);
        let Some(rest) = available.checked_sub(amount) else {
            return Err(Error::InsufficientBalance { available });
        };
        let per_point = self.params.contribution.bond_per_point;
        if !self.contributions.is_covered(id, 0, rest, per_point) {
            return Err(Error::NotVouched);
        }
        let due_epoch = self.epoch.saturating_add(self.params.bond.unbonding_epochs);
        let contributor = self.contributions.contributors.entry(id).or_default();
        contributor.vouched = rest;
        match contributor.leaving.last_mut() {
            Some(last) if last.due_epoch == due_epoch => last.amount += amount,
            _ => {
                contributor.leaving.push(Leaving { due_epoch, amount });
                self.contributions
                    .dues
                    .entry(due_epoch)
                    .or_default()
                    .push(id);
            }
        }
        let epoch = due_epoch;
        Ok(Outcome::Unbonding { amount, epoch })
    }

    pub(super) fn claim_contribution(
        &mut self,
        cause: Cause,
        id: ParticipantId,
    ) -> Result<Outcome, Error> {
        self.require_known(id)?;
        let Some(contributor) = self.contributions.contributors.get_mut(&id) else {
            return Ok(Outcome::Claimed(Amount::ZERO));
        };
        contributor.settle(&self.params.contribution, self.epoch);
        let amount = core::mem::take(&mut contributor.claimable);
        let (from, to) = (Account::RewardPool, Account::Liquid(id));
        self.post(from, to, amount, Reason::ContributionClaim, cause);
        self.contributions.drop_empty(id);
        Ok(Outcome::Claimed(amount))
    }

    /// Takes a share of what has not vested, to the treasury, and of the vouching bond, what is leaving included, to
    /// the insurance pool. Every share rounds down; what has vested is the contributor's.
    pub(super) fn forfeit_contribution(
        &mut self,
        cause: Cause,
        id: ParticipantId,
        share: Ratio,
    ) -> Result<Outcome, Error> {
        self.require_known(id)?;
        require_range(share <= Ratio::ONE)?;
        let (mut held_back, mut vouched) = (Amount::ZERO, Amount::ZERO);
        if let Some(contributor) = self.contributions.contributors.get_mut(&id) {
            contributor.settle(&self.params.contribution, self.epoch);
            for schedule in &mut contributor.schedules {
                let take = share.mul_floor(schedule.held());
                schedule.forfeited += take;
                held_back += take;
            }
            contributor.schedules.retain(|it| !it.held().is_zero());
            let leaving = contributor.leaving.iter_mut().map(|it| &mut it.amount);
            for amount in core::iter::once(&mut contributor.vouched).chain(leaving) {
                let take = share.mul_floor(*amount);
                *amount -= take;
                vouched += take;
            }
            contributor.leaving.retain(|it| !it.amount.is_zero());
        }
        let (pool, treasury) = (Account::RewardPool, Account::Treasury);
        self.post(
            pool,
            treasury,
            held_back,
            Reason::ContributionForfeit,
            cause,
        );
        let (bond, insurance) = (Account::Vouched(id), Account::Insurance);
        self.post(bond, insurance, vouched, Reason::VouchForfeit, cause);
        self.contributions.drop_empty(id);
        Ok(Outcome::Forfeited { held_back, vouched })
    }
}
