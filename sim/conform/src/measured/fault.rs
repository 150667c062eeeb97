//! What is wrong with a file, with its place in it.

use std::fmt;

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1; 0 for the whole file.
    pub line: u64,
    /// Column, by name; empty for the whole line.
    pub column: String,
    /// The value found there.
    pub value: String,
    /// What would be legal, with a hint.
    pub legal: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, "{}: ", self.column)?;
        }
        if !self.value.is_empty() {
            write!(f, "`{}`: ", self.value)?;
        }
        f.write_str(&self.legal)
    }
}

impl Fault {
    pub(super) fn new(line: u64, column: &str, value: &str, legal: impl Into<String>) -> Fault {
        Fault {
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            legal: legal.into(),
        }
    }
}

/// The known name nearest to one that is not known, as a hint; nothing when none is near.
pub(super) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(String::new(), |(_, candidate)| {
            format!("; did you mean `{candidate}`?")
        })
}
