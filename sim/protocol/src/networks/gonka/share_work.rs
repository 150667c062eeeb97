//! The fee of a task that more workers join later: what those who had it give up, and what the new ones get.

use alloc::vec::Vec;

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div};

/// More workers than any task has.
const WORKERS_MAX: i64 = 1_000_000;

/// Adjustments when `new` workers join `existing` ones at a fee of `cost` base units: first what existing ones give up, those who give
/// up nothing left out, then what each new one gets. Shares are truncated, the first worker keeps the remainder.
///
/// # Errors
/// [`RuleError::Limit`] for more than a million workers.
pub fn share_work(existing: u32, new: u32, cost: i64) -> Result<Vec<i64>, RuleError> {
    let workers = i64::from(existing) + i64::from(new);
    let mut adjustments = Vec::new();
    if workers == 0 {
        return Ok(adjustments);
    }
    if workers > WORKERS_MAX {
        return Err(RuleError::Limit("a task of more than a million workers"));
    }
    let (new_share, new_remainder) = shared(cost, workers)?;
    if existing > 0 {
        let (old_share, old_remainder) = shared(cost, existing.into())?;
        let first = if new_remainder > 0 {
            old_share + old_remainder - (new_share + new_remainder)
        } else {
            old_share - new_share
        };
        let others = (1..existing).map(|_| old_share - new_share);
        let given_up = core::iter::once(first).chain(others);
        adjustments.extend(given_up.filter(|given| *given > 0).map(|given| -given));
    }
    adjustments.extend((0..new).map(|_| new_share));
    Ok(adjustments)
}

/// Share and remainder of `cost`, both towards zero.
#[track_caller]
fn shared(cost: i64, workers: i64) -> Result<(i64, i64), RuleError> {
    let share = big_div(
        &BigInt::from(cost),
        &BigInt::from(workers),
        Rounding::TowardZero,
    )?;
    let share = i64::try_from(share).map_err(|_| RuleError::Overflow)?;
    Ok((share, cost - share * workers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 100 two had 50 each. With a third it is 33 each and one left over, which stays with the first.
    #[test]
    fn the_first_worker_keeps_the_remainder() {
        assert_eq!(share_work(2, 1, 100).unwrap(), [-16, -17, 33]);
        assert_eq!(share_work(3, 0, 7).unwrap(), [0i64; 0]);
        assert!(share_work(1, 1_000_000, 7).is_err());
    }
}
