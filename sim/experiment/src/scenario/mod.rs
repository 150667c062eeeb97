//! From scenario files to checked inputs: parse, flatten, apply, check rules, load data. All faults are told at once.

mod apply;
mod chain;
mod document;
pub mod effective;
mod fault;
mod files;
mod rules;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use world::config::Inputs;

pub use chain::{SCENARIO_SCHEMA, Start};
pub use document::Lines;
pub use fault::{Fault, Faults};

use crate::gates::Gate;
use crate::results::{Changed, DataFile};
use chain::Flat;
use document::{Entry, Given, Place};

/// A checked scenario with its data: ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Name.
    pub name: String,
    /// Seed.
    pub seed: u64,
    /// Canonical text of every parameter, by path.
    pub effective: BTreeMap<String, String>,
    /// What the world is made of.
    pub inputs: Inputs,
    /// Data files read, by parameter path.
    pub data: BTreeMap<String, DataFile>,
    /// Digest of values and data, hexadecimal.
    pub digest: String,
    /// What differs from the built-in baseline.
    pub changed: Vec<Changed>,
    /// What is asked of its result. It decides nothing of the run and is no part of the digest.
    pub gates: Vec<Gate>,
}

/// What the command line puts over a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `path=value`, in the order given; the last of a path counts.
    pub set: Vec<String>,
    /// Seed.
    pub seed: Option<u64>,
}

impl Scenario {
    /// Loads and checks a scenario.
    pub fn load(start: Start<'_>, overrides: &Overrides) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        let mut flat = chain::flatten(start, &mut faults);
        override_entries(&mut flat, overrides, &mut faults);
        let applied = apply::apply(&flat, &mut faults);
        let (name, seed) = (
            name(&flat, &mut faults),
            seed(&flat, overrides, &mut faults),
        );
        let (mut draft, mut effective) = (applied.draft, applied.effective);
        if flat.is_whole {
            rules::check(&draft.config, &flat, &applied.refused, &mut faults);
        }
        let (trace, used) = files::load(&mut draft, &flat, &mut faults);
        if !faults.is_empty() {
            faults.sort_by_key(|fault| (fault.file != flat.first, fault.file.clone(), fault.line));
            return Err(Faults(faults));
        }
        for (path, file) in &used {
            effective.insert((*path).to_owned(), file.file.clone());
        }
        let data = used
            .into_iter()
            .map(|(path, file)| (path.to_owned(), file))
            .collect();
        let mut config = draft.config;
        name.clone_into(&mut config.name);
        config.protocol.epoch_ticks = config.epoch.as_secs_floor();
        Ok(Self {
            digest: effective::digest(&effective, &data),
            changed: effective::changed(&effective),
            name,
            seed,
            effective,
            gates: flat.gates.unwrap_or_default(),
            inputs: Inputs { config, trace },
            data,
        })
    }

    /// The effective scenario as a TOML text that can be run again.
    #[must_use]
    pub fn to_toml(&self) -> String {
        effective::to_toml(&self.name, self.seed, &self.effective)
    }
}

fn override_entries(flat: &mut Flat, overrides: &Overrides, faults: &mut Vec<Fault>) {
    for (at, text) in overrides.set.iter().enumerate() {
        let place = Place {
            file: "--set".into(),
            line: at + 1,
            folder: Some(Rc::new(PathBuf::new())),
        };
        let Some((path, value)) = text.split_once('=') else {
            faults.push(
                place
                    .fault(format!("\"{text}\" is not path=value"))
                    .hint("write --set fleet.providers=1000"),
            );
            continue;
        };
        let (path, value) = (
            path.trim().to_owned(),
            value.trim().trim_matches('"').to_owned(),
        );
        flat.entries.insert(
            path.clone(),
            Entry {
                path,
                given: Given::Bare(value),
                place,
            },
        );
    }
}

/// The scenario's name, which also names its folder of results.
fn name(flat: &Flat, faults: &mut Vec<Fault>) -> String {
    let is_legal = |name: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        !name.is_empty() && name.len() <= 64 && name.chars().all(plain) && !name.starts_with('.')
    };
    match flat.entries.get("name") {
        Some(Entry {
            given: Given::Text(name) | Given::Bare(name),
            ..
        }) if is_legal(name) => return name.clone(),
        Some(entry) => {
            let fault = entry
                .place
                .fault("not a legal name")
                .at("name")
                .value(entry.given.as_written());
            faults.push(fault.legal(Some(
                "a string of 1 to 64 letters, digits, _, - and .".to_owned(),
            )));
        }
        None if flat.is_whole => faults.push(Fault::new(&*flat.first, 1, "missing").at("name")),
        None => {}
    }
    String::new()
}

fn seed(flat: &Flat, overrides: &Overrides, faults: &mut Vec<Fault>) -> u64 {
    if let Some(seed) = overrides.seed {
        return seed;
    }
    let Some(entry) = flat.entries.get("seed") else {
        if flat.is_whole {
            faults.push(
                Fault::new(&*flat.first, 1, "missing")
                    .at("seed")
                    .hint("write seed = 1"),
            );
        }
        return 0;
    };
    let seed = match &entry.given {
        Given::Integer(seed) => u64::try_from(*seed).ok(),
        Given::Bare(text) => text.parse().ok(),
        Given::Text(_) | Given::Other(..) => None,
    };
    seed.unwrap_or_else(|| {
        let fault = entry
            .place
            .fault("not a seed")
            .at("seed")
            .value(entry.given.as_written());
        faults.push(fault.legal(Some("an integer from 0 to 2^63 - 1".to_owned())));
        0
    })
}
