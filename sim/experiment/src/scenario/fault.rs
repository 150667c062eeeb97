//! What is wrong with a scenario, said so that it can be put right.

use std::fmt;

use serde::Serialize;
use units::{QuantityError, QuantityErrorKind};

/// One fault of a scenario or of a data file that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// File, or `--set`.
    pub file: String,
    /// Line in the file, from 1; for `--set`, which one; 0 where a file as a whole is meant.
    pub line: usize,
    /// Key path, empty where none is meant.
    pub path: String,
    /// The value as written, where there is one.
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
    /// Legal values.
    pub legal: Option<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault of a file as a whole or of one of its lines.
    #[must_use]
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            path: String::new(),
            value: None,
            message: message.into(),
            legal: None,
            hint: None,
        }
    }

    /// With the key it is about.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// With the value as written.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// With the legal values.
    #[must_use]
    pub fn legal(mut self, legal: Option<String>) -> Self {
        self.legal = legal;
        self
    }

    /// With what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": ")?;
        match (&*self.path, &self.value) {
            ("", _) => {}
            (path, None) => write!(f, "{path}: ")?,
            (path, Some(value)) => write!(f, "{path} = {value}: ")?,
        }
        write!(f, "{}", self.message)?;
        if let Some(legal) = &self.legal {
            write!(f, "\n  legal: {legal}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// All faults of a scenario, in the order of its files and lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            let newline = if at > 0 { "\n" } else { "" };
            write!(f, "{newline}error: {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// What is wrong with a quantity, without repeating its text.
pub(super) fn quantity_message(error: &QuantityError) -> String {
    match &error.kind {
        QuantityErrorKind::Empty => "the value is empty".to_owned(),
        QuantityErrorKind::BadNumber => "no readable number".to_owned(),
        QuantityErrorKind::UnknownUnit { unit, .. } => format!("unknown unit \"{unit}\""),
        QuantityErrorKind::MissingUnit { .. } => "a number without its unit".to_owned(),
        QuantityErrorKind::Lossy { base } => format!("not a whole number of {base}"),
        QuantityErrorKind::Overflow => "too large".to_owned(),
        QuantityErrorKind::Negative => "negative".to_owned(),
    }
}
