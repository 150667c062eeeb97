//! What holds at every point: `[set]` of the file, and what the command line puts over it.

use toml_edit::{Item, TableLike, Value};

use super::reader::{Reader, Section, refusal, unknown_parameter};
use crate::parameters;
use crate::scenario::{Fault, Overrides};

/// One parameter set for all points, and where.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its path.
    pub path: &'static str,
    /// Canonical text.
    pub text: String,
    /// File, or `--set`.
    pub file: String,
    /// Line, or which of the command line's.
    pub line: usize,
}

/// A key that names a parameter, with its value and its line.
pub struct Leaf<'a> {
    /// Full path, whether it was written dotted or in nested tables.
    pub path: String,
    /// Value.
    pub item: &'a Item,
    /// Line.
    pub line: usize,
}

impl Reader<'_> {
    /// The keys of a table of parameters, those of nested tables under their full paths.
    pub fn leaves<'t>(&self, table: &'t dyn TableLike, prefix: &str, into: &mut Vec<Leaf<'t>>) {
        for (key, item) in table.iter() {
            let path = match prefix {
                "" => key.to_owned(),
                prefix => format!("{prefix}.{key}"),
            };
            let span = table.get_key_value(key).and_then(|(key, _)| key.span());
            match item.as_table_like() {
                Some(inner) if !inner.is_empty() => self.leaves(inner, &path, into),
                _ => into.push(Leaf {
                    path,
                    item,
                    line: self.line(span.or(item.span())),
                }),
            }
        }
    }

    /// A leaf as a parameter's path and canonical text.
    pub fn assignment(&mut self, leaf: &Leaf<'_>) -> Option<(&'static str, String)> {
        let parameter = self.parameter(&leaf.path, leaf.line)?;
        let Item::Value(value) = leaf.item else {
            let message = format!("expected a value, found {}", leaf.item.type_name());
            self.faults
                .push(Fault::new(self.file, leaf.line, message).at(&*leaf.path));
            return None;
        };
        let text = self.value(parameter, value, &leaf.path, leaf.line)?;
        Some((parameter.path, text))
    }

    /// All settings of the file and of the command line, which wins; none that a factor varies.
    pub fn settings(
        &mut self,
        top: &Section<'_>,
        overrides: &Overrides,
        is_factor: &dyn Fn(&str) -> bool,
    ) -> Vec<Setting> {
        self.decimals(top, overrides);
        let mut settings: Vec<Setting> = Vec::new();
        for leaf in &self.set_leaves(top) {
            let Some((path, text)) = self.assignment(leaf) else {
                continue;
            };
            let fault = |message: &str| Fault::new(self.file, leaf.line, message).at(path);
            if path == parameters::SEED.path {
                let hint = "seeds are replications: write seeds = { first = 1, count = 8 }";
                self.faults.push(fault("no parameter").hint(hint));
            } else if settings.iter().any(|known| known.path == path) {
                self.faults.push(fault("set twice"));
            } else if is_factor(path) {
                self.faults
                    .push(fault("a factor varies it").hint("take it out of [set]"));
            } else {
                let (file, line) = (self.file.to_owned(), leaf.line);
                settings.push(Setting {
                    path,
                    text,
                    file,
                    line,
                });
            }
        }
        for (at, text) in overrides.set.iter().enumerate() {
            match self.override_of(text, at + 1) {
                Ok(over) if is_factor(over.path) => {
                    let fault = Fault::new("--set", at + 1, "a factor of the sweep varies it");
                    self.faults.push(fault.at(over.path).value(over.text));
                }
                Ok(over) => {
                    settings.retain(|known| known.path != over.path);
                    settings.push(over);
                }
                Err(fault) => self.faults.push(fault),
            }
        }
        settings
    }

    fn set_leaves<'t>(&mut self, top: &Section<'t>) -> Vec<Leaf<'t>> {
        let mut leaves = Vec::new();
        match top
            .table
            .get("set")
            .map(|item| (item, item.as_table_like()))
        {
            Some((_, Some(table))) => self.leaves(table, "", &mut leaves),
            Some((item, None)) => {
                let message = format!("expected a table, found {}", item.type_name());
                let fault = self.fault(top, "set", message);
                self.faults.push(fault);
            }
            None => {}
        }
        leaves
    }

    /// Amounts are written in whole coins: how many base units those are comes first.
    fn decimals(&mut self, top: &Section<'_>, overrides: &Overrides) {
        let path = "protocol.supply.decimals";
        let Some(parameter) = parameters::find(path) else {
            return;
        };
        let given = self.set_leaves_quietly(top, path);
        let over = overrides.set.iter().filter_map(|text| text.split_once('='));
        let mut over = over
            .filter(|(key, _)| key.trim() == path)
            .map(|(_, text)| text.trim().to_owned());
        if let Some(text) = over.next_back().or(given) {
            // A value that is none is told where it is read.
            let _ = parameter.set(&mut self.draft, &text);
        }
    }

    fn set_leaves_quietly(&self, top: &Section<'_>, path: &str) -> Option<String> {
        let table = top.table.get("set")?.as_table_like()?;
        let mut leaves = Vec::new();
        self.leaves(table, "", &mut leaves);
        let leaf = leaves.iter().find(|leaf| leaf.path == path)?;
        leaf.item
            .as_value()
            .and_then(Value::as_integer)
            .map(|value| value.to_string())
    }

    fn override_of(&mut self, text: &str, at: usize) -> Result<Setting, Fault> {
        let Some((path, value)) = text.split_once('=') else {
            let fault = Fault::new("--set", at, format!("\"{text}\" is not path=value"));
            return Err(fault.hint("write --set fleet.providers=1000"));
        };
        let (path, value) = (path.trim(), value.trim().trim_matches('"'));
        let parameter =
            parameters::find(path).ok_or_else(|| unknown_parameter("--set", at, path))?;
        let told = |refused| {
            let fault = Fault::new("--set", at, "").at(path).value(value);
            refusal(fault, parameter, refused)
        };
        let text = parameter.set(&mut self.draft, value).map_err(told)?;
        let (path, file) = (parameter.path, "--set".to_owned());
        Ok(Setting {
            path,
            text,
            file,
            line: at,
        })
    }
}
