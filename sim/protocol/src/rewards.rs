//! Cumulative indices: how an epoch's rewards, and shared fees, reach providers, owners and delegators without visiting them.
//!
//! A kind's index counts rewards per unit of weight in parts of 2^-64. A provider is settled when it is touched: what its
//! weight has earned is divided once, and its delegators' part goes on a second index, per share of its pool.

use units::{Amount, Ratio, wide};

use crate::ids::ProviderId;
use crate::params::FeeSharing;
use crate::state::Protocol;

const ONE: u128 = 1 << 64;

/// The step of an index, now at `index`, that pays `amount` to `holding` units in all, rounded down, and held so that the
/// index does not pass 128 bits (a weight of almost nothing under an emission of almost everything). Panics when there are
/// no units.
pub(crate) fn index_step(amount: Amount, holding: u128, index: u128) -> u128 {
    let room = u128::MAX - index;
    let step = wide::mul_div_rem(amount.base_units(), ONE, holding);
    step.map_or(room, |(step, _)| step.min(room))
}

/// What a step costs whoever funds it, rounded up: holders who take several steps at once round down over their sum,
/// and can then never take more than was put there. At most the amount the step was made from.
pub(crate) fn funded(holding: u128, step: u128) -> Amount {
    Amount::new(wide::mul_div_ceil(holding, step, ONE))
}

/// What `holding` units have earned over a stretch of an index, rounded down. The dust stays in the reward pool.
pub(crate) fn accrued(holding: u128, stretch: u128) -> Amount {
    Amount::new(wide::mul_div_floor(holding, stretch, ONE))
}

/// What a weight has earned since `paid`, and the last close's part of it.
#[inline]
fn earned(weight: u128, paid: u128, index: u128, last_step: u128) -> (Amount, Amount) {
    let stretch = index - paid;
    if weight == 0 || stretch == 0 {
        return (Amount::ZERO, Amount::ZERO);
    }
    (
        accrued(weight, stretch),
        accrued(weight, last_step.min(stretch)),
    )
}

/// What a provider has earned since it was last settled, by its kind's index and the pools'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Earnings {
    /// Lost to a penalty.
    pub(crate) forfeit: Amount,
    /// The owner's: its own part, the commission and the remainders.
    pub(crate) owner: Amount,
    /// The step of the index per pool share.
    pub(crate) share_step: u128,
}

impl Protocol {
    pub(crate) fn compute_earnings(&self, id: ProviderId) -> Earnings {
        self.compute_earnings_less(id, Ratio::ZERO)
    }

    /// Divides what a provider has earned. `forfeit` is taken from the last closed epoch's part, rounded down, and from
    /// nothing when that has been settled already.
    fn compute_earnings_less(&self, id: ProviderId, forfeit: Ratio) -> Earnings {
        let provider = &self.providers[id.index()];
        let kind = &self.kinds[provider.kind.index()];
        let (mut gross, mut last) = earned(
            provider.weight,
            provider.paid_index,
            kind.index,
            kind.index_step,
        );
        for (holding, pool) in provider
            .pools
            .iter()
            .flat_map(|all| all.iter())
            .zip(&self.pools)
        {
            let (all, latest) = earned(
                holding.weight,
                holding.paid_index,
                pool.index,
                pool.index_step,
            );
            gross += all;
            last += latest;
        }
        if gross.is_zero() {
            return Earnings {
                forfeit: Amount::ZERO,
                owner: Amount::ZERO,
                share_step: 0,
            };
        }
        let forfeit = forfeit.mul_floor(last);
        let rest = gross - forfeit;
        let share_step = self.compute_share_step(id, rest);
        let owner = rest - funded(provider.shares, share_step);
        Earnings {
            forfeit,
            owner,
            share_step,
        }
    }

    /// The step of a provider's share index that pays its delegators their part of an amount,
    /// `⌊⌊amount · delegated / (bonded + delegated)⌋ · (1 − commission)⌋`; all remainders are the owner's. Zero without delegated stake.
    fn compute_share_step(&self, id: ProviderId, amount: Amount) -> u128 {
        let provider = &self.providers[id.index()];
        let delegated = self.delegated(id).base_units();
        if delegated == 0 || provider.shares == 0 {
            return 0;
        }
        let staked = self.bonded(id).base_units() + delegated;
        let part = Amount::new(wide::mul_div_floor(amount.base_units(), delegated, staked));
        index_step(
            provider.commission.complement().mul_floor(part),
            provider.shares,
            provider.share_index,
        )
    }

    /// Puts the delegators' part of a provider's pay for a job on its share index, where fees are shared. Returns that part, which the
    /// reward pool is to have.
    #[inline]
    pub(crate) fn share_pay(&mut self, id: ProviderId, pay: Amount) -> Amount {
        if self.params.fees.sharing == FeeSharing::Owner {
            return Amount::ZERO;
        }
        let step = self.compute_share_step(id, pay);
        let provider = &mut self.providers[id.index()];
        provider.share_index += step;
        funded(provider.shares, step)
    }

    /// Takes a provider's earnings off the kind's and the pools' indices. Must run before its weight, stake, shares or commission change.
    pub(crate) fn settle_rewards(&mut self, id: ProviderId) {
        self.settle_rewards_less(id, Ratio::ZERO);
    }

    /// The same, with a share of the last closed epoch's rewards withheld. Returns what was withheld, still in the pool.
    pub(crate) fn settle_rewards_less(&mut self, id: ProviderId, forfeit: Ratio) -> Amount {
        let earned = self.compute_earnings_less(id, forfeit);
        let provider = &mut self.providers[id.index()];
        provider.paid_index = self.kinds[provider.kind.index()].index;
        if let Some(holdings) = &mut provider.pools {
            for (holding, pool) in holdings.iter_mut().zip(&self.pools) {
                holding.paid_index = pool.index;
            }
        }
        provider.unclaimed += earned.owner;
        provider.share_index += earned.share_step;
        earned.forfeit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_who_wait_never_take_more_than_was_funded() {
        // Ten units over three holders; 7 is indivisible by 10, so each step leaves dust.
        let (mut index, mut paid_in) = (0, Amount::ZERO);
        for _ in 0..1_000 {
            let step = index_step(Amount::new(7), 10, index);
            assert!(funded(10, step) <= Amount::new(7));
            paid_in += funded(10, step);
            index += step;
        }
        let taken = accrued(5, index) + accrued(3, index) + accrued(2, index);
        assert!(taken <= paid_in);
        assert!(paid_in - taken <= Amount::new(1_003));
    }

    #[test]
    fn an_index_does_not_pass_its_integer() {
        // 2^95 on a weight of one would be a step of 2^159.
        let amount = Amount::new(1 << 95);
        let step = index_step(amount, 1, 5);
        assert_eq!(step, u128::MAX - 5);
        assert!(funded(1, step) <= amount);
        assert_eq!(index_step(amount, 1, u128::MAX), 0);
    }
}
