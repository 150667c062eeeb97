//! Stream vesting: a reward is paid in equal parts over coming epochs, and all of one's rewards share one schedule.

use alloc::collections::VecDeque;

use crate::networks::RuleError;
use crate::networks::round::{Rounding, div};

/// More epochs than any schedule of the network has.
const EPOCHS_MAX: usize = 1_000_000;

/// What is still to be paid to one participant, epoch by epoch, the next one first; base units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule(VecDeque<u128>);

impl Schedule {
    /// Adds a reward over the next `epochs`. Each has `⌊amount / epochs⌋`, the first the remainder too.
    ///
    /// # Errors
    /// [`RuleError::Refused`] without epochs, [`RuleError::Limit`] with more than a million, [`RuleError::Overflow`] past 128 bits.
    pub fn add(&mut self, amount: u128, epochs: u64) -> Result<(), RuleError> {
        if epochs == 0 {
            return Err(RuleError::Refused("vesting epochs cannot be zero"));
        }
        if amount == 0 {
            return Ok(());
        }
        let length = usize::try_from(epochs).ok();
        let length = length.filter(|length| *length <= EPOCHS_MAX);
        let length = length.ok_or(RuleError::Limit("a schedule of more than a million epochs"))?;
        let each = div(amount, epochs.into(), Rounding::Floor)?;
        let paid_evenly = each.checked_mul(epochs.into());
        let remainder = paid_evenly.and_then(|paid| amount.checked_sub(paid));
        let remainder = remainder.ok_or(RuleError::Overflow)?;
        if self.0.len() < length {
            self.0.resize(length, 0);
        }
        let mut part = each + remainder;
        for epoch in self.0.iter_mut().take(length) {
            *epoch = epoch.checked_add(part).ok_or(RuleError::Overflow)?;
            part = each;
        }
        Ok(())
    }

    /// Ends an epoch: what is paid now, nothing after the last.
    pub fn unlock(&mut self) -> u128 {
        self.0.pop_front().unwrap_or(0)
    }

    /// What the coming epochs pay, in order.
    pub fn epochs(&self) -> impl ExactSizeIterator<Item = u128> + '_ {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn a_shorter_reward_lies_upon_the_first_epochs_of_a_longer_one() {
        let mut schedule = Schedule::default();
        schedule.add(10, 4).unwrap();
        schedule.add(7, 2).unwrap();
        assert_eq!(schedule.epochs().collect::<Vec<_>>(), [8, 5, 2, 2]);
        assert_eq!([(); 5].map(|()| schedule.unlock()), [8, 5, 2, 2, 0]);
    }

    #[test]
    fn nothing_vests_over_no_epochs_and_no_amount_leaves_no_trace() {
        let mut schedule = Schedule::default();
        assert!(schedule.add(0, 0).is_err());
        schedule.add(0, 9).unwrap();
        assert_eq!(schedule, Schedule::default());
        assert!(matches!(
            schedule.add(9, 1_000_001),
            Err(RuleError::Limit(_))
        ));
        assert_eq!(schedule, Schedule::default());
    }
}
