//! `sensitivity.json` of a sweep's results. Equal runs give equal bytes.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::{Sensitivity, of};
use crate::sweep::{Design, Outcome};

/// Its name in a folder of results.
pub const SENSITIVITY: &str = "sensitivity.json";
/// Number of its schema.
pub const SENSITIVITY_SCHEMA: u32 = 1;

/// What it holds.
#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    version: &'static str,
    name: &'a str,
    /// What tells the sweep's runs from those of any other.
    identity: &'a str,
    design: Design,
    points: usize,
    /// Of every interval.
    confidence: f64,
    metrics: Vec<Sensitivity>,
}

/// Writes the sensitivities of a sweep; nothing for a design that has none.
///
/// # Errors
/// When the file cannot be written.
pub fn write(outcome: &Outcome, folder: &Path) -> io::Result<()> {
    match text(outcome) {
        Some(text) => std::fs::write(folder.join(SENSITIVITY), text),
        None => Ok(()),
    }
}

fn text(outcome: &Outcome) -> Option<String> {
    let plan = &outcome.plan;
    let document = Document {
        schema: SENSITIVITY_SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        name: &plan.name,
        identity: &outcome.identity,
        design: plan.design,
        points: plan.points.len(),
        confidence: plan.confidence,
        metrics: of(outcome)?,
    };
    Some(serde_json::to_string_pretty(&document).expect("plain keys") + "\n")
}
