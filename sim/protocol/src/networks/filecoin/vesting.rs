//! Locked funds of a miner: they vest in steps, each at the next quantised epoch after it is due.

use alloc::collections::BTreeMap;

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div, mul_div};

/// How an amount vests, all in epochs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VestSpec {
    /// From locking to the start of the clock; nothing vests at that moment.
    pub initial_delay: i64,
    /// From the start of the clock until all has vested.
    pub vest_period: i64,
    /// Between two steps.
    pub step_duration: i64,
    /// Steps are moved up to multiples of this, counted from the start of the proving period.
    pub quantization: i64,
}

impl VestSpec {
    /// Block rewards: 180 days, a step a day, moved up to half days.
    pub const REWARD: VestSpec = VestSpec {
        initial_delay: 0,
        vest_period: 180 * super::EPOCHS_PER_DAY,
        step_duration: super::EPOCHS_PER_DAY,
        quantization: super::EPOCHS_PER_DAY / 2,
    };
}

/// More steps than any schedule of the network has.
const STEPS_MAX: u32 = 1_000_000;

/// The part of a block reward that is locked, attoFIL: three quarters, floored; the rest is free at once.
///
/// # Errors
/// None: the divisor is a constant.
pub fn locked_part(reward: u128) -> Result<u128, RuleError> {
    mul_div(reward, 3, 4, Rounding::Floor)
}

/// What a miner has locked, by the epoch at which it vests. Locked funds are free after that epoch, not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VestingFunds {
    funds: BTreeMap<i64, u128>,
}

impl VestingFunds {
    /// Locks an amount at `current_epoch`. The parts are linear in the quantised time and floored; what the floors leave over is in the
    /// last. `proving_period_start` is where quantised epochs are counted from.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when steps or quanta are not at least one epoch long, [`RuleError::Limit`] for more than a million,
    /// [`RuleError::Overflow`]. Then nothing has been locked.
    pub fn add_locked(
        &mut self,
        current_epoch: i64,
        amount: u128,
        proving_period_start: i64,
        spec: &VestSpec,
    ) -> Result<(), RuleError> {
        if spec.step_duration < 1 || spec.quantization < 1 {
            return Err(RuleError::Refused(
                "step and quantization are at least one epoch",
            ));
        }
        let begin = add(current_epoch, spec.initial_delay)?;
        let mut funds = self.funds.clone();
        let (mut vested, mut due, mut steps) = (0, begin, 0);
        while vested < amount {
            steps += 1;
            if steps > STEPS_MAX {
                return Err(RuleError::Limit("a schedule of more than a million steps"));
            }
            due = add(due, spec.step_duration)?;
            let epoch = quantize_up(due, spec.quantization, proving_period_start)?;
            let target = linear(amount, epoch.saturating_sub(begin), spec.vest_period)?;
            // Quantised time never goes back, so neither does what has vested.
            let part = target.checked_sub(vested).ok_or(RuleError::Overflow)?;
            let at_epoch = funds.entry(epoch).or_default();
            *at_epoch = part.checked_add(*at_epoch).ok_or(RuleError::Overflow)?;
            vested = target;
        }
        self.funds = funds;
        Ok(())
    }

    /// Frees what vested before `current_epoch`, and says how much that is.
    pub fn unlock_vested(&mut self, current_epoch: i64) -> u128 {
        let still_locked = self.funds.split_off(&current_epoch);
        let vested = core::mem::replace(&mut self.funds, still_locked);
        vested.into_values().sum()
    }

    /// What is locked.
    #[must_use]
    pub fn locked(&self) -> u128 {
        self.funds.values().sum()
    }
}

/// What has vested of an amount, `elapsed` epochs after the start of its clock.
fn linear(amount: u128, elapsed: i64, vest_period: i64) -> Result<u128, RuleError> {
    if elapsed >= vest_period {
        return Ok(amount);
    }
    let elapsed = u128::try_from(elapsed).map_err(|_| RuleError::Overflow)?;
    let vest_period = u128::try_from(vest_period).map_err(|_| RuleError::Overflow)?;
    mul_div(amount, elapsed, vest_period, Rounding::Floor)
}

/// The next multiple of `unit` from `offset`, which itself counts modulo the unit. Before the first of them, towards zero: up, too.
fn quantize_up(epoch: i64, unit: i64, offset: i64) -> Result<i64, RuleError> {
    let offset = offset % unit;
    let since = BigInt::from(epoch) - offset;
    // no published number notices: the one row that has something to quantise vests alike either way
    let units = big_div(&since, &unit.into(), Rounding::Ceil)?;
    i64::try_from(units * unit + offset).map_err(|_| RuleError::Overflow)
}

fn add(epoch: i64, epochs: i64) -> Result<i64, RuleError> {
    epoch.checked_add(epochs).ok_or(RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_locked_vests_to_the_last_unit() {
        let mut funds = VestingFunds::default();
        funds.add_locked(100, 1_001, 0, &VestSpec::REWARD).unwrap();
        funds.add_locked(3_000, 7, 0, &VestSpec::REWARD).unwrap();
        assert_eq!(funds.locked(), 1_008);
        // The first step is due at 2,980 and moved up to 4,320; 4,220 epochs of the period are 8.1 units.
        assert_eq!(funds.unlock_vested(4_320), 0);
        assert_eq!(funds.unlock_vested(4_321), 8);
        assert_eq!(funds.unlock_vested(i64::MAX), 1_000);
    }

    #[test]
    fn a_schedule_that_would_not_end_is_refused_and_locks_nothing() {
        let mut funds = VestingFunds::default();
        let endless = VestSpec {
            step_duration: 0,
            ..VestSpec::REWARD
        };
        assert!(funds.add_locked(0, 10, 0, &endless).is_err());
        let long = VestSpec {
            step_duration: 1,
            vest_period: i64::MAX,
            ..VestSpec::REWARD
        };
        assert!(funds.add_locked(0, 10, 0, &long).is_err());
        assert_eq!(funds.locked(), 0);
    }

    #[test]
    fn epochs_before_the_offset_are_moved_up_too() {
        assert_eq!(quantize_up(-5, 4, 1), Ok(-3));
        assert_eq!(quantize_up(-3, 4, 1), Ok(-3));
        assert_eq!(quantize_up(2, 4, 9), Ok(5));
        assert_eq!(quantize_up(2, 4, -1), Ok(3));
    }

    #[test]
    fn three_quarters_of_a_reward_are_locked() {
        assert_eq!(locked_part(7), Ok(5));
    }
}
