//! Olas (Autonolas): a supply cap for each year, of which inflation is what it adds. Restated from valory-xyz/autonolas-tokenomics
//! (MIT), `TokenomicsConstants` 1.3.0.
//!
//! The first ten years are a schedule that the network published; afterwards supply grows by 2 % a year, each growth floored. There are
//! two schedules: what may be issued, and what was and is meant to be ("actual").

use super::RuleError;
use super::round::{Rounding, mul_div};

/// Base units of a token.
const TOKEN: u128 = 1_000_000_000_000_000_000;
/// Years of the schedule.
pub const SCHEDULED_YEARS: u32 = 10;
const SCHEDULED: usize = SCHEDULED_YEARS as usize;
/// Growth after them, percent a year.
const GROWTH_PERCENT: u128 = 2;
/// Supply at launch, tokens.
const GENESIS: u128 = 526_500_000;
/// What may be issued in each of the first years, tokens.
const INFLATION: [u128; SCHEDULED] = [
    3_159_000, 40_254_084, 40_400_000, 25_260_023, 26_017_823, 26_798_358, 27_602_309, 28_430_378,
    29_283_289, 30_161_788,
];
/// What was issued in the first years and what the later ones are meant to issue, tokens.
const ACTUAL_INFLATION: [u128; SCHEDULED] = [
    0, 17_148_331, 24_524_294, 25_260_023, 26_017_823, 26_798_358, 27_602_309, 28_430_378,
    29_283_289, 30_161_788,
];

/// A schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// What may be issued.
    Allowed,
    /// What was issued, and is meant to be.
    Actual,
}

impl Schedule {
    const fn years(self) -> &'static [u128; SCHEDULED] {
        match self {
            Schedule::Allowed => &INFLATION,
            Schedule::Actual => &ACTUAL_INFLATION,
        }
    }

    /// Supply cap at the end of a year, counted from zero, in base units. After the schedule both grow from the actual cap.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past 128 bits.
    pub fn supply_cap(self, year: u32) -> Result<u128, RuleError> {
        let index = year as usize;
        if let Some(years) = self.years().get(..=index) {
            return Ok((GENESIS + years.iter().sum::<u128>()) * TOKEN);
        }
        let mut cap = (GENESIS + ACTUAL_INFLATION.iter().sum::<u128>()) * TOKEN;
        for _ in SCHEDULED..=index {
            cap = cap.checked_add(growth(cap)?).ok_or(RuleError::Overflow)?;
        }
        Ok(cap)
    }

    /// What a year adds, base units.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past 128 bits.
    pub fn inflation(self, year: u32) -> Result<u128, RuleError> {
        match self.years().get(year as usize) {
            Some(tokens) => Ok(tokens * TOKEN),
            None => growth(Schedule::Actual.supply_cap(year - 1)?),
        }
    }
}

fn growth(cap: u128) -> Result<u128, RuleError> {
    mul_div(cap, GROWTH_PERCENT, 100, Rounding::Floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 526.5 million and 3.159 million; without the latter in the actual schedule.
    #[test]
    fn the_first_year_by_hand() {
        assert_eq!(Schedule::Allowed.supply_cap(0), Ok(529_659_000 * TOKEN));
        assert_eq!(Schedule::Actual.supply_cap(0), Ok(526_500_000 * TOKEN));
        assert_eq!(Schedule::Allowed.supply_cap(9), Ok(803_867_052 * TOKEN));
        assert_eq!(Schedule::Actual.supply_cap(9), Ok(761_726_593 * TOKEN));
        assert_eq!(Schedule::Actual.inflation(1), Ok(17_148_331 * TOKEN));
    }

    /// 2 % of 761 726 593 are 15 234 531.86, and 2 % of 776 961 124.86 are 15 539 222.4972.
    #[test]
    fn after_the_schedule_supply_grows_by_two_percent() {
        let hundredth = TOKEN / 100;
        let inflation = 1_523_453_186 * hundredth;
        assert_eq!(Schedule::Allowed.inflation(10), Ok(inflation));
        let cap = 77_696_112_486 * hundredth;
        assert_eq!(Schedule::Actual.supply_cap(10), Ok(cap));
        assert_eq!(
            Schedule::Actual.inflation(11),
            Ok(155_392_224_972 * TOKEN / 10_000)
        );
        assert!(Schedule::Actual.supply_cap(10_000).is_err());
    }
}
