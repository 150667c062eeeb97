//! Keys of a cost file that the other files of this family do not have: quantities in a range, truths, tables, and what is assumed
//! where a key is left out.

use serde::Serialize;
use toml_edit::{Item, Value};
use units::Quantity;

use crate::scenario::Fault;
use crate::sweep::{Reader, Section};

/// A value that the file leaves out, and where the one used instead comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assumed {
    /// Full path of the key.
    pub key: String,
    /// The value used.
    pub value: String,
    /// Where it comes from.
    pub source: String,
}

/// A key with its legal range, both ends included.
#[derive(Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The least legal value.
    pub least: &'static str,
    /// The largest.
    pub most: &'static str,
}

/// A key, its legal range, and what holds where it is left out.
#[derive(Clone, Copy)]
pub struct Optional {
    /// The key.
    pub key: Key,
    /// The value where it is left out.
    pub default: &'static str,
    /// Where that comes from.
    pub source: &'static str,
}

impl Reader<'_> {
    /// A table of the file; nothing where it is missing or no table, which is told.
    pub fn section<'t>(
        &mut self,
        top: &Section<'t>,
        name: &'static str,
        hint: &str,
    ) -> Option<Section<'t>> {
        if top.table.get(name).is_none() {
            self.missing(top, name, hint);
            return None;
        }
        self.optional_section(top, name)
    }

    /// The same for a table that may be left out.
    pub fn optional_section<'t>(
        &mut self,
        top: &Section<'t>,
        name: &'static str,
    ) -> Option<Section<'t>> {
        let line = self.line_of(top, name);
        let item = top.table.get(name)?;
        match item.as_table_like() {
            Some(table) => Some(Section { table, name, line }),
            None => {
                let message = format!("expected a table, found {}", item.type_name());
                let fault = self.fault(top, name, message);
                self.faults
                    .push(fault.hint(format!("begin it with a line [{name}]")));
                None
            }
        }
    }

    /// A quantity in its range; nothing where it is missing or something else, which is told.
    pub fn quantity<T: Quantity + PartialOrd>(
        &mut self,
        section: &Section<'_>,
        key: Key,
    ) -> Option<T> {
        if !section.table.contains_key(key.name) {
            let hint = format!("write {}", T::UNIT);
            self.missing(section, key.name, &hint);
            return None;
        }
        let text = self.string(section, key.name)?;
        let told = self.fault(section, key.name, "out of range");
        let told = told.legal(Some(format!("{} to {}", key.least, key.most)));
        let fault = match T::parse(&text) {
            Ok(value) if is_within(value, key) => return Some(value),
            Ok(_) => told,
            Err(error) => Fault {
                message: error.to_string(),
                ..told
            }
            .hint(error.hint()),
        };
        self.faults.push(fault);
        None
    }

    /// A quantity that may be left out: then its default, which is noted.
    pub fn quantity_or<T: Quantity + PartialOrd>(
        &mut self,
        section: Option<&Section<'_>>,
        table: &str,
        wanted: Optional,
        assumed: &mut Vec<Assumed>,
    ) -> Option<T> {
        if let Some(section) = section.filter(|it| it.table.contains_key(wanted.key.name)) {
            return self.quantity(section, wanted.key);
        }
        assumed.push(Assumed {
            key: format!("{table}.{}", wanted.key.name),
            value: wanted.default.to_owned(),
            source: wanted.source.to_owned(),
        });
        Some(T::parse(wanted.default).expect("a default of this crate"))
    }

    /// A whole number that must be there.
    pub fn count(&mut self, section: &Section<'_>, key: &str, most: u32) -> Option<u32> {
        if !section.table.contains_key(key) {
            self.missing(section, key, &format!("a whole number, 1 to {most}"));
            return None;
        }
        self.count_or(section, key, most, 1)
    }

    /// A whole number from 1 that may be left out.
    pub fn count_or(
        &mut self,
        section: &Section<'_>,
        key: &str,
        most: u32,
        default: u32,
    ) -> Option<u32> {
        if !section.table.contains_key(key) {
            return Some(default);
        }
        let found = self.whole(section, key, 1..=u64::from(most))?;
        u32::try_from(found).ok()
    }

    /// `true` or `false`, or the default where the key is left out.
    pub fn truth_or(&mut self, section: &Section<'_>, key: &str, default: bool) -> Option<bool> {
        match section.table.get(key) {
            None => Some(default),
            Some(Item::Value(Value::Boolean(truth))) => Some(*truth.value()),
            Some(other) => {
                let message = format!("expected true or false, found {}", other.type_name());
                let fault = self.fault(section, key, message);
                self.faults.push(fault);
                None
            }
        }
    }
}

/// Whether a value lies in the range of its key. Ends are written in this crate.
fn is_within<T: Quantity + PartialOrd>(value: T, key: Key) -> bool {
    let end = |text| T::parse(text).expect("an end of a range of this crate");
    end(key.least) <= value && value <= end(key.most)
}
