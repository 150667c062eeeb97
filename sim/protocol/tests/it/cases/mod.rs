//! Reads the hand-worked cases of `tests/cases` and plays them through the public door. Each file is a list of cases with
//! what is `given`, what to `do` and what to `expect`; amounts are base units of a token without decimals, and a tick is
//! an hour of a day of 24, so that the arithmetic stays readable.

mod given;
mod steps;
mod values;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use stakesim_protocol::*;

pub const WHY: Cause = Cause(1);

/// A case under way: the protocol, its time, and who is called what.
pub struct Play {
    pub protocol: Protocol,
    pub now: u64,
    pub people: BTreeMap<String, ParticipantId>,
    pub providers: BTreeMap<String, ProviderId>,
    pub jobs: BTreeMap<String, JobId>,
    pub summary: Option<EpochSummary>,
}

/// Plays every case of a mechanism's file and tells all that went wrong.
pub fn play(mechanism: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{mechanism}.json"));
    let text = std::fs::read_to_string(file).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() >= 10, "{mechanism} has ten cases or more");
    let faults: Vec<String> = cases
        .iter()
        .filter_map(|case| play_one(case).err())
        .collect();
    assert!(faults.is_empty(), "{mechanism}:\n{}", faults.join("\n"));
}

fn play_one(case: &Value) -> Result<(), String> {
    let name = case["name"].as_str().expect("a case has a name");
    assert!(case["why"].is_string(), "{name} says why");
    assert!(case["expect"].is_object(), "{name} expects something");
    let mut play = Play::given(&case["given"]);
    for step in case["do"].as_array().expect("a case does something") {
        play.take(step)
            .map_err(|fault| format!("  {name}\n    at {step}\n    {fault}"))?;
        let audit = play.protocol.audit();
        audit.map_err(|fault| format!("  {name}\n    at {step}\n    {fault}"))?;
    }
    play.expect(&case["expect"])
        .map_err(|fault| format!("  {name}\n    at the end\n    {fault}"))
}
