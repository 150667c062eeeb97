//! The epoch of this protocol in the calendars of two networks: a day of Olas' years and of Ocean's weeks. Here is how an amount of theirs
//! becomes one of ours, and how a year or a week is spread over its epochs; how much it is, [`crate::networks`] says.

use super::inflate::Seen;
use crate::networks::RuleError;
use crate::networks::ocean;
use crate::networks::olas::{SCHEDULED_YEARS, Schedule};
use crate::networks::round::{Rounding, mul_div};
use crate::params::{AllocationParams, EmissionParams};

/// Days of a week, each an epoch.
const DAYS: u32 = 7;

/// Olas': what was and is meant to be issued, where `allocation.total` stands for the cap at the end of the scheduled years.
pub(super) fn yearly_caps(emission: &EmissionParams, seen: &Seen) -> Result<u128, RuleError> {
    let length = emission.inflation.epochs_per_year;
    let day = day(&emission.allocation, seen);
    let inflation = Schedule::Actual.inflation(day / length)?;
    let cap = Schedule::Actual.supply_cap(SCHEDULED_YEARS - 1)?;
    let total = emission.allocation.total.base_units();
    let added = mul_div(inflation, total, cap, Rounding::Floor)?;
    part(added, day % length, length)
}

/// Ocean's, both halves of it, where `allocation.total` stands for what vests by halves.
pub(super) fn weekly_halves(allocation: &AllocationParams, seen: &Seen) -> Result<u128, RuleError> {
    let day = day(allocation, seen);
    let week = ocean::week_of(day);
    let reward = ocean::weekly_reward_of(allocation.total.base_units(), week)?;
    part(reward, day % DAYS, DAYS)
}

/// The epoch of the network's calendar.
fn day(allocation: &AllocationParams, seen: &Seen) -> u32 {
    allocation.first_epoch.saturating_add(seen.epoch)
}

/// An epoch's part of what its span is given: all epochs together have every unit of it.
fn part(amount: u128, epoch: u32, length: u32) -> Result<u128, RuleError> {
    let until = |epochs: u32| mul_div(amount, epochs.into(), length.into(), Rounding::Floor);
    Ok(until(epoch + 1)? - until(epoch)?)
}
