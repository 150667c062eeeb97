//! How often each operation was done and refused, and for what.

use std::collections::BTreeMap;

use stakesim_protocol::{Error, Operation};

/// How often each operation succeeded and failed, and each error came.
#[derive(Debug, Default)]
pub struct Coverage {
    pub operations: BTreeMap<String, (u64, u64)>,
    pub errors: BTreeMap<String, u64>,
}

impl Coverage {
    pub fn count(&mut self, operation: &Operation, error: Option<&Error>) {
        let counts = self.operations.entry(name(operation)).or_default();
        match error {
            None => counts.0 += 1,
            Some(error) => {
                counts.1 += 1;
                *self.errors.entry(name(error)).or_default() += 1;
            }
        }
    }

    pub fn add(&mut self, other: Coverage) {
        for (name, (done, refused)) in other.operations {
            let counts = self.operations.entry(name).or_default();
            *counts = (counts.0 + done, counts.1 + refused);
        }
        for (name, count) in other.errors {
            *self.errors.entry(name).or_default() += count;
        }
    }
}

/// A variant's name.
fn name(value: &impl core::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let end = text.find(|c: char| !c.is_alphanumeric());
    text[..end.unwrap_or(text.len())].to_string()
}
