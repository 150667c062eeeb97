//! Dates as rows write them: a day of the Gregorian calendar, with a time or without, UTC. What a rule counts from, it says itself.

/// A moment, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// From 1.
    pub year: u32,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
    /// Of the day.
    pub second: u32,
}

/// The last year with four digits.
const YEAR_MAX: u32 = 9_999;

impl Date {
    /// Reads "2024-03-14", "2024-03", "2024-03-14T12:00:30.5Z"; nothing where there is no such day or time.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        let zone = ["Z", "+00:00"].into_iter();
        let plain = zone.fold(text.trim(), |text, zone| {
            text.strip_suffix(zone).unwrap_or(text)
        });
        let (date, time) = plain.split_once(['T', ' ']).unwrap_or((plain, "00:00"));
        // Fractions of a second are cut off.
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let time = match time.split_once('.') {
            Some((whole, fraction)) if is_digits(fraction) => whole,
            _ => time,
        };
        let second = match numbers(time, ':')?[..] {
            [hour @ 0..24, minute @ 0..60] => (hour * 60 + minute) * 60,
            [hour @ 0..24, minute @ 0..60, second @ 0..60] => (hour * 60 + minute) * 60 + second,
            _ => return None,
        };
        let (year, month, day) = match numbers(date, '-')?[..] {
            [year, month] => (year, month, 1),
            [year, month, day] => (year, month, day),
            _ => return None,
        };
        if !(1..=YEAR_MAX).contains(&year) || !(1..=12).contains(&month) || day < 1 {
            return None;
        }
        let next = day_number(year + month / 12, month % 12 + 1, 1);
        (day_number(year, month, day) < next).then_some(Date {
            year,
            month,
            day,
            second,
        })
    }

    /// Seconds from 1 March of year zero.
    #[must_use]
    pub fn seconds(self) -> u64 {
        let day = day_number(self.year, self.month, self.day);
        u64::from(day) * 86_400 + u64::from(self.second)
    }
}

fn numbers(text: &str, sign: char) -> Option<Vec<u32>> {
    text.split(sign).map(|part| part.parse().ok()).collect()
}

/// Days from 1 March of year zero. The year begins with March, so that a leap day is its last.
fn day_number(year: u32, month: u32, day: u32) -> u32 {
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        let is_date = |text: &str| Date::parse(text).is_some();
        let dates = ["2024-02-29", "2000-02-29", "2023-12-31", "2023-04"];
        assert!(dates.into_iter().all(is_date));
        let others = [
            "2023-02-29",
            "2100-02-29",
            "2023-04-31",
            "2023-13-01",
            "2023-00-01",
            "2023-01-00",
            "0000-01-01",
            "2023-01-01T24:00",
            "2023-01-01T12:00:00.x",
            "tomorrow",
        ];
        assert!(!others.into_iter().any(is_date));
    }

    #[test]
    fn moments_are_as_far_apart_as_their_calendar_says() {
        let seconds = |text: &str| Date::parse(text).map(Date::seconds).unwrap();
        let apart = |from: &str, to: &str| seconds(to) - seconds(from);
        assert_eq!(apart("2024-02-28", "2024-03-01"), 2 * 86_400);
        assert_eq!(apart("2023-12-31", "2024-01-01T00:00:01Z"), 86_401);
        // The Unix epoch is 719 468 days after 1 March of year zero.
        assert_eq!(seconds("1970-01-01 00:00+00:00"), 719_468 * 86_400);
        let date = Date::parse("2024-03-14T12:00:30.999Z").unwrap();
        assert_eq!(
            (date.year, date.month, date.day, date.second),
            (2024, 3, 14, 43_230)
        );
    }
}
