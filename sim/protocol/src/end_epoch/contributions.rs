//! Contributions at the close: a category's part is divided by points (in Distribute), and vouching bond that is due
//! leaves (in Release). It visits the epoch's contributors and nobody else.

use units::{Amount, wide};

use crate::account::Account;
use crate::ids::Cause;
use crate::reason::Reason;
use crate::state::Protocol;
use crate::summary::Category;

impl Protocol {
    /// Mints the part of a category's budget that is for contributions, by points: `⌊part · points / all points⌋` each.
    /// What the floors leave is never minted. Begins the next epoch's points, and returns what was minted.
    pub(crate) fn distribute_contributions(
        &mut self,
        cause: Cause,
        category: Category,
        part: Amount,
    ) -> Amount {
        let points = self.contributions.take_points(category);
        let total = points
            .values()
            .fold(0u128, |sum, points| sum.saturating_add(*points));
        let mut minted = Amount::ZERO;
        for (id, points) in points {
            // Every entry is above zero, and so is the total.
            let share = wide::mul_div_floor(part.base_units(), points, total);
            let amount = Amount::new(share);
            if amount.is_zero() {
                continue;
            }
            let contributor = self.contributions.contributors.entry(id).or_default();
            contributor.reward(&self.params.contribution, self.epoch, amount);
            minted += amount;
        }
        let (from, to) = (Account::Issuance, Account::RewardPool);
        self.post(from, to, minted, Reason::EmissionContribution, cause);
        minted
    }

    /// Lets vouching bond out that is due, and returns how much.
    pub(crate) fn release_vouched(&mut self, cause: Cause) -> Amount {
        let epoch = self.epoch;
        let mut released = Amount::ZERO;
        for id in self.contributions.dues.remove(&epoch).unwrap_or_default() {
            // A forfeiture may have taken everything.
            let Some(contributor) = self.contributions.contributors.get_mut(&id) else {
                continue;
            };
            let due = contributor.leaving.iter();
            let due = due.filter(|entry| entry.due_epoch <= epoch);
            let amount: Amount = due.map(|entry| entry.amount).sum();
            contributor.leaving.retain(|entry| entry.due_epoch > epoch);
            let (from, to) = (Account::Vouched(id), Account::Unbonded(id));
            self.post(from, to, amount, Reason::VouchMature, cause);
            self.contributions.drop_empty(id);
            released += amount;
        }
        released
    }
}
