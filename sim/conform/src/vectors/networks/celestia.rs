//! Celestia's suites.

use protocol::networks::celestia::{
    Disinflation, NANOSECONDS_PER_YEAR, block_provision as provision, years_since_genesis as years,
};
use protocol::networks::cosmos::Dec;

use super::cosmos::{read, write};
use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "celestia",
    units: &[],
    suites: &[
        Suite {
            name: "inflation_by_year",
            evaluate: inflation_by_year,
        },
        Suite {
            name: "block_provision",
            evaluate: block_provision,
        },
        Suite {
            name: "years_since_genesis",
            evaluate: years_since_genesis,
        },
    ],
};

/// Mainnet's schedule, or what a file sets of it.
fn schedule(case: &Case<'_>) -> Result<Disinflation, Problem> {
    let mut schedule = Disinflation::mainnet();
    for (keys, ratio) in [
        (["initial_inflation", "initial"], &mut schedule.initial),
        (
            ["disinflation_rate", "disinflation"],
            &mut schedule.disinflation,
        ),
        (["target_inflation", "target"], &mut schedule.target),
    ] {
        if let Some(key) = keys.into_iter().find(|key| case.find(key).is_some()) {
            *ratio = read(case, key)?;
        }
    }
    Ok(schedule)
}

fn inflation_by_year(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let inflation = schedule(case)?.inflation(case.integer("year")?)?;
    Ok(Json::map([
        ("inflation", write(&inflation)),
        ("derived_e18", inflation.units().clone().into()),
    ])
    .into())
}

fn block_provision(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let interval: i128 = case.scaled("interval_s", 9)?;
    let annual = if case.find("annual_provisions").is_some() {
        read(case, "annual_provisions")?
    } else {
        Dec::default()
    };
    let utia = provision(&annual, interval)?;
    Ok(Json::map([("utia", utia.into())]).into())
}

fn years_since_genesis(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let value = case.value("offset")?;
    let elapsed = match value.text().map(|text| (text, duration(text))) {
        Some((_, Some(elapsed))) => elapsed,
        Some((text, None)) => {
            let why = format!("the offset {text:?} is in words that are no duration here");
            return Err(Problem::NotApplicable(why));
        }
        None => case.integer("offset")?,
    };
    Ok(Json::map([("years", years(elapsed).into())]).into())
}

/// Nanoseconds of a sum of durations in words: "10y+30d", "1 year - 1ns", "one day before genesis".
fn duration(text: &str) -> Option<i128> {
    let mut spaced = String::new();
    for c in text.to_ascii_lowercase().chars() {
        let last = spaced.chars().next_back().unwrap_or(' ');
        let is_digit = (last.is_ascii_digit(), c.is_ascii_digit());
        let is_letter = (last.is_ascii_alphabetic(), c.is_ascii_alphabetic());
        if matches!(c, '+' | '-') || (is_digit.0 && is_letter.1) || (is_letter.0 && is_digit.1) {
            spaced.push(' ');
        }
        spaced.push(if matches!(c, '_' | '*' | ',') { ' ' } else { c });
        if matches!(c, '+' | '-') {
            spaced.push(' ');
        }
    }
    let (mut sum, mut sign) = (0i128, 1);
    let mut count: Option<Decimal> = None;
    let mut is_before = false;
    for word in spaced.split_whitespace() {
        if let Some(nanoseconds) = unit(word) {
            let count = count.take().unwrap_or_else(|| Decimal::new(1, 0));
            let length = count.times(&Decimal::new(nanoseconds, 0)).whole()?;
            sum = sum.checked_add(sign * i128::try_from(length).ok()?)?;
            sign = 1;
        } else if let Some(named) = number(word) {
            if count.replace(named).is_some() {
                return None;
            }
        } else {
            match word {
                "+" | "plus" | "and" | "after" | "genesis" | "at" | "same" | "time" | "exactly" => {
                    sign = 1
                }
                "-" | "minus" | "less" => sign = -1,
                "before" => is_before = true,
                _ => return None,
            }
        }
    }
    if let Some(left) = count {
        // A bare nought needs no unit, and beside other durations a bare number is of nanoseconds.
        let is_clear = sum != 0 || left == Decimal::new(0, 0);
        let left = i128::try_from(left.whole().filter(|_| is_clear)?).ok()?;
        sum = sum.checked_add(sign * left)?;
    }
    Some(if is_before { -sum } else { sum })
}

fn number(word: &str) -> Option<Decimal> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(Decimal::new(1, 0));
    }
    let named = WORDS.iter().position(|name| *name == word);
    named.map_or_else(
        || Decimal::parse(word),
        |number| Some(Decimal::new(number, 0)),
    )
}

/// Nanoseconds of a unit; a month is 30 days, a year the chain's.
fn unit(word: &str) -> Option<u64> {
    const SECOND: u64 = 1_000_000_000;
    let singular = match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 => stem,
        _ => word,
    };
    Some(match singular {
        "ns" | "nanosecond" => 1,
        "us" | "µs" | "microsecond" => 1_000,
        "ms" | "millisecond" => 1_000_000,
        "s" | "sec" | "second" => SECOND,
        "m" | "min" | "minute" => 60 * SECOND,
        "h" | "hour" => 3_600 * SECOND,
        "d" | "day" => 86_400 * SECOND,
        "w" | "week" => 604_800 * SECOND,
        "mo" | "month" => 30 * 86_400 * SECOND,
        "y" | "yr" | "year" | "nanosecondsperyear" => NANOSECONDS_PER_YEAR,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        const DAY: i128 = 86_400_000_000_000;
        let year = i128::from(NANOSECONDS_PER_YEAR);
        for (text, nanoseconds) in [
            ("0", 0),
            ("genesis", 0),
            ("1d", DAY),
            ("-1 day", -DAY),
            ("one day before genesis", -DAY),
            ("1 year - 1ns", year - 1),
            ("10y+30d", 10 * year + 30 * DAY),
            ("ten years and one month", 10 * year + 30 * DAY),
            ("1.5 weeks", 21 * DAY / 2),
            ("one_year", year),
            ("exactly 1 year, 1 day", year + DAY),
            ("364d23h", 365 * DAY - 3_600_000_000_000),
            ("NanosecondsPerYear - 1", year - 1),
            ("10*NanosecondsPerYear", 10 * year),
        ] {
            assert_eq!(duration(text), Some(nanoseconds), "{text}");
        }
        for text in ["5", "soon", "1 2 d", "year of the dragon"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
