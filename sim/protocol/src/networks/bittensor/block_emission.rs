//! What a block mints: one token, halved with every halving of the supply that is left.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, div, mul_div};

/// All that will ever be issued, base units.
pub const TOTAL_SUPPLY: u64 = 21_000_000_000_000_000;
/// What the first blocks mint, base units.
pub const FIRST_BLOCK_EMISSION: u64 = 1_000_000_000;
/// One, with 32 binary places.
const ONE: u128 = 1 << 32;

/// Blocks in a day: one in twelve seconds.
pub const BLOCKS_PER_DAY: u64 = 7_200;

/// A supply, and what the first of its blocks mint, base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// All that will ever be issued.
    pub total: u128,
    /// What a block mints until half of it is.
    pub first: u128,
}

impl Schedule {
    /// What a block mints after `issuance` base units: `first / 2^r` with `r = ⌊log2(1 / (1 − issuance / total))⌋`, and nothing once all is
    /// issued.
    ///
    /// The logarithm's whole part is counted as the runtime counts it, halving with half places rounded up: a number one unit below a power
    /// of two counts as that power.
    ///
    /// # Errors
    /// None in practice.
    pub fn block(self, issuance: u128) -> Result<u128, RuleError> {
        if issuance >= self.total {
            return Ok(0);
        }
        // no published number notices: only the power of two that it lies between counts
        let issued = mul_div(issuance, ONE, self.total, Rounding::Floor)?;
        // no published number notices: only the power of two that it lies between counts
        let mut inverse = mul_div(ONE, ONE, ONE - issued, Rounding::Floor)?;
        let mut halvings = 0u32;
        while inverse >= 2 * ONE {
            inverse = (inverse >> 1) + (inverse & 1);
            halvings += 1;
        }
        div(self.first, 1 << halvings, Rounding::Floor)
    }

    /// What so many blocks mint one after the other, each added to `issuance` before the next: exactly their sum, counted in runs of
    /// equal blocks.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past 128 bits.
    pub fn blocks(self, issuance: u128, count: u64) -> Result<u128, RuleError> {
        let (mut issued, mut left) = (issuance, count);
        while left > 0 {
            let emission = self.block(issued)?;
            if emission == 0 {
                break;
            }
            let after = |blocks: u64| {
                let minted = emission.checked_mul(blocks.into());
                minted
                    .and_then(|minted| minted.checked_add(issued))
                    .ok_or(RuleError::Overflow)
            };
            // The first `equal` blocks mint that much; the one after the first `other` does not, or is none of them.
            let (mut equal, mut other) = (1, left);
            while equal < other {
                let middle = equal + (other - equal) / 2;
                if self.block(after(middle)?)? == emission {
                    equal = middle + 1;
                } else {
                    other = middle;
                }
            }
            issued = after(equal)?;
            left -= equal;
        }
        Ok(issued - issuance)
    }

    /// The schedule whose first days mint `per_day`, less the remainder of its division by the blocks.
    ///
    /// # Errors
    /// None: the divisor is fixed.
    pub fn of_days(total: u128, per_day: u128) -> Result<Schedule, RuleError> {
        // no published number notices: the network publishes what a block mints
        let first = div(per_day, BLOCKS_PER_DAY.into(), Rounding::Floor)?;
        Ok(Schedule { total, first })
    }
}

/// What a block mints after `issuance` base units. The same curve serves each subnet's own token.
///
/// # Errors
/// None in practice.
pub fn block_emission(issuance: u64) -> Result<u64, RuleError> {
    let schedule = Schedule {
        total: TOTAL_SUPPLY.into(),
        first: FIRST_BLOCK_EMISSION.into(),
    };
    u64::try_from(schedule.block(issuance.into())?).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of the supply is one halving. Nine tenths leave a tenth, between an eighth and a sixteenth: three halvings.
    #[test]
    fn emission_halves_as_the_rest_does() {
        assert_eq!(block_emission(TOTAL_SUPPLY / 2), Ok(500_000_000));
        assert_eq!(block_emission(TOTAL_SUPPLY / 10 * 9), Ok(125_000_000));
        assert_eq!(block_emission(TOTAL_SUPPLY - 1), Ok(0));
        assert_eq!(block_emission(u64::MAX), Ok(0));
    }

    /// Five blocks of 10 issue half of 100, five of 5 half of the rest; from there a block is 2, then 1, then nothing.
    #[test]
    fn blocks_in_runs_are_the_blocks_one_by_one() {
        let schedule = Schedule {
            total: 100,
            first: 10,
        };
        let one_by_one = |mut issued: u128, count: u64| {
            let start = issued;
            for _ in 0..count {
                issued += schedule.block(issued).unwrap();
            }
            issued - start
        };
        assert_eq!(schedule.blocks(0, 5), Ok(50));
        assert_eq!(schedule.blocks(0, 10), Ok(75));
        assert_eq!(schedule.blocks(75, 1), Ok(2));
        for issued in 0..110 {
            for count in 0..60 {
                assert_eq!(
                    schedule.blocks(issued, count),
                    Ok(one_by_one(issued, count))
                );
            }
        }
    }

    #[test]
    fn a_day_of_the_network_is_seven_thousand_two_hundred_tokens() {
        let schedule = Schedule::of_days(TOTAL_SUPPLY.into(), 7_200_000_000_000).unwrap();
        assert_eq!(schedule.first, u128::from(FIRST_BLOCK_EMISSION));
        assert_eq!(schedule.blocks(0, BLOCKS_PER_DAY), Ok(7_200_000_000_000));
    }
}
