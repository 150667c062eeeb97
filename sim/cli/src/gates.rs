//! The gates of a single run: read, written into the folder, printed, and made an exit code. How they are judged is
//! `experiment`'s.

use std::fs;
use std::io;
use std::path::Path;

use experiment::gates::{Verdicts, rule};
use experiment::results::RunResult;
use experiment::scenario::Scenario;
use serde_json::Value;

use crate::error::Error;
use crate::output;

/// Confidence that is written beside point checks. They make no inference, so that it decides nothing.
const CONFIDENCE: f64 = 0.95;

/// Holds one run against the gates of its scenario.
pub fn point_checks(scenario: &Scenario, result: &RunResult) -> Verdicts {
    let value = |name: &str| vec![result.metric(name).unwrap_or(f64::NAN)];
    Verdicts {
        name: scenario.name.clone(),
        confidence: CONFIDENCE,
        points: Vec::new(),
        rulings: rule(&scenario.gates, &value, CONFIDENCE),
        allows_undecided: false,
    }
}

/// Writes `gates.json` and `junit.xml`. Without gates nothing is written.
pub fn write(verdicts: &Verdicts, folder: &Path) -> io::Result<()> {
    if verdicts.rulings.is_empty() {
        return Ok(());
    }
    fs::write(folder.join("gates.json"), verdicts.to_json())?;
    fs::write(folder.join("junit.xml"), verdicts.to_junit())
}

/// The verdicts as a table, with an empty line behind it. Empty without gates.
pub fn table(verdicts: &Verdicts) -> String {
    if verdicts.rulings.is_empty() {
        return String::new();
    }
    let header = verdicts.header();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let table = output::table(&header, &verdicts.rows(), &[]);
    format!("{table}point checks of one run: {}\n\n", verdicts.sum())
}

/// The rows of `gates.json`.
pub fn json(verdicts: &Verdicts) -> Value {
    let document: Value = serde_json::from_str(&verdicts.to_json()).expect("our own document");
    document["gates"].clone()
}

/// The answer is "no" when a gate does not pass.
pub fn judge(verdicts: &Verdicts) -> Result<(), Error> {
    match verdicts.is_green() {
        true => Ok(()),
        false => Err(Error::No(format!("gates: {}", verdicts.sum()))),
    }
}
