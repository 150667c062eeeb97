//! Jobs that fail: the escrow goes back, and the insurance pool pays for a provider's fault.

use units::Amount;

use super::require_range;
use crate::account::Account;
use crate::error::Error;
use crate::ids::{Cause, JobId, ProviderId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn fail_job(
        &mut self,
        cause: Cause,
        id: JobId,
        provider: ProviderId,
        loss: Amount,
        is_fault: bool,
    ) -> Result<Outcome, Error> {
        self.provider(provider)?;
        // Nobody loses more than there is.
        require_range(loss <= self.params.supply.max)?;
        let customer = self.jobs.job(id)?.customer;
        let Outcome::Closed { refund } = self.close_job(cause, id)? else {
            unreachable!("closing a job closes it: a bug")
        };
        let payout = if is_fault {
            self.compute_payout(loss)
        } else {
            Amount::ZERO
        };
        self.post(
            Account::Insurance,
            Account::Liquid(customer),
            payout,
            Reason::InsurancePayout,
            cause,
        );
        Ok(Outcome::Failed { refund, payout })
    }

    /// `min(⌊cover · loss⌋, ⌊claim_max · pool⌋)`.
    fn compute_payout(&self, loss: Amount) -> Amount {
        let insurance = &self.params.insurance;
        let most = insurance
            .claim_max
            .mul_floor(self.native(Account::Insurance));
        insurance.cover.mul_floor(loss).min(most)
    }
}
