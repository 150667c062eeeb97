//! Jail for missed blocks: a window of the last blocks that a validator should have signed, as a ring: `x/slashing`.

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigInt;

use super::Dec;
use crate::networks::RuleError;

/// What a chain sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Liveness {
    /// Blocks of the window.
    pub signed_blocks_window: u32,
    /// The part of them that must be signed.
    pub min_signed_per_window: Dec,
}

/// What is known of a validator's signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningInfo {
    /// The block in which it was last bonded.
    pub start_height: i64,
    /// Blocks that it should have signed since the ring was last cleared.
    pub index_offset: u64,
    /// Missed blocks in the ring.
    pub missed_blocks_counter: u32,
    /// Whether it is in jail.
    pub is_jailed: bool,
    ring: Vec<bool>,
}

impl Liveness {
    /// Blocks of a window that must be signed: to the nearest, ties to the even number.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn min_signed(&self) -> Result<BigInt, RuleError> {
        let window = BigInt::from(self.signed_blocks_window);
        Ok(self.min_signed_per_window.mul_int(&window)?.round())
    }

    /// A validator bonded for the first time in block `start_height`.
    #[must_use]
    pub fn bonded(&self, start_height: i64) -> SigningInfo {
        SigningInfo {
            start_height,
            index_offset: 0,
            missed_blocks_counter: 0,
            is_jailed: false,
            ring: vec![false; self.signed_blocks_window as usize],
        }
    }

    /// Block `height`, signed or not. Answers whether the validator is to be slashed now: it has missed more of its window than it
    /// may, after a whole window since it was bonded. Then it is in jail and begins with an empty ring. What is missed in jail does
    /// not count.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for a window without blocks.
    pub fn observe(
        &self,
        info: &mut SigningInfo,
        height: i64,
        is_signed: bool,
    ) -> Result<bool, RuleError> {
        let window = u64::from(self.signed_blocks_window);
        let index = info
            .index_offset
            .checked_rem(window)
            .and_then(|index| usize::try_from(index).ok())
            .filter(|index| *index < info.ring.len())
            .ok_or(RuleError::ZeroDivisor)?;
        info.index_offset += 1;
        let is_missed = !is_signed && !info.is_jailed;
        let was_missed = core::mem::replace(&mut info.ring[index], is_missed);
        info.missed_blocks_counter += u32::from(is_missed);
        info.missed_blocks_counter -= u32::from(was_missed);
        let may_miss = BigInt::from(window) - self.min_signed()?;
        let is_settled =
            height.saturating_sub(info.start_height) > i64::from(self.signed_blocks_window);
        let is_down = is_settled && BigInt::from(info.missed_blocks_counter) > may_miss;
        if !is_down || info.is_jailed {
            return Ok(false);
        }
        *info = SigningInfo {
            is_jailed: true,
            ..self.bonded(info.start_height)
        };
        Ok(true)
    }

    /// The validator is bonded again in block `height`, out of jail; what its ring holds stays.
    pub fn rejoin(&self, info: &mut SigningInfo, height: i64) {
        info.start_height = height;
        info.is_jailed = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five blocks of which 2.5, so two, must be signed.
    fn liveness() -> Liveness {
        Liveness {
            signed_blocks_window: 5,
            min_signed_per_window: Dec::from_units(500_000_000_000_000_000i64),
        }
    }

    #[test]
    fn nobody_is_jailed_before_a_whole_window_has_passed() {
        let rule = liveness();
        assert_eq!(rule.min_signed(), Ok(BigInt::from(2)));
        let mut info = rule.bonded(10);
        for height in 10..16 {
            assert_eq!(rule.observe(&mut info, height, false), Ok(false));
        }
        assert_eq!(info.missed_blocks_counter, 5);
        assert_eq!(rule.observe(&mut info, 16, false), Ok(true));
        assert!(info.is_jailed);
        assert_eq!((info.index_offset, info.missed_blocks_counter), (0, 0));
        // In jail nothing counts, and nothing is slashed again.
        assert_eq!(rule.observe(&mut info, 17, false), Ok(false));
        assert_eq!((info.index_offset, info.missed_blocks_counter), (1, 0));
        rule.rejoin(&mut info, 30);
        assert_eq!((info.start_height, info.is_jailed), (30, false));
    }

    #[test]
    fn old_misses_leave_the_window() {
        let rule = liveness();
        let mut info = rule.bonded(0);
        // Three of any five may be missed.
        for height in 1..100 {
            let is_signed = height % 5 < 2;
            assert_eq!(rule.observe(&mut info, height, is_signed), Ok(false));
            assert!(info.missed_blocks_counter <= 3);
        }
        let mut none = liveness();
        none.signed_blocks_window = 0;
        let mut info = none.bonded(0);
        assert_eq!(
            none.observe(&mut info, 1, true),
            Err(RuleError::ZeroDivisor)
        );
    }
}
