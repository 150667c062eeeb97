//! A scenario and all that it extends, flattened: for each key the entry that counts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Fault;
use super::document::{Document, Entry, Given, Place, parse};
use crate::data::built_in;
use crate::gates::Gate;

/// Scenario schema that this version reads.
pub const SCENARIO_SCHEMA: i64 = 1;

/// Where a scenario begins.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    /// A file on disk; or a built-in's name where no such file exists.
    File(&'a Path),
    /// A text that is not a file of its own, such as a manifest's, and its name for people.
    Text(&'a str, &'a str),
}

/// The entries that count, by path.
#[derive(Debug, Default)]
pub struct Flat {
    /// Entries by path; those of extended scenarios only where nothing replaces them.
    pub entries: BTreeMap<String, Entry>,
    /// Gates of the first file that has any or says that it has none.
    pub gates: Option<Vec<Gate>>,
    /// File that the chain begins with, for people.
    pub first: String,
    /// Whether the chain ends in a scenario that extends another no further, rather than in a fault.
    pub is_whole: bool,
}

/// Follows `extends` from the start to the end.
pub fn flatten(start: Start<'_>, faults: &mut Vec<Fault>) -> Flat {
    let mut flat = Flat::default();
    let mut seen = BTreeSet::new();
    let Some(mut step) = begin(start, faults) else {
        return flat;
    };
    flat.first = step.place.file.to_string();
    loop {
        seen.insert(step.identity.clone());
        let Document { entries, gates } = match parse(&step.text, &step.place) {
            Ok(document) => document,
            Err(fault) => {
                faults.push(fault);
                return flat;
            }
        };
        check_schema(&entries, &step.place, faults);
        if let (None, Some(gates)) = (&flat.gates, gates) {
            flat.gates = Some(gates.unwrap_or_else(|mut wrong| {
                faults.append(&mut wrong);
                Vec::new()
            }));
        }
        let extends = entries
            .iter()
            .find(|entry| entry.path == "extends")
            .cloned();
        for entry in entries
            .into_iter()
            .filter(|entry| entry.path != "extends" && entry.path != "schema")
        {
            flat.entries.entry(entry.path.clone()).or_insert(entry);
        }
        let Some(extends) = extends else {
            flat.is_whole = true;
            return flat;
        };
        match follow(&extends, &seen) {
            Ok(next) => step = next,
            Err(fault) => {
                faults.push(fault);
                return flat;
            }
        }
    }
}

/// One text of the chain.
struct Step {
    text: String,
    place: Place,
    /// What tells it from the others of the chain.
    identity: PathBuf,
}

fn begin(start: Start<'_>, faults: &mut Vec<Fault>) -> Option<Step> {
    match start {
        Start::Text(name, text) => {
            let place = Place {
                file: name.into(),
                line: 0,
                folder: None,
            };
            Some(Step {
                text: text.to_owned(),
                place,
                identity: PathBuf::from(name),
            })
        }
        Start::File(path) => {
            let name = path.to_string_lossy();
            if !path.exists()
                && let Some(step) = built_in_step(&name)
            {
                return Some(step);
            }
            let step = file_step(path).map_err(|error| {
                Fault::new(
                    name.clone(),
                    0,
                    format!("the scenario cannot be read: {error}"),
                )
            });
            step.map_err(|fault| faults.push(fault)).ok()
        }
    }
}

fn built_in_step(name: &str) -> Option<Step> {
    let text = built_in::scenario(name)?.to_owned();
    let place = Place {
        file: format!("(built-in {name})").into(),
        line: 0,
        folder: None,
    };
    Some(Step {
        text,
        place,
        identity: PathBuf::from(name),
    })
}

fn file_step(path: &Path) -> std::io::Result<Step> {
    let text = std::fs::read_to_string(path)?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let file = path.to_string_lossy().into();
    let place = Place {
        file,
        line: 0,
        folder: Some(Rc::new(folder)),
    };
    Ok(Step {
        text,
        place,
        identity: path.canonicalize()?,
    })
}

fn follow(extends: &Entry, seen: &BTreeSet<PathBuf>) -> Result<Step, Fault> {
    let fault = |message: String| {
        extends
            .place
            .fault(message)
            .at("extends")
            .value(extends.given.as_written())
    };
    let Given::Text(name) = &extends.given else {
        return Err(
            fault("expected a string".to_owned()).hint("write extends = \"baseline\", or a path")
        );
    };
    let step = match built_in_step(name) {
        Some(step) => step,
        None => {
            let path = extends
                .place
                .folder
                .as_deref()
                .map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
            let known: Vec<_> = built_in::SCENARIOS.iter().map(|(name, _)| *name).collect();
            file_step(&path).map_err(|error| {
                fault(format!(
                    "no built-in scenario, and {} cannot be read: {error}",
                    path.display()
                ))
                .legal(Some(format!(
                    "{}, or a path relative to this file",
                    known.join(", ")
                )))
            })?
        }
    };
    if seen.contains(&step.identity) {
        return Err(fault(
            "the chain of extends comes back to a scenario that it already has".to_owned(),
        ));
    }
    Ok(step)
}

fn check_schema(entries: &[Entry], place: &Place, faults: &mut Vec<Fault>) {
    let hint = "this version reads schema = 1";
    match entries.iter().find(|entry| entry.path == "schema") {
        Some(Entry {
            given: Given::Integer(SCENARIO_SCHEMA),
            ..
        }) => {}
        Some(entry) => {
            let fault = entry
                .place
                .fault("unsupported schema")
                .at("schema")
                .value(entry.given.as_written());
            faults.push(fault.legal(Some(SCENARIO_SCHEMA.to_string())).hint(hint));
        }
        None => faults.push(
            Fault::new(&*place.file, 1, "missing")
                .at("schema")
                .hint("begin the file with schema = 1"),
        ),
    }
}
