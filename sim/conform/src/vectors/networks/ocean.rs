//! Ocean's suites.

use num_bigint::BigInt;
use protocol::networks::ocean::{
    RankScale, rank_allocate, volume_multiplier, weekly_active_reward,
};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::date::Date;
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "ocean",
    units: &[],
    suites: &[
        Suite {
            name: "weekly_reward",
            evaluate: weekly_reward,
        },
        Suite {
            name: "dcv_multiplier",
            evaluate: multiplier,
        },
        Suite {
            name: "rank_allocate",
            evaluate: allocate,
        },
    ],
};

/// Decimals of amounts, multipliers and shares.
const DECIMALS: u32 = 18;
/// Assets that are rewarded at most.
const ASSETS_MAX: u32 = 100;

/// Where the count of weeks begins.
const FIRST_ROUND: &str = "2022-09-29";

fn weekly_reward(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let text = case.text("week_start")?;
    let date = Date::parse(text).ok_or_else(|| Problem::Malformed(format!("{text} is no date")))?;
    let first = Date::parse(FIRST_ROUND).map_or(0, Date::seconds);
    let reward = match date.seconds().checked_sub(first) {
        Some(since) => weekly_active_reward(since)?,
        None => 0,
    };
    Ok(Json::map([("ocean", Decimal::new(reward, DECIMALS).into())]).into())
}

fn multiplier(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let multiplier = volume_multiplier(case.integer("week")?, case.bool("predictoor")?);
    // The network's language writes it in two ways.
    let infinite = case.expected.at("mult").and_then(Json::text);
    let infinite = infinite.filter(|text| text.to_ascii_lowercase().starts_with("inf"));
    let written = match multiplier {
        Some(multiplier) => Decimal::new(multiplier, DECIMALS).into(),
        None => infinite.unwrap_or("inf").into(),
    };
    Ok(Json::map([("mult", written)]).into())
}

fn allocate(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let op = if case.has("op") {
        case.text("op")?
    } else {
        "LOG"
    };
    let scale = match op {
        "LIN" => RankScale::Linear,
        "SQRT" => RankScale::Root,
        "POW2" => RankScale::Square,
        "POW4" => RankScale::FourthPower,
        "LOG" => RankScale::Logarithm,
        _ => {
            return Err(Problem::Malformed(format!(
                "op {op} is none of LIN, SQRT, POW2, POW4, LOG"
            )));
        }
    };
    let volume = |volume: &Json| volume.decimal().and_then(|volume| volume.scaled(DECIMALS));
    let volumes: Option<Vec<BigInt>> = case.items("v")?.iter().map(volume).collect();
    let malformed =
        || Problem::Malformed(format!("v holds no number of at most {DECIMALS} decimals"));
    let (allocations, shares) = rank_allocate(&volumes.ok_or_else(malformed)?, scale, ASSETS_MAX)?;
    let list = |numbers: Vec<BigInt>| {
        Json::list(
            numbers
                .into_iter()
                .map(|number| Decimal::new(number, DECIMALS)),
        )
    };
    Ok(Json::map([("p", list(shares)), ("allocs", list(allocations))]).into())
}

#[cfg(test)]
mod tests {
    use crate::vectors::run;

    /// Rounds begin on Thursdays: the one with the first amount on 16 March 2023. Ranks 1 and 2 on a linear scale have 2 and 1 of 3.
    #[test]
    fn rows_in_the_network_s_own_words() {
        let text = r#"{"network":"Ocean","suites":[
          {"name":"weekly_reward","cases":[
            {"inputs":{"week_start":"2023-03-09"},"expected":{"ocean":0}},
            {"inputs":{"week_start":"2023-03-16"},"expected":{"ocean":75000.0}},
            {"inputs":{"week_start":"2024-03-14T00:00:00"},"expected":{"ocean":150000}},
            {"inputs":{"week_start":"2020-02-29"},"expected":{"ocean":0}}]},
          {"name":"dcv_multiplier","cases":[
            {"inputs":{"week":10,"predictoor":false},"expected":{"mult":0.9515}},
            {"inputs":{"week":3,"predictoor":false},"expected":{"mult":"inf"}}]},
          {"name":"rank_allocate","kind":"asserted_approx","tolerance":1e-9,"cases":[
            {"inputs":{"v":[3.5,40.0],"op":"LIN"},"expected":{"p":[0.3333333333,0.6666666667],"allocs":[1,2]}}]}]}"#;
        let report = run([("ocean.json", text)]).expect("a well-formed file");
        assert!(report.is_ok() && report.evaluated() == 7, "{report}");
    }
}
