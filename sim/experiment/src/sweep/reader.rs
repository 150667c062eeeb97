//! A sweep file taken apart key by key: types, lines, and the faults found on the way. What a key means is not here.

use std::ops::{Range, RangeInclusive};
use std::path::Path;

use toml_edit::{Item, TableLike, Value};

use crate::parameters::{self, Access, Draft, Parameter, Refused};
use crate::scenario::{Fault, Lines};

/// A file being read.
pub struct Reader<'a> {
    /// Its name for people.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its folder, from which paths in it start.
    pub folder: &'a Path,
    /// Its lines.
    pub lines: Lines,
    /// Where values are tried; holds the coin's decimals of the base scenario.
    pub draft: Draft,
    /// What is wrong so far.
    pub faults: Vec<Fault>,
}

/// One table of the file.
#[derive(Clone, Copy)]
pub struct Section<'a> {
    /// Its keys.
    pub table: &'a dyn TableLike,
    /// Its name; empty for the top of the file.
    pub name: &'a str,
    /// The line it begins in.
    pub line: usize,
}

impl Section<'_> {
    /// Full path of a key.
    pub fn path(&self, key: &str) -> String {
        match self.name {
            "" => key.to_owned(),
            name => format!("{name}.{key}"),
        }
    }
}

impl Reader<'_> {
    /// The line of a span, from 1.
    pub fn line(&self, span: Option<Range<usize>>) -> usize {
        span.map_or(1, |span| self.lines.number(span.start))
    }

    /// The line of a key, or that of its table where it is missing.
    pub fn line_of(&self, section: &Section<'_>, key: &str) -> usize {
        let found = section.table.get_key_value(key);
        let span = found.and_then(|(key, item)| key.span().or(item.span()));
        span.map_or(section.line, |span| self.lines.number(span.start))
    }

    /// An item as it was written.
    pub fn written(&self, span: Option<Range<usize>>) -> String {
        let text = span.and_then(|span| self.text.get(span)).unwrap_or("");
        text.trim().to_owned()
    }

    /// A fault of one key, with its line and value.
    pub fn fault(&self, section: &Section<'_>, key: &str, message: impl Into<String>) -> Fault {
        let fault = Fault::new(self.file, self.line_of(section, key), message);
        let fault = fault.at(section.path(key));
        let item = section.table.get(key);
        match item.map(|item| self.written(item.span())) {
            Some(value) if !value.is_empty() && !value.contains('\n') => fault.value(value),
            _ => fault,
        }
    }

    /// Tells that a key must be there.
    pub fn missing(&mut self, section: &Section<'_>, key: &str, hint: &str) {
        let fault = self.fault(section, key, "missing").hint(hint);
        self.faults.push(fault);
    }

    /// Refuses keys that are not among the known ones.
    pub fn refuse_unknown(&mut self, section: &Section<'_>, known: &[&str]) {
        for (key, _) in section.table.iter() {
            if known.contains(&key) {
                continue;
            }
            let fault = self.fault(section, key, "unknown key");
            let near = parameters::nearest(key, known.iter().copied());
            self.faults.push(match near {
                Some(near) => fault.hint(format!("did you mean {near}?")),
                None if parameters::find(key).is_some() => {
                    fault.hint("a parameter for every point stands under [set]")
                }
                None => fault.legal(Some(known.join(", "))),
            });
        }
    }

    /// A string; nothing where it is missing or something else, which is told.
    pub fn string(&mut self, section: &Section<'_>, key: &str) -> Option<String> {
        match section.table.get(key)? {
            Item::Value(Value::String(text)) => Some(text.value().clone()),
            other => {
                let message = format!("expected a string, found {}", other.type_name());
                let fault = self.fault(section, key, message);
                self.faults.push(fault);
                None
            }
        }
    }

    /// A whole number in a range; nothing where it is missing or something else, which is told.
    pub fn whole(
        &mut self,
        section: &Section<'_>,
        key: &str,
        range: RangeInclusive<u64>,
    ) -> Option<u64> {
        let item = section.table.get(key)?;
        let found = item
            .as_integer()
            .and_then(|value| u64::try_from(value).ok())
            .filter(|value| range.contains(value));
        if found.is_none() {
            let fault = self.fault(section, key, "not a legal whole number");
            let legal = format!("{} to {}", range.start(), range.end());
            self.faults.push(fault.legal(Some(legal)));
        }
        found
    }

    /// One of some words; the first where the key is missing.
    pub fn word<T: Copy>(
        &mut self,
        section: &Section<'_>,
        key: &str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        if !section.table.contains_key(key) {
            return words.first().map(|(_, meaning)| *meaning);
        }
        let text = self.string(section, key)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let names = || words.iter().map(|(word, _)| *word);
            let legal = names().collect::<Vec<_>>().join(", ");
            let fault = self.fault(section, key, "unknown name").legal(Some(legal));
            self.faults.push(match parameters::nearest(&text, names()) {
                Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
                None => fault,
            });
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// A parameter by its path; an unknown one is told at a line.
    pub fn parameter(&mut self, path: &str, line: usize) -> Option<&'static Parameter> {
        let found = match path {
            _ if path == parameters::SEED.path => Some(&parameters::SEED),
            path => parameters::find(path),
        };
        if found.is_none() {
            self.faults.push(unknown_parameter(self.file, line, path));
        }
        found
    }

    /// A legal value of a parameter in its canonical spelling; anything else is told.
    pub fn value(
        &mut self,
        parameter: &Parameter,
        item: &Value,
        key: &str,
        line: usize,
    ) -> Option<String> {
        let is_count = parameter.access.is_count();
        let text = match item {
            Value::String(text) if !is_count => text.value().clone(),
            Value::Integer(value) if is_count => value.value().to_string(),
            other => {
                let expected = if is_count { "an integer" } else { "a string" };
                let message = format!("expected {expected}, found {}", other.type_name());
                let fault = Fault::new(self.file, line, message).at(key);
                let fault = fault.value(self.written(other.span()));
                let hint = format!("write {}", parameter.access.example());
                self.faults.push(fault.legal(parameter.legal()).hint(hint));
                return None;
            }
        };
        let text = self.on_disk(parameter, text);
        match parameter.set(&mut self.draft, &text) {
            Ok(canonical) => Some(canonical),
            Err(refused) => {
                let fault = Fault::new(self.file, line, "").at(key);
                let fault = fault.value(self.written(item.span()));
                self.faults.push(refusal(fault, parameter, refused));
                None
            }
        }
    }

    /// A data file's path starts from this file's folder, like those in scenarios; a built-in's name stays.
    fn on_disk(&self, parameter: &Parameter, text: String) -> String {
        let beside = self.folder.join(&text);
        match parameter.access {
            Access::File(_) if beside.is_file() => beside.to_string_lossy().into_owned(),
            _ => text,
        }
    }
}

/// What is wrong with a value, and what would be right.
pub fn refusal(fault: Fault, parameter: &Parameter, refused: Refused) -> Fault {
    let told = |message: String| {
        Fault {
            message,
            ..fault.clone()
        }
        .legal(parameter.legal())
    };
    match refused {
        Refused::Quantity(error) => told(error.to_string()).hint(error.hint()),
        Refused::OutOfRange => told("out of range".to_owned()),
        Refused::UnknownName { nearest: None } => told("unknown name".to_owned()),
        Refused::UnknownName {
            nearest: Some(near),
        } => told("unknown name".to_owned()).hint(format!("did you mean \"{near}\"?")),
    }
}

/// A path that is no parameter's.
pub fn unknown_parameter(file: &str, line: usize, path: &str) -> Fault {
    let fault = Fault::new(file, line, "unknown parameter").at(path);
    let prefix = format!("{path}.");
    let mut paths = parameters::all().iter().map(|parameter| parameter.path);
    if paths.any(|known| known.starts_with(&prefix)) {
        return fault.hint("this is a table: name its keys");
    }
    let known = parameters::all().iter().map(|parameter| parameter.path);
    match parameters::nearest(path, known) {
        Some(near) => fault.hint(format!("did you mean {near}?")),
        None => fault.hint("stakesim show parameters lists all parameters"),
    }
}
