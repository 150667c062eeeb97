//! Moments of the civil calendar, UTC, and months counted from one. No time zones, no leap seconds.

use crate::networks::RuleError;

/// A moment; later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    year: u32,
    /// From 1.
    month: u32,
    /// From 1.
    day: u32,
    /// Of the day.
    second: u32,
}

/// The last year that is told apart.
const YEAR_MAX: u32 = 9_999;

impl Moment {
    /// A moment, the month and the day counted from 1, the second from the day's beginning.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when there is no such day or second.
    pub fn new(year: u32, month: u32, day: u32, second: u32) -> Result<Moment, RuleError> {
        let is_month = (1..=12).contains(&month) && (1..=YEAR_MAX).contains(&year);
        if !is_month || day < 1 || day > days_in(year, month) || second >= 86_400 {
            return Err(RuleError::Refused("no such moment"));
        }
        Ok(Moment {
            year,
            month,
            day,
            second,
        })
    }

    /// The same day and time some months later. A day that this month lacks counts on into the next: one month after 31 January is 3
    /// March, or 2 March in a leap year.
    #[must_use]
    pub fn months_later(self, months: u32) -> Moment {
        let count = self.month.saturating_sub(1).saturating_add(months);
        let mut later = Moment {
            year: self.year + count / 12,
            month: count % 12 + 1,
            ..self
        };
        if later.day > days_in(later.year, later.month) {
            later.day -= days_in(later.year, later.month);
            later.month += 1;
        }
        later
    }

    /// The first moment of the month that this lies in.
    #[must_use]
    pub fn month_start(self) -> Moment {
        Moment {
            day: 1,
            second: 0,
            ..self
        }
    }
}

/// Days of a month.
const fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u32, month: u32, day: u32) -> Moment {
        Moment::new(year, month, day, 7).unwrap()
    }

    #[test]
    fn days_that_a_month_lacks_count_on_into_the_next() {
        assert_eq!(day(2019, 1, 31).months_later(1), day(2019, 3, 3));
        assert_eq!(day(2020, 1, 31).months_later(1), day(2020, 3, 2));
        assert_eq!(day(2019, 10, 31).months_later(1), day(2019, 12, 1));
        assert_eq!(day(2019, 12, 15).months_later(14), day(2021, 2, 15));
        assert_eq!(day(1900, 1, 29).months_later(1), day(1900, 3, 1));
        assert_eq!(day(2019, 5, 31).months_later(12), day(2020, 5, 31));
    }

    #[test]
    fn moments_that_are_none_are_refused_and_the_others_are_in_order() {
        for (year, month, day, second) in [
            (2019, 2, 29, 0),
            (2019, 13, 1, 0),
            (2019, 0, 1, 0),
            (2019, 1, 0, 0),
            (2019, 1, 1, 86_400),
        ] {
            assert!(Moment::new(year, month, day, second).is_err());
        }
        assert!(day(2019, 12, 31) < day(2020, 1, 1));
        assert!(day(2020, 1, 1).month_start() < day(2020, 1, 1));
    }
}
