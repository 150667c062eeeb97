//! Storj's suites.

use num_bigint::BigInt;
use protocol::networks::storj::calendar::Moment;
use protocol::networks::storj::reputation::{Forgetting, Reputation};
use protocol::networks::storj::statement::{Code, Node, Services, Terms, statement};
use protocol::networks::storj::withholding::{WITHHELD_PERCENTS, percent_of, withheld_percent};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::date::Date;
use crate::vectors::decimal::Decimal;
use crate::vectors::float::number;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "storj",
    units: &[],
    suites: &[
        Suite {
            name: "withheld_percent",
            evaluate: withheld,
        },
        Suite {
            name: "percent_of",
            evaluate: percentage,
        },
        Suite {
            name: "statements_usd",
            evaluate: statements_usd,
        },
        Suite {
            name: "reputation_update",
            evaluate: reputation_update,
        },
    ],
};

/// Months after which the network's own tables, in tests and statements, end.
const MONTHS_TESTED: usize = 9;

fn withheld(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let percents = withheld_percents(case)?;
    let percent = withheld_percent(&percents, moment(case, "created")?, moment(case, "date")?);
    Ok(Json::map([
        ("percent", percent.unwrap_or(0).into()),
        ("in_withholding", percent.is_some().into()),
    ])
    .into())
}

/// The row's percentages by month, or the default schedule.
fn withheld_percents(case: &Case<'_>) -> Result<Vec<u32>, Problem> {
    if ["withheld", "withheld_percents"]
        .iter()
        .all(|key| case.find(key).is_none())
    {
        return Ok(WITHHELD_PERCENTS[..MONTHS_TESTED].to_vec());
    }
    match case.find("withheld") {
        Some(_) => case.integers("withheld"),
        None => case.integers("withheld_percents"),
    }
}

/// An amount and how many hundredths of it. The network's numbers are exact here: two places more than the amount has.
fn percentage(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let wrong = || Problem::Malformed("inputs are not an amount and a percentage".to_owned());
    let Some([amount, percent]) = case.inputs.items() else {
        return Err(wrong());
    };
    let amount = amount.decimal().ok_or_else(wrong)?;
    let is_negative = amount < Decimal::new(0, 0);
    let amount = amount.magnitude();
    let percent = percent.integer().ok_or_else(wrong)?;
    let places = amount.parts().1 + 2;
    let units = amount
        .scaled(places)
        .and_then(|units| u128::try_from(units).ok());
    let part = percent_of(units.ok_or_else(wrong)?, percent)?;
    let part = BigInt::from(part) * if is_negative { -1 } else { 1 };
    Ok(Json::from(Decimal::new(part, places)).into())
}

/// Places of a dollar that statements have.
const PLACES: u32 = 6;
/// Places of the network's rates that are read: a pico-dollar is the least.
const RATE_PLACES: u32 = 12;

fn usd(micro: impl Into<num_bigint::BigInt>) -> Json {
    Decimal::new(micro, PLACES).into()
}

fn statements_usd(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let percents = withheld_percents(case)?;
    let terms = Terms {
        period: moment(case, "period")?,
        rates: rates(case)?,
        withheld_percents: &percents,
        dispose_percent: case.integer("dispose_pct")?,
        surge_percent: case.integer_or("surge_pct", 0)?,
    };
    let optional = |key: &str| match case.find(key) {
        Some(_) => moment(case, key).map(Some),
        None => Ok(None),
    };
    let stated = statement(
        &terms,
        &Node {
            created: moment(case, "created")?,
            last_contact: moment(case, "last_contact")?,
            disqualified: optional("disqualified")?,
            graceful_exit: optional("graceful_exit")?,
            usage: usage(case)?,
            total_held: case.scaled("total_held", PLACES)?,
            total_disposed: case.scaled("total_disposed", PLACES)?,
        },
    )?;
    Ok(Json::map([
        ("owed", usd(stated.owed)),
        ("held", usd(stated.held)),
        ("disposed", usd(stated.disposed)),
        (
            "codes",
            Json::list(stated.codes.iter().map(|code| spelled(case, *code))),
        ),
    ])
    .into())
}

/// A code by the network's letter, or by its name where the row spells names.
fn spelled(case: &Case<'_>, code: Code) -> &'static str {
    let (letter, name) = match code {
        Code::GracefulExit => ("X", "GracefulExit"),
        Code::Offline => ("O", "Offline"),
        Code::InWithholding => ("E", "InWithholding"),
        Code::Disqualified => ("D", "Disqualified"),
    };
    let codes = case.expected.at("codes").and_then(Json::items);
    let first = codes.and_then(<[Json]>::first).and_then(Json::text);
    if first.is_some_and(|text| text.len() > 1) {
        name
    } else {
        letter
    }
}

/// Dollars for each service, in the order of its names.
fn rates(case: &Case<'_>) -> Result<Services, Problem> {
    let rates = case.scaled_list("rates", RATE_PLACES)?;
    let [at_rest, get, put, get_repair, put_repair, get_audit] = rates[..] else {
        return Err(Problem::Malformed("rates are not six".to_owned()));
    };
    Ok(Services {
        at_rest,
        get,
        put,
        get_repair,
        put_repair,
        get_audit,
    })
}

/// GB-hours and TB; what is not named was not done.
fn usage(case: &Case<'_>) -> Result<Services, Problem> {
    let usage = case.value("usage")?;
    let read = |key: &str, places| match usage.at(key) {
        None | Some(Json::Null) => Ok(0),
        Some(number) => number
            .decimal()
            .and_then(|number| u128::try_from(number.scaled(places)?).ok())
            .ok_or_else(|| Problem::Malformed(format!("usage {key} = {number} is no amount"))),
    };
    Ok(Services {
        at_rest: read("at_rest_gb_h", 9)?,
        get: read("get_tb", 12)?,
        put: read("put_tb", 12)?,
        get_repair: read("get_repair_tb", 12)?,
        put_repair: read("put_repair_tb", 12)?,
        get_audit: read("get_audit_tb", 12)?,
    })
}

fn reputation_update(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let before = Reputation {
        alpha: case.float("alpha")?,
        beta: case.float("beta")?,
    };
    let forgetting = Forgetting {
        lambda: case.float_or("lam", "0.999")?,
        weight: case.float_or("w", "1")?,
    };
    let after = before.after_successes(case.integer("count")?, &forgetting)?;
    Ok(Json::map([
        ("alpha", number(after.alpha)?),
        ("beta", number(after.beta)?),
    ])
    .into())
}

/// `2020-06`, `2020-06-30`, with or without `T12:00:00` or ` 12:00:00`, with or without `Z` or `+00:00`.
fn moment(case: &Case<'_>, key: &str) -> Result<Moment, Problem> {
    let text = case.text(key)?;
    let wrong = || Problem::Malformed(format!("input {key} = {text:?} is no date"));
    let date = Date::parse(text).ok_or_else(wrong)?;
    Moment::new(date.year, date.month, date.day, date.second).map_err(|_| wrong())
}
