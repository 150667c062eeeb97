//! Phala's suites of single rules; those that follow a worker from block to block are in `gatekeeper`.

mod gatekeeper;

use protocol::networks::phala::U64F64;
use protocol::networks::phala::tokenomic::{DAY_S, HOUR_S, Tokenomic, YEAR_S, a_block};
use protocol::networks::phala::worker::Worker;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "phala",
    units: &[],
    suites: &[
        Suite {
            name: "tokenomic_pallet",
            evaluate: tokenomic_pallet,
        },
        Suite {
            name: "gatekeeper_numerics",
            evaluate: gatekeeper::numerics,
        },
        Suite {
            name: "payout_at_v_max",
            evaluate: gatekeeper::payout_at_v_max,
        },
        Suite {
            name: "p_instant",
            evaluate: p_instant,
        },
    ],
};

/// How files call the parameters, in the order of their reading.
const KEYS: [&str; 11] = [
    "rho",
    "slash_rate",
    "budget_per_block",
    "v_max",
    "cost_k",
    "cost_b",
    "treasury",
    "rig_k",
    "rig_b",
    "re",
    "k",
];

/// Blocks for an answer, where a file does not say.
const WINDOW: u32 = 10;

/// The benchmark of the publisher's workers, where a row and those before it do not say.
const P_BENCH: u64 = 100;

fn printed(number: U64F64) -> Json {
    let (mantissa, places) = number.to_decimal();
    Decimal::new(mantissa, places).into()
}

fn fixed(number: &Decimal) -> Result<U64F64, Problem> {
    let (mantissa, places) = number.parts();
    Ok(U64F64::from_decimal(mantissa, places)?)
}

/// A parameter as the file writes it: a number, or a text that begins with a number and says after a slash for which time it is,
/// "0.0415625/yr", and then perhaps more. Brought to a block.
fn parameter(value: &Json) -> Result<U64F64, Problem> {
    if let Some(number) = value.decimal() {
        return fixed(&number);
    }
    let read = || {
        let (number, time) = value.text()?.split_once('/')?;
        let unit = time.split(|c: char| !c.is_ascii_alphabetic()).next()?;
        Some((Decimal::parse(number.trim())?, unit))
    };
    let malformed = || {
        Problem::Malformed(format!(
            "the parameter {value} is not a number, perhaps a time"
        ))
    };
    let (number, unit) = read().ok_or_else(malformed)?;
    let period = match unit {
        "block" => return fixed(&number),
        "h" | "hour" => HOUR_S,
        "d" | "day" => DAY_S,
        "yr" | "y" | "year" => YEAR_S,
        _ => return Err(malformed()),
    };
    Ok(a_block(fixed(&number)?, period)?)
}

/// The parameters that the row, its suite or its file give; the published ones for those that they do not.
fn params(case: &Case<'_>, places: &[&Json]) -> Result<Tokenomic, Problem> {
    let given = |key: &str| places.iter().find_map(|place| place.at(key));
    let mut params = if KEYS.iter().all(|key| given(key).is_some()) {
        Tokenomic::default()
    } else {
        Tokenomic::published()?
    };
    let fields = [
        &mut params.rho,
        &mut params.slash_rate,
        &mut params.budget,
        &mut params.v_max,
        &mut params.cost_k,
        &mut params.cost_b,
        &mut params.treasury,
        &mut params.rig_k,
        &mut params.rig_b,
        &mut params.re,
        &mut params.k,
    ];
    for (key, field) in KEYS.into_iter().zip(fields) {
        if let Some(value) = given(key) {
            *field = parameter(value)?;
        }
    }
    params.payout = match given("payout") {
        Some(value) => parameter(value)?,
        None => U64F64::ONE.minus(params.treasury)?,
    };
    params.heartbeat_window = case.integer_or("heartbeat_window", WINDOW)?;
    Ok(params)
}

fn tokenomic_pallet(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let params = params(case, &[case.inputs, case.params[0], case.params[1]])?;
    let (function, power) = match case.text("fn")?.split_once('^') {
        Some((function, power)) => (function, power.parse::<u32>().ok()),
        None => (case.text("fn")?, None),
    };
    let answer = match (function, power) {
        ("v_max", None) => printed(params.v_max),
        ("minimal_stake", None) => params.minimal_stake(case.integer("p")?)?.into(),
        ("ve", None) => {
            let stake = U64F64::from_base_units(case.scaled("stake", 12)?)?;
            let level = case.integer_or("confidence", 1)?;
            printed(params.initial_value(stake, case.integer("p")?, level)?)
        }
        ("rig_cost", None) => printed(params.rig_cost(case.integer("p")?)?),
        ("slash_decay", Some(blocks)) => printed(params.decay(blocks)?),
        ("rho", Some(blocks)) => printed(params.rho.pow(blocks)?),
        ("budget_per_day", None) => printed(params.budget_in(DAY_S)?),
        ("op_cost_year", None) => printed(params.running_cost_in(case.integer("p")?, YEAR_S)?),
        _ => {
            let why = format!("no function {} is here", case.text("fn")?);
            return Err(Problem::NotApplicable(why));
        }
    };
    Ok(answer.into())
}

fn p_instant(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    let before = carried.as_ref().and_then(|last| last.downcast_ref());
    let p_bench = case.integer_or("p_bench", before.copied().unwrap_or(P_BENCH))?;
    *carried = Some(Box::new(p_bench));
    let last_ms = case.integer_or("last_ms", 0)?;
    let mut worker = Worker::new(U64F64::ZERO, U64F64::whole(p_bench), 1, 0, last_ms);
    worker.iterations = case.integer_or("last_iter", 0)?;
    worker.measure(case.integer("now_ms")?, case.integer("iterations")?)?;
    Ok(printed(worker.p_instant).into())
}
