//! A file of published measurements, answered by the cost model.

use std::fs;
use std::path::Path;

use conform::measured::{Calibrations, Fault, Report, evaluate, table};
use experiment::folder::{CONFORM, ResultFolder};

use crate::error::Error;
use crate::options::{Form, json};
use crate::output;

/// Answers the rows of a file with the committed constants.
pub fn run(path: &Path, out: Option<&Path>, format: Form) -> Result<(), Error> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Error::Input(format!("{name}: cannot be read: {error}")))?;
    let report =
        evaluate(&text, &Calibrations::built_in()).map_err(|faults| told(&name, &faults))?;
    if let Some(target) = out {
        write(&report, target)?;
    }
    output::print(&match format {
        Form::Table => table(&report),
        Form::Json => json(&report),
    })?;
    match missed(&report) {
        None => Ok(()),
        Some(missed) => Err(Error::No(missed)),
    }
}

/// All faults of a file of measurements, with its name.
pub fn told(name: &str, faults: &[Fault]) -> Error {
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| format!("{name}: {fault}"))
        .collect();
    Error::Input(lines.join("\nerror: "))
}

fn write(report: &Report, target: &Path) -> Result<(), Error> {
    let folder = ResultFolder::stage(target).map_err(Error::output(target))?;
    fs::write(folder.path().join(CONFORM), json(report)).map_err(Error::output(target))?;
    report::render_validation(report, folder.path()).map_err(Error::output(target))?;
    folder.commit().map_err(Error::output(target))
}

/// Which groups miss their target, and how many rows have no answer; nothing where all is well.
fn missed(report: &Report) -> Option<String> {
    if report.is_met() {
        return None;
    }
    let groups = report.groups.iter();
    let groups: Vec<&str> = groups
        .filter(|group| group.met == Some(false))
        .map(|group| group.group.as_str())
        .collect();
    let unanswered = report.rows.iter().filter(|row| row.predicted.is_none());
    let mut parts = Vec::new();
    if !groups.is_empty() {
        parts.push(format!("targets missed: {}", groups.join(", ")));
    }
    match unanswered.count() {
        0 => {}
        some => parts.push(format!("rows without an answer: {some}")),
    }
    Some(parts.join("; "))
}
