//! Entries into a draft: unknown keys, types, units and ranges, each fault told.

use std::collections::{BTreeMap, BTreeSet};

use super::Fault;
use super::chain::Flat;
use super::document::{Entry, Given};
use super::fault::quantity_message;
use crate::parameters::{self, Draft, Parameter, Refused};

/// Keys that are not parameters.
const HEADER: [&str; 4] = ["schema", "name", "extends", "seed"];

/// The seed of scenarios that give none is not guessed: it is a key of the baseline.
pub struct Applied {
    /// The filled draft.
    pub draft: Draft,
    /// Canonical texts by path.
    pub effective: BTreeMap<String, String>,
    /// Paths whose value was refused; rules that read them stay silent.
    pub refused: BTreeSet<&'static str>,
}

/// Fills a draft.
pub fn apply(flat: &Flat, faults: &mut Vec<Fault>) -> Applied {
    let mut applied = Applied {
        draft: Draft::blank(),
        effective: BTreeMap::new(),
        refused: BTreeSet::new(),
    };
    for entry in flat
        .entries
        .values()
        .filter(|entry| !HEADER.contains(&&*entry.path))
    {
        if parameters::find(&entry.path).is_none() {
            faults.push(unknown(entry));
        }
    }
    // Coin amounts are written in whole coins: how many base units those are comes first.
    let decimals = |parameter: &&Parameter| parameter.path == "protocol.supply.decimals";
    let ordered = parameters::all()
        .iter()
        .filter(decimals)
        .chain(parameters::all().iter().filter(|p| !decimals(p)));
    let mut missing = Vec::new();
    for parameter in ordered {
        match flat.entries.get(parameter.path) {
            Some(entry) => match set(parameter, entry, &mut applied.draft) {
                Ok(text) => {
                    applied.effective.insert(entry.path.clone(), text);
                }
                Err(fault) => {
                    applied.refused.insert(parameter.path);
                    faults.push(fault);
                }
            },
            None => {
                applied.refused.insert(parameter.path);
                missing.push(parameter.path);
            }
        }
    }
    if let (Some(first), true) = (missing.iter().min(), flat.is_whole) {
        let message = format!("{} keys are missing, among them {first}", missing.len());
        let hint = "add extends = \"baseline\" to take them from the baseline";
        faults.push(Fault::new(&*flat.first, 1, message).hint(hint));
    }
    applied.draft.join();
    applied
}

fn unknown(entry: &Entry) -> Fault {
    let fault = entry.place.fault("unknown key").at(&*entry.path);
    let known = parameters::all()
        .iter()
        .map(|parameter| parameter.path)
        .chain(HEADER);
    let prefix = format!("{}.", entry.path);
    if parameters::all()
        .iter()
        .any(|parameter| parameter.path.starts_with(&prefix))
    {
        return fault
            .value(entry.given.as_written())
            .hint("this is a table: write its keys");
    }
    match parameters::nearest(&entry.path, known) {
        Some(near) => fault.hint(format!("did you mean {near}?")),
        None => fault.hint("stakesim show parameters lists all keys"),
    }
}

fn set(parameter: &Parameter, entry: &Entry, draft: &mut Draft) -> Result<String, Fault> {
    let fault = |message: String| {
        entry
            .place
            .fault(message)
            .at(&*entry.path)
            .value(entry.given.as_written())
    };
    let is_count = parameter.access.is_count();
    let text = match &entry.given {
        Given::Bare(text) => text.clone(),
        Given::Text(text) if !is_count => text.clone(),
        Given::Integer(value) if is_count => value.to_string(),
        given => {
            let found = match given {
                Given::Text(_) | Given::Bare(_) => "string",
                Given::Integer(_) => "integer",
                Given::Other(name, _) => name,
            };
            let expected = if is_count { "an integer" } else { "a string" };
            let hint = format!("write {}", parameter.access.example());
            return Err(fault(format!("expected {expected}, found {found}"))
                .legal(parameter.legal())
                .hint(hint));
        }
    };
    parameter
        .set(draft, &text)
        .map_err(|refused| match refused {
            Refused::Quantity(error) => fault(quantity_message(&error))
                .legal(parameter.legal())
                .hint(format!(
                    "expected {}; {}",
                    parameter.access.example(),
                    error.hint()
                )),
            Refused::OutOfRange => fault("out of range".to_owned()).legal(parameter.legal()),
            Refused::UnknownName { nearest } => {
                let fault = fault("unknown name".to_owned()).legal(parameter.legal());
                match nearest {
                    Some(name) => fault.hint(format!("did you mean \"{name}\"?")),
                    None => fault,
                }
            }
        })
}
