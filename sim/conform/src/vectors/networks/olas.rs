//! Olas' suites.

use protocol::networks::olas::Schedule;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "olas",
    units: &[],
    suites: &[
        Suite {
            name: "supply_caps",
            evaluate: supply_caps,
        },
        Suite {
            name: "after_year10",
            evaluate: supply_caps,
        },
    ],
};

/// Decimals of the token.
const DECIMALS: u32 = 18;

/// A number that is asked for as text is one of base units, else one of tokens.
fn supply_caps(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let year = case.integer("year")?;
    let amounts = [
        ("cap", Schedule::Allowed.supply_cap(year)?),
        ("inflation", Schedule::Allowed.inflation(year)?),
        ("actual_cap", Schedule::Actual.supply_cap(year)?),
        ("actual_inflation", Schedule::Actual.inflation(year)?),
    ];
    let written = amounts.map(|(key, amount)| {
        let is_text = case.expected.at(key).and_then(Json::text).is_some();
        let places = if is_text { 0 } else { DECIMALS };
        (key, Decimal::new(amount, places).into())
    });
    Ok(Json::map(written).into())
}

#[cfg(test)]
mod tests {
    use crate::vectors::run;

    #[test]
    fn tokens_as_numbers_and_base_units_as_text() {
        let text = r#"{"network":"Olas","suites":[
          {"name":"supply_caps","cases":[{"inputs":{"year":1},
            "expected":{"cap":569913084,"inflation":40254084,"actual_cap":543648331,"actual_inflation":17148331}}]},
          {"name":"after_year10","cases":[{"inputs":{"year":10},"expected":{"cap":"776961124860000000000000000"}}]}]}"#;
        let report = run([("olas.json", text)]).expect("a well-formed file");
        assert!(report.is_ok() && report.evaluated() == 2, "{report}");
    }
}
