//! How much a row's expected value is worth: what its publisher did with it.

use serde::Serialize;

/// What stands behind an expected value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The network's own test asserts exactly this.
    Asserted,
    /// The network's own test asserts this within a tolerance.
    AssertedApprox,
    /// The network's own test asserts an inequality; the number beside it was worked out from the rule.
    AssertedBound,
    /// Worked out from the rule by whoever made the file.
    Derived,
    /// Printed in the network's comments or output.
    Trace,
    /// From documentation.
    Doc,
    /// A test in words: listed, never run.
    Prose,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 7] = [
        Kind::Asserted,
        Kind::AssertedApprox,
        Kind::AssertedBound,
        Kind::Derived,
        Kind::Trace,
        Kind::Doc,
        Kind::Prose,
    ];

    /// The word for it in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Asserted => "asserted",
            Kind::AssertedApprox => "asserted_approx",
            Kind::AssertedBound => "asserted_bound",
            Kind::Derived => "derived",
            Kind::Trace => "trace",
            Kind::Doc => "doc",
            Kind::Prose => "prose",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The kind of one result inside a row of this kind, by its key: some rows carry numbers of a weaker kind beside the
    /// asserted ones, and say so in the key.
    #[must_use]
    pub fn of_key(self, key: &str) -> Kind {
        if key.contains("derived") {
            self.max(Kind::Derived)
        } else if key.starts_with("trace") {
            self.max(Kind::Trace)
        } else {
            self
        }
    }
}
