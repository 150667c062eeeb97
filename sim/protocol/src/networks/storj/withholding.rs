//! How much of a node's pay is held back, by its age in months.

use super::calendar::Moment;
use crate::networks::RuleError;
use crate::networks::round::{Rounding, mul_div};

/// Percent held back in each month of a node's life, by the satellites' defaults: nothing is held back in months 10 to 15, but nothing
/// is returned yet either.
pub const WITHHELD_PERCENTS: [u32; 15] = [75, 75, 75, 50, 50, 50, 25, 25, 25, 0, 0, 0, 0, 0, 0];

/// Percent held back at `end`, the end of a period, exclusive, of a node created at `created`; nothing once it is past the list. A month
/// is over when its anniversary is.
#[must_use]
pub fn withheld_percent(percents: &[u32], created: Moment, end: Moment) -> Option<u32> {
    let mut months = (1..).zip(percents);
    let (_, percent) = months.find(|(month, _)| created.months_later(*month) > end)?;
    Some(*percent)
}

/// So many hundredths of an amount, to the nearest unit.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn percent_of(amount: u128, percent: u32) -> Result<u128, RuleError> {
    mul_div(amount, percent.into(), 100, Rounding::HalfUp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_is_held_back_falls_by_the_quarter_and_ends_after_fifteen_months() {
        let day = |year, month, day| Moment::new(year, month, day, 0).unwrap();
        let created = day(2019, 1, 15);
        let percent = |end| withheld_percent(&WITHHELD_PERCENTS, created, end);
        assert_eq!(percent(day(2019, 2, 1)), Some(75));
        assert_eq!(percent(day(2019, 4, 14)), Some(75));
        assert_eq!(
            percent(day(2019, 4, 15)),
            Some(50),
            "an anniversary ends its month"
        );
        assert_eq!(percent(day(2019, 8, 1)), Some(25));
        assert_eq!(percent(day(2019, 11, 1)), Some(0));
        assert_eq!(percent(day(2020, 4, 14)), Some(0));
        assert_eq!(percent(day(2020, 4, 15)), None);
        assert_eq!(withheld_percent(&[], created, created), None);
    }

    #[test]
    fn percentages_are_rounded_to_the_nearest() {
        assert_eq!(percent_of(200, 20), Ok(40));
        assert_eq!(percent_of(10, 25), Ok(3));
        assert_eq!(percent_of(9, 25), Ok(2));
    }
}
