//! One table of `[[gates]]` read key by key: types, missing keys, and faults with their lines. What a key means is not here.

use toml_edit::{Item, TableLike, Value};

use super::number::percent;
use super::parse::Source;
use crate::scenario::{Fault, Lines};

/// A table being read.
pub struct Reader<'a> {
    /// The table.
    pub table: &'a dyn TableLike,
    /// Its first line.
    pub line: usize,
    /// Lines of the file.
    pub lines: &'a Lines,
    /// The file.
    pub source: &'a Source<'a>,
    /// What is wrong so far.
    pub faults: Vec<Fault>,
}

/// A bound as it was written.
#[derive(Clone, Copy)]
pub struct Number {
    /// Value.
    pub value: f64,
    /// Whether it was written in per cent.
    pub is_percent: bool,
}

impl Reader<'_> {
    pub fn flag(&mut self, key: &str) -> bool {
        match self.table.get(key) {
            None => false,
            Some(Item::Value(Value::Boolean(flag))) => *flag.value(),
            Some(_) => {
                let fault = self.fault(key, "expected true or false");
                self.faults.push(fault);
                false
            }
        }
    }

    /// A finite number, or a string in per cent where the unit lets it.
    pub fn number(&mut self, key: &str, unit: &str) -> Option<Number> {
        let plain = |value: f64| Number {
            value,
            is_percent: false,
        };
        let number = match self.table.get(key) {
            None => {
                let missing =
                    Fault::new(self.source.file, self.line, "missing").at(format!("gates.{key}"));
                self.faults
                    .push(missing.hint(format!("write {key} = 0.02, or {key} = \"2 %\"")));
                return None;
            }
            Some(Item::Value(Value::Integer(value))) => Some(plain(*value.value() as f64)),
            Some(Item::Value(Value::Float(value))) => Some(plain(*value.value())),
            Some(Item::Value(Value::String(text))) => {
                let number = per_cent(text.value());
                if number.is_some() && !matches!(unit, "" | "1/y") {
                    let fault = self.fault(key, format!("per cent, but the metric is in {unit}"));
                    self.faults.push(fault.hint("write a number without %"));
                    return None;
                }
                number
            }
            Some(_) => None,
        };
        let number = number.filter(|number| number.value.is_finite());
        if number.is_none() {
            let fault = self.fault(key, "no readable number");
            let unit = if unit.is_empty() {
                String::new()
            } else {
                format!(" in {unit}")
            };
            self.faults.push(fault.legal(Some(format!(
                "a number{unit}, or a string such as \"{}\"",
                percent(0.001)
            ))));
        }
        number
    }

    pub fn required_text(&mut self, key: &str, hint: &str) -> Option<String> {
        if !self.table.contains_key(key) {
            let fault =
                Fault::new(self.source.file, self.line, "missing").at(format!("gates.{key}"));
            self.faults.push(fault.hint(hint));
            return None;
        }
        self.text(key)
    }

    pub fn text(&mut self, key: &str) -> Option<String> {
        match self.table.get(key)? {
            Item::Value(Value::String(text)) => Some(text.value().clone()),
            other => {
                let message = format!("expected a string, found {}", other.type_name());
                let fault = self.fault(key, message);
                self.faults.push(fault);
                None
            }
        }
    }

    /// A fault of one key, with its line and its value.
    pub fn fault(&self, key: &str, message: impl Into<String>) -> Fault {
        let span = self
            .table
            .get_key_value(key)
            .and_then(|(key, item)| key.span().or(item.span()));
        let line = span.map_or(self.line, |span| self.lines.number(span.start));
        let fault = Fault::new(self.source.file, line, message).at(format!("gates.{key}"));
        match self.table.get(key).map(|item| self.written(item)) {
            Some(value) if !value.is_empty() => fault.value(value),
            _ => fault,
        }
    }

    pub fn written(&self, item: &Item) -> String {
        let text = item.span().and_then(|span| self.source.text.get(span));
        text.unwrap_or("").trim().to_owned()
    }
}

/// "2.5 %" as 0.025, the double nearest to it.
fn per_cent(text: &str) -> Option<Number> {
    let digits = text.strip_suffix('%')?.trim();
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    if !digits.chars().all(is_plain) {
        return None;
    }
    let value = format!("{digits}e-2").parse().ok()?;
    Some(Number {
        value,
        is_percent: true,
    })
}
