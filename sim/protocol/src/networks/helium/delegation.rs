//! Up to which epoch a delegator has to have claimed before leaving.

use super::EPOCH_SECONDS;
use crate::networks::RuleError;
use crate::networks::round::{Rounding, div};

/// A delegation's ends, Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The end of the position's lockup.
    pub lockup_end: u64,
    /// Whether the lockup falls to nothing at its end, and that is past.
    pub is_cliff_ended: bool,
    /// When the delegation expires; zero is never.
    pub expiration: u64,
}

/// The last epoch whose rewards are to be claimed at `now`: the last one that is over, or the last one before the lockup's end, but never
/// one that begins at the delegation's expiration or after.
///
/// # Errors
/// [`RuleError::Refused`] before the second epoch.
pub fn claim_to_epoch(now: u64, ends: &Ends) -> Result<u64, RuleError> {
    // no published number notices: no published lockup has ended
    let lockup_epoch = epoch_of(ends.lockup_end)?;
    let now_epoch = epoch_of(now)?;
    let current = if ends.is_cliff_ended {
        lockup_epoch
    } else {
        now_epoch
    };
    let over = current
        .checked_sub(1)
        .ok_or(RuleError::Refused("no epoch is over"))?;
    match ends.expiration.checked_sub(1) {
        Some(last_second) => Ok(over.min(epoch_of(last_second)?)),
        None => Ok(over),
    }
}

#[track_caller]
fn epoch_of(seconds: u64) -> Result<u64, RuleError> {
    let epoch = div(seconds.into(), EPOCH_SECONDS.into(), Rounding::Floor)?;
    u64::try_from(epoch).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lockup_that_fell_to_nothing_ends_the_claims_before_its_last_epoch() {
        let day = EPOCH_SECONDS;
        let ends = |is_cliff_ended, expiration| Ends {
            lockup_end: 40 * day + 7,
            is_cliff_ended,
            expiration,
        };
        assert_eq!(claim_to_epoch(100 * day, &ends(true, 0)), Ok(39));
        assert_eq!(claim_to_epoch(100 * day, &ends(false, 0)), Ok(99));
        assert_eq!(claim_to_epoch(100 * day, &ends(true, 30 * day + 1)), Ok(30));
        assert_eq!(claim_to_epoch(100 * day, &ends(false, 30 * day)), Ok(29));
        assert!(claim_to_epoch(day - 1, &ends(false, 0)).is_err());
    }
}
