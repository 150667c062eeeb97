//! Net emissions: the schedule's emission plus the smoothed burn up to a cap, and how sub-networks and their delegators share it.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, div, mul_div};

/// What stands in for a smoothed burn of zero, bones.
const SMOOTHED_BURN_UNSET: u64 = 300;
/// Epochs over which a burn is smoothed.
const BURN_EPOCHS: u32 = 7;
/// Epochs over which a sub-network's share is smoothed.
const SHARE_EPOCHS: u128 = 30;
/// A share of one.
const SHARE_UNIT: u128 = u32::MAX as u128;
/// Delegators' percentage of one hundred.
const PERCENT_UNIT: u64 = 100 * 10_000_000;

/// From a moment on, Unix seconds, an emission, bones an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduleItem {
    /// The first moment.
    pub start: i64,
    /// Bones an epoch.
    pub emissions_per_epoch: u64,
}

/// The emission at a moment of a schedule in the order of its moments; nothing before the first.
#[must_use]
pub fn scheduled(schedule: &[ScheduleItem], at: i64) -> u64 {
    let begun = schedule.partition_point(|item| item.start <= at);
    schedule[..begun]
        .last()
        .map_or(0, |item| item.emissions_per_epoch)
}

/// A schedule that halves every so many epochs, bones, floored. The network has its own written down item by item.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for halvings every zero epochs.
pub fn halved(first: u64, epoch: u32, halving_epochs: u32) -> Result<u64, RuleError> {
    let halvings = div(epoch.into(), halving_epochs.into(), Rounding::Floor)?;
    let divisor = u32::try_from(halvings)
        .ok()
        .and_then(|by| 1u128.checked_shl(by));
    let Some(divisor) = divisor else {
        return Ok(0);
    };
    u64::try_from(div(first.into(), divisor, Rounding::Floor)?).map_err(|_| RuleError::Overflow)
}

/// The smoothed burn after an epoch that burned so much, bones: six sevenths of what it was and a seventh of the burn, both floored.
///
/// # Errors
/// [`RuleError::Overflow`] past `u64`.
pub fn smoothed_burn(before: u64, burned: u64) -> Result<u64, RuleError> {
    smoothed_burn_over(before, burned, BURN_EPOCHS)
}

/// The same over another number of epochs.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] over none, [`RuleError::Overflow`] past `u64`.
pub fn smoothed_burn_over(before: u64, burned: u64, epochs: u32) -> Result<u64, RuleError> {
    let epochs = u128::from(epochs);
    let before = if before == 0 {
        SMOOTHED_BURN_UNSET
    } else {
        before
    };
    let others = epochs.saturating_sub(1);
    let kept = mul_div(before.into(), others, epochs, Rounding::Floor)?;
    let new = div(burned.into(), epochs, Rounding::Floor)?;
    u64::try_from(kept + new).map_err(|_| RuleError::Overflow)
}

/// An epoch's emission with the smoothed burn re-emitted up to a cap, bones.
///
/// # Errors
/// [`RuleError::Overflow`] past `u64`.
pub fn net_emission(
    scheduled: u64,
    smoothed_burn: u64,
    net_emissions_cap: u64,
) -> Result<u64, RuleError> {
    scheduled
        .checked_add(smoothed_burn.min(net_emissions_cap))
        .ok_or(RuleError::Overflow)
}

/// A sub-network's share of emissions, in units of `1/(2^32 − 1)`: twenty-nine thirtieths of what it was and a thirtieth of what its
/// utility score is of all. One floor at the end; the network rounds to 18 places on the way, which can differ by one unit.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] without any score, [`RuleError::Refused`] for more than all.
pub fn smoothed_share(before: u32, score: u64, total_score: u64) -> Result<u32, RuleError> {
    if score > total_score {
        return Err(RuleError::Refused("a score of more than all"));
    }
    let total = u128::from(total_score);
    let weighed = u128::from(before) * (SHARE_EPOCHS - 1) * total + u128::from(score) * SHARE_UNIT;
    let divisor = SHARE_EPOCHS * total;
    let share = div(weighed, divisor, Rounding::Floor)?;
    u32::try_from(share).map_err(|_| RuleError::Overflow)
}

/// How a sub-network's share of an emission is split: delegators', and the rest for its rewards. Both floored; what the share's floor
/// leaves is not minted. `delegator_percent` counts `1e-7 %`.
///
/// # Errors
/// [`RuleError::Refused`] above 100 %.
pub fn split(emission: u64, share: u32, delegator_percent: u64) -> Result<(u64, u64), RuleError> {
    if delegator_percent > PERCENT_UNIT {
        return Err(RuleError::Refused("a delegators' part above 100 %"));
    }
    let rewards = mul_div(emission.into(), share.into(), SHARE_UNIT, Rounding::Floor)?;
    let delegators = mul_div(
        rewards,
        delegator_percent.into(),
        PERCENT_UNIT.into(),
        Rounding::Floor,
    )?;
    let narrow = |amount: u128| u64::try_from(amount).map_err(|_| RuleError::Overflow);
    Ok((narrow(delegators)?, narrow(rewards - delegators)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule_begins_with_its_first_moment() {
        let schedule = [(10, 4), (20, 2)].map(|(start, emissions_per_epoch)| ScheduleItem {
            start,
            emissions_per_epoch,
        });
        assert_eq!(
            [9, 10, 19, 20, 99].map(|at| scheduled(&schedule, at)),
            [0, 4, 4, 2, 2]
        );
    }

    #[test]
    fn a_schedule_of_halvings_ends_at_nothing() {
        let of = [0, 1, 2, 5, 8, 127, 128, 400].map(|epoch| halved(13, epoch, 2));
        assert_eq!(of, [13, 13, 6, 3, 0, 0, 0, 0].map(Ok));
        assert!(halved(13, 1, 0).is_err());
        // Three quarters of 100, and a quarter of 11.
        assert_eq!(smoothed_burn_over(100, 11, 4), Ok(77));
        assert!(smoothed_burn_over(100, 11, 0).is_err());
    }

    #[test]
    fn burns_are_smoothed_over_a_week_and_re_emitted_up_to_the_cap() {
        // 6 × 100 / 7 is 85, 20 / 7 is 2.
        assert_eq!(smoothed_burn(100, 20), Ok(87));
        assert_eq!(smoothed_burn(0, 6), Ok(257));
        assert_eq!(net_emission(1_000, 87, 164), Ok(1_087));
        assert_eq!(net_emission(1_000, 187, 164), Ok(1_164));
    }

    #[test]
    fn shares_move_by_a_thirtieth_and_delegators_have_their_part() {
        let (none, all) = (0, u32::MAX);
        assert_eq!(smoothed_share(none, 1, 1), Ok(u32::MAX / 30));
        assert_eq!(smoothed_share(all, 0, 1), Ok(4_151_801_718));
        assert_eq!(smoothed_share(all, 1, 1), Ok(all));
        assert!(smoothed_share(all, 1, 0).is_err());
        assert_eq!(split(1_001, all, 60_000_000), Ok((60, 941)));
        assert_eq!(split(1_000, all / 2, 60_000_000), Ok((29, 470)));
        assert!(split(1, all, PERCENT_UNIT + 1).is_err());
    }
}
