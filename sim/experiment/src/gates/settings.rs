//! `where`: the points of a sweep at which a gate is read.

use toml_edit::{Item, TableLike, Value};

use super::parse::Reads;
use super::reader::Reader;
use crate::parameters::{self, Draft};
use crate::sweep::{NAME, NORMALISE};

impl Reader<'_> {
    /// `where`: factors and the canonical texts of their values.
    pub fn settings(&mut self) -> Vec<(String, String)> {
        let Some(item) = self.table.get("where") else {
            return Vec::new();
        };
        if self.source.reads == Reads::OneRun {
            let fault = self.fault("where", "a single run has no points");
            self.faults
                .push(fault.hint("put the gate into a sweep file"));
            return Vec::new();
        }
        let Some(table) = item.as_table_like() else {
            let fault = self.fault("where", "expected a table");
            self.faults
                .push(fault.hint("write where = { \"protocol.price.gain\" = \"2 %\" }"));
            return Vec::new();
        };
        let mut written = Vec::new();
        flatten(table, "", &mut written);
        written
            .into_iter()
            .filter_map(|(path, item)| self.setting(path, item))
            .collect()
    }

    fn setting(&mut self, path: String, item: &Item) -> Option<(String, String)> {
        if let (NAME | NORMALISE, Some(text)) = (&*path, item.as_str()) {
            return Some((path, text.to_owned()));
        }
        let Some(parameter) = parameters::find(&path) else {
            let fault = self
                .fault("where", "unknown parameter")
                .at(format!("gates.where.{path}"));
            let known = parameters::all().iter().map(|parameter| parameter.path);
            self.faults.push(match parameters::nearest(&path, known) {
                Some(near) => fault.hint(format!("did you mean {near}?")),
                None => fault.hint("stakesim show parameters lists all keys"),
            });
            return None;
        };
        let text = match item {
            Item::Value(Value::String(text)) => text.value().clone(),
            Item::Value(Value::Integer(value)) => value.value().to_string(),
            other => self.written(other),
        };
        let mut draft = Draft::blank();
        if let Reads::Sweep { decimals } = self.source.reads {
            draft.config.protocol.supply.decimals = decimals;
        }
        match parameter.set(&mut draft, &text) {
            Ok(canonical) => Some((path, canonical)),
            Err(_) => {
                let fault = self
                    .fault("where", "not a legal value")
                    .at(format!("gates.where.{path}"))
                    .value(self.written(item));
                self.faults
                    .push(fault.legal(parameter.legal()).hint(format!(
                        "expected something like {}",
                        parameter.access.example()
                    )));
                None
            }
        }
    }
}

/// Leaves of nested tables by dotted path.
fn flatten<'a>(table: &'a dyn TableLike, prefix: &str, leaves: &mut Vec<(String, &'a Item)>) {
    for (key, item) in table.iter() {
        let path = if prefix.is_empty() {
            key.to_owned()
        } else {
            format!("{prefix}.{key}")
        };
        match item.as_table_like() {
            Some(inner) => flatten(inner, &path, leaves),
            None => leaves.push((path, item)),
        }
    }
}
