//! What a miner pays for faults and for ending a sector early. The base is a sector's expected block reward, which the network projects
//! from smoothed filters; here it is given. All amounts are attoFIL, all quotients floored, and all that is paid is burned.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, mul_div};

/// Age at which the fee for ending a sector stops growing, epochs: 140 days.
pub const TERMINATION_AGE_MAX: u64 = 140 * super::EPOCHS_PER_DAY.unsigned_abs();

/// The fee of a sector that stays faulty, for each day: 3.51 days of its expected block reward.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn fault_fee(reward_per_day: u128) -> Result<u128, RuleError> {
    mul_div(reward_per_day, 351, 100, Rounding::Floor)
}

/// The fee for ending a sector of `age` epochs: 8.5 % of its pledge, linear in its age until 140 days, but no less than 2 % of the pledge
/// and 105 % of the fault fee.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn termination_fee(pledge: u128, age: u64, fault_fee: u128) -> Result<u128, RuleError> {
    let whole = mul_div(pledge, 85, 1_000, Rounding::Floor)?;
    let by_age = mul_div(
        whole,
        age.into(),
        TERMINATION_AGE_MAX.into(),
        Rounding::Floor,
    )?;
    let of_pledge = mul_div(pledge, 2, 100, Rounding::Floor)?;
    let of_fault_fee = mul_div(fault_fee, 105, 100, Rounding::Floor)?;
    Ok(whole.min(by_age).max(of_pledge).max(of_fault_fee))
}

/// The penalty for two blocks at one height: five times the reward of an expected leader, of which an epoch has five.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn consensus_fault_penalty(epoch_reward: u128) -> Result<u128, RuleError> {
    let leaders = super::reward::EXPECTED_LEADERS_PER_EPOCH.into();
    mul_div(epoch_reward, 5, leaders, Rounding::Floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_costs_three_and_a_half_days_and_a_bit() {
        assert_eq!(fault_fee(1_000), Ok(3_510));
        assert_eq!(fault_fee(3), Ok(10));
    }

    #[test]
    fn ending_a_sector_costs_more_with_age_and_never_less_than_its_floors() {
        let day = super::super::EPOCHS_PER_DAY.unsigned_abs();
        assert_eq!(termination_fee(10_000, 70 * day, 0), Ok(425));
        assert_eq!(termination_fee(10_000, 200 * day, 0), Ok(850));
        assert_eq!(termination_fee(10_000, day, 0), Ok(200));
        assert_eq!(termination_fee(10_000, day, 199), Ok(208));
        assert_eq!(consensus_fault_penalty(36), Ok(36));
    }
}
