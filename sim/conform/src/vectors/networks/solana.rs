//! Solana's suites.

use protocol::networks::float::Double;
use protocol::networks::solana::Inflation;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::float::{float, number};
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "solana",
    units: &[],
    suites: &[
        Suite {
            name: "schedule",
            evaluate: schedule,
        },
        Suite {
            name: "invariants",
            evaluate: invariants,
        },
    ],
};

/// The row's parameters, or the network's defaults.
fn inflation(case: &Case<'_>) -> Result<Inflation, Problem> {
    Ok(Inflation {
        initial: case.float_or("initial", "0.08")?,
        terminal: case.float_or("terminal", "0.015")?,
        taper: case.float_or("taper", "0.15")?,
        foundation: case.float_or("foundation", "0.05")?,
        foundation_term: case.float_or("foundation_term", "7")?,
    })
}

fn schedule(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (inflation, year) = (inflation(case)?, case.float("year")?);
    Ok(Json::map([
        ("total", number(inflation.total(year)?)?),
        ("validator_default", number(inflation.validator(year)?)?),
    ])
    .into())
}

/// Fixed inflation is asked for as its number in every year; other inflation as properties, a text of them with commas between.
fn invariants(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let years = case.items("years")?;
    let years = years.iter().map(|year| {
        let year = year.decimal();
        float(&year.ok_or_else(|| Problem::Malformed("a year is no number".to_owned()))?)
    });
    let years = years.collect::<Result<Vec<Double>, Problem>>()?;
    if case.find("fixed").is_some() {
        let fixed = Inflation::fixed(case.float("fixed")?);
        let mut rates = Vec::new();
        for year in years {
            rates.push(fixed.validator(year)?);
        }
        rates.dedup();
        return Ok(match rates[..] {
            [rate] => number(rate)?.into(),
            _ => Json::list(
                rates
                    .into_iter()
                    .map(number)
                    .collect::<Result<Vec<_>, _>>()?,
            )
            .into(),
        });
    }
    let inflation = inflation(case)?;
    let text = case.expected.text();
    let text = text.ok_or_else(|| Problem::NotApplicable("no property is named".to_owned()))?;
    let mut checks = Vec::new();
    for property in text.split(',').map(str::trim) {
        let holds = holds(&inflation, &years, property)?;
        checks.push((property.to_owned(), true.into(), holds.into()));
    }
    Ok(Answer::Checks(checks))
}

/// Whether a property, as rows write it, holds in all years.
fn holds(inflation: &Inflation, years: &[Double], property: &str) -> Result<bool, Problem> {
    let unknown = || Problem::NotApplicable(format!("no property is called {property:?} here"));
    let mut totals = Vec::new();
    for &year in years {
        totals.push(inflation.total(year)?);
    }
    match property {
        "strictly decreasing" => Ok(totals.is_sorted_by(|a, b| a > b)),
        ">= terminal" => Ok(totals.iter().all(|total| *total >= inflation.terminal)),
        "total==validator+foundation" => {
            for &year in years {
                let parts = inflation
                    .validator(year)?
                    .plus(inflation.foundation(year)?)?;
                if parts != inflation.total(year)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => {
            let rest = property.strip_prefix("total(").ok_or_else(unknown)?;
            let (year, total) = rest.split_once(")==").ok_or_else(unknown)?;
            let read = |text| float(&Decimal::parse(text).ok_or_else(unknown)?);
            Ok(inflation.total(read(year)?)? == read(total)?)
        }
    }
}
