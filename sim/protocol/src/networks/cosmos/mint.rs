//! Inflation that moves towards a bonded ratio, block by block: `x/mint`. What a block mints goes to the fee pool.

use num_bigint::BigInt;

use super::Dec;
use crate::networks::RuleError;

/// What a chain sets; all ratios are a year's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inflation {
    /// The most that inflation changes in a year, at a bonded ratio of nought.
    pub rate_change: Dec,
    /// Upper end.
    pub max: Dec,
    /// Lower end.
    pub min: Dec,
    /// The bonded ratio at which inflation stands still.
    pub goal_bonded: Dec,
    /// Blocks in a year, as the chain counts.
    pub blocks_per_year: u64,
}

impl Inflation {
    /// Inflation of the next block, after `inflation`, at a bonded ratio: `(1 - bonded/goal) × change / blocks` more, inside the
    /// two ends.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for a goal or a year of nought.
    pub fn next(&self, bonded_ratio: &Dec, inflation: &Dec) -> Result<Dec, RuleError> {
        // no published number notices: a unit here is divided by the blocks of a year.
        let share_of_goal = bonded_ratio.quo(&self.goal_bonded)?;
        let gap = Dec::one().sub(&share_of_goal)?;
        // no published number notices: a unit here is divided by the blocks of a year.
        let change_per_year = gap.mul(&self.rate_change)?;
        let change = change_per_year.quo(&Dec::from_int(self.blocks_per_year))?;
        let next = inflation.add(&change)?;
        Ok(next.min(self.max.clone()).max(self.min.clone()))
    }

    /// What a year mints at this inflation of this supply, in base units with 18 places.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn annual_provisions(&self, inflation: &Dec, supply: &BigInt) -> Result<Dec, RuleError> {
        inflation.mul_int(supply)
    }

    /// What a block mints of a year's provisions, in whole base units. What is cut off is never minted.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for a year without blocks.
    pub fn block_provision(&self, annual_provisions: &Dec) -> Result<BigInt, RuleError> {
        let blocks = BigInt::from(self.blocks_per_year);
        // no published number notices: the next line cuts off all 18 places.
        let provision = annual_provisions.quo_int(&blocks)?;
        Ok(provision.truncate())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 13 % a year, between 7 and 20 %, at a goal of a half, in a year of 13 blocks.
    fn inflation() -> Inflation {
        let percent = |percent: i64| Dec::from_units(percent * 10_000_000_000_000_000);
        Inflation {
            rate_change: percent(13),
            max: percent(20),
            min: percent(7),
            goal_bonded: percent(50),
            blocks_per_year: 13,
        }
    }

    #[test]
    fn inflation_rises_below_the_goal_and_falls_above_it() {
        let percent = |percent: i64| Dec::from_units(percent * 10_000_000_000_000_000);
        let rule = inflation();
        assert_eq!(rule.next(&percent(0), &percent(10)), Ok(percent(11)));
        assert_eq!(rule.next(&percent(50), &percent(10)), Ok(percent(10)));
        assert_eq!(rule.next(&percent(100), &percent(10)), Ok(percent(9)));
        assert_eq!(rule.next(&percent(100), &percent(7)), Ok(percent(7)));
        assert_eq!(rule.next(&percent(0), &percent(20)), Ok(percent(20)));
    }

    #[test]
    fn a_change_of_inflation_rounds_three_times() {
        // Bonded 1/3 (cut): 0.333333333333333333 / 0.5 = 0.666666666666666666; the gap of 0.333333333333333334 × 0.13
        // = 0.04333333333333333342, rounded to ...333, / 13 = 0.003333333333333333|3.
        let bonded = Dec::from_units(333_333_333_333_333_333i64);
        let from = Dec::from_units(100_000_000_000_000_000i64);
        assert_eq!(
            inflation().next(&bonded, &from),
            Ok(Dec::from_units(103_333_333_333_333_333i64))
        );
    }

    #[test]
    fn a_block_mints_whole_units_of_the_years_provisions() {
        let rule = inflation();
        let tenth = Dec::from_units(100_000_000_000_000_000i64);
        let year = rule
            .annual_provisions(&tenth, &BigInt::from(1_000))
            .unwrap();
        assert_eq!(rule.block_provision(&year), Ok(BigInt::from(7)));
    }
}
