//! Customers with an account of their own: which jobs are theirs, what they spend, and their stake for a discount. All
//! others share one account; a scenario without named customers draws nothing here.

use protocol::{Operation, ParticipantId};
use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::actors::customer::{Terms, wanted};
use crate::fleet::pick;
use crate::number::{hours, ratio};
use crate::owners::CLAIM_EVERY;
use crate::purpose;
use crate::world::World;

/// Epochs over which a customer averages its spending.
const MEMORY: f64 = 30.0;

/// A customer with an account of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// Its account.
    pub account: ParticipantId,
    /// Job fees of the running epoch before any discount.
    pub spent: Amount,
    /// Mean of them an epoch, in base units.
    pub per_epoch: f64,
}

impl Customer {
    /// One that has spent nothing.
    #[must_use]
    pub fn new(account: ParticipantId) -> Self {
        Self {
            account,
            spent: Amount::ZERO,
            per_epoch: 0.0,
        }
    }
}

/// The customer of the draw `u` among `n`: half of the jobs are of the first quarter.
fn skewed(u: f64, n: usize) -> usize {
    ((u * u * n as f64) as usize).min(n - 1)
}

impl World<'_> {
    /// The named customer of a job, by its place in the state.
    pub(crate) fn customer_of(&self, job: u32) -> Option<usize> {
        let n = self.state.customers.len();
        if n == 0 {
            return None;
        }
        let share = ratio(self.inputs.config.users.share);
        let u = self.setup.draws.unit(purpose::CUSTOMER, job, 0);
        (u < share).then(|| skewed(u / share, n))
    }

    /// The account that pays for a job.
    pub(crate) fn payer_of(&self, job: u32) -> ParticipantId {
        self.customer_of(job)
            .map_or(self.state.accounts.customers, |at| {
                self.state.customers[at].account
            })
    }

    /// Where a job comes from and how urgent it is: what its price depends on beside kind and hour.
    pub(crate) fn terms_of(&self, job: u32) -> (u8, u8) {
        let config = &self.inputs.config;
        let draws = &self.setup.draws;
        // Every purchase asks; where no region costs more than another it need not be known.
        let factors = &config.protocol.valuation.region;
        let region = match factors.iter().all(|factor| *factor == factors[0]) {
            true => 0,
            false => {
                let shares = config.fleet.regions.iter().map(|of| ratio(of.share));
                pick(draws.unit(purpose::JOB_REGION, job, 0), shares)
            }
        };
        let higher = ratio(config.jobs.higher_priority);
        let most = config.protocol.valuation.priority.len() as u8 - 1;
        let mut priority = 0;
        while higher > 0.0
            && priority < most
            && draws.unit(purpose::JOB_PRIORITY, job, u64::from(priority)) < higher
        {
            priority += 1;
        }
        (region as u8, priority)
    }

    /// Customers look back on an epoch; those whose turn it is adjust their stake.
    pub(crate) fn customers_act(&mut self) {
        let config = &self.inputs.config;
        let epochs_per_year = 365.0 * 24.0 / hours(config.epoch);
        let required = ratio(config.users.yield_required);
        let users = &self.state.rules.params().users;
        let terms = Terms {
            thresholds: users.thresholds,
            discounts: users.discounts,
        };
        // A mean of few epochs is the mean of those.
        let weight = 1.0 / MEMORY.min(f64::from(self.state.epoch + 1));
        for at in 0..self.state.customers.len() {
            let customer = &mut self.state.customers[at];
            let spent = std::mem::take(&mut customer.spent).base_units() as f64;
            customer.per_epoch += weight * (spent - customer.per_epoch);
            let (account, per_year) = (customer.account, customer.per_epoch * epochs_per_year);
            if (self.state.epoch + 1 + at as u32).is_multiple_of(CLAIM_EVERY) {
                self.stake_to(account, wanted(&terms, per_year, required));
            }
        }
    }

    /// Buys and stakes, or frees and sells, until the stake is what is wanted; nothing while trading is halted.
    fn stake_to(&mut self, participant: ParticipantId, wanted: Amount) {
        if self.state.rules.is_halted() {
            return;
        }
        let staked = self.state.rules.user_stake(participant);
        let (more, less) = (wanted.saturating_sub(staked), staked.saturating_sub(wanted));
        if !more.is_zero() && self.buy(participant, more) {
            self.must(Operation::UserStake {
                participant,
                amount: more,
            });
        }
        if !less.is_zero() {
            self.must(Operation::UserUnstake {
                participant,
                amount: less,
            });
            self.give_to_market(participant, less);
        }
    }

    /// Notes what a job cost before its discount.
    pub(crate) fn note_spending(&mut self, job: u32, gross: Amount, rebate: Amount) {
        self.state.tally.rebates += rebate;
        if let Some(at) = self.customer_of(job) {
            self.state.customers[at].spent += gross;
        }
    }

    /// What the day's discounts leave of a price.
    pub(crate) fn discounted(&self) -> f64 {
        let tally = &self.state.tally;
        1.0 - ratio(Ratio::of(
            tally.rebates.base_units(),
            (tally.fees + tally.rebates).base_units().max(1),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_jobs_are_of_a_quarter_of_the_customers() {
        let n = 40;
        let of_first = (0..1000).filter(|i| skewed(f64::from(*i) / 1000.0, n) < n / 4);
        assert_eq!(of_first.count(), 500);
        assert_eq!(
            (skewed(0.0, n), skewed(0.999_999, n), skewed(0.9, 1)),
            (0, n - 1, 0)
        );
    }
}
