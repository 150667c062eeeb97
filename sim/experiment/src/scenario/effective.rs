//! The effective scenario: every key with the value that counts, as a text that can be run again.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::data::{digest_of, hexadecimal};
use crate::parameters::{self, Parameter};
use crate::results::{Changed, DataFile};

/// The TOML text, in the order of the registry.
#[must_use]
pub fn to_toml(name: &str, seed: u64, effective: &BTreeMap<String, String>) -> String {
    let mut text = format!("schema = 1\nname = \"{name}\"\nseed = {seed}\n");
    for (table, members) in by_table() {
        if !table.is_empty() {
            let _ = write!(text, "\n[{table}]\n");
        }
        for parameter in members {
            let value = effective.get(parameter.path).map_or("", String::as_str);
            let _ = writeln!(
                text,
                "{} = {}",
                key(parameter.path),
                literal(parameter, value)
            );
        }
    }
    text
}

/// The parameters grouped by table, in the order in which the registry first names each table.
#[must_use]
pub fn by_table() -> Vec<(&'static str, Vec<&'static Parameter>)> {
    let mut tables: Vec<(&str, Vec<&Parameter>)> = Vec::new();
    for parameter in parameters::all() {
        let table = parameter
            .path
            .rsplit_once('.')
            .map_or("", |(table, _)| table);
        match tables.iter_mut().find(|(known, _)| *known == table) {
            Some((_, members)) => members.push(parameter),
            None => tables.push((table, vec![parameter])),
        }
    }
    tables
}

/// The last part of a path.
#[must_use]
pub fn key(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, key)| key)
}

/// A value as TOML writes it: counts bare, all else as basic strings.
#[must_use]
pub fn literal(parameter: &Parameter, value: &str) -> String {
    if parameter.access.is_count() {
        return value.to_owned();
    }
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(text, "\\u{:04X}", u32::from(control));
            }
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

/// Digest of the effective values and of the data behind them; neither the scenario's name nor the seed counts, nor where
/// a data file lies.
#[must_use]
pub fn digest(effective: &BTreeMap<String, String>, data: &BTreeMap<String, DataFile>) -> String {
    let mut text = String::new();
    for (path, value) in effective {
        let value = data.get(path).map_or(value, |file| &file.digest);
        let _ = writeln!(text, "{path} = {value}");
    }
    hexadecimal(digest_of(text.as_bytes()))
}

/// What differs from the built-in baseline.
#[must_use]
pub fn changed(effective: &BTreeMap<String, String>) -> Vec<Changed> {
    let differs = |parameter: &&Parameter| {
        effective
            .get(parameter.path)
            .is_some_and(|value| value != parameter.default)
    };
    let changed = |parameter: &Parameter| Changed {
        path: parameter.path.to_owned(),
        baseline: parameter.default.to_owned(),
        value: effective.get(parameter.path).cloned().unwrap_or_default(),
    };
    parameters::all()
        .iter()
        .filter(differs)
        .map(changed)
        .collect()
}
