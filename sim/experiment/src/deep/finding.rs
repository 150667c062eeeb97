//! What a probe of a scenario's parameters found.

use serde::Serialize;

use super::outcome::Moved;

/// One parameter's finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Its path.
    pub path: &'static str,
    /// Canonical text of the value it was changed from.
    pub from: String,
    /// Canonical text of the value it was changed to; nothing where no other value was tried.
    pub to: Option<String>,
    /// What its mechanism needs, in words.
    pub switched_on: Vec<String>,
    /// Whether that was set on both sides; not where it has no result in this scenario.
    pub is_switched_on: bool,
    /// What was set on both sides, as `path=value`.
    pub set: Vec<String>,
    /// Why the metrics declared for it should move.
    pub because: &'static str,
    /// What the change did.
    pub result: Verdict,
}

/// What is made of a parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// A declared metric moved as declared.
    Connected(Moved),
    /// A declared metric moved against its declaration.
    Contrary(Moved),
    /// It acts, or is a file, and its declaration says why no metric can tell at this size.
    Explained {
        /// The reason.
        reason: &'static str,
    },
    /// No declared metric moved measurably.
    Unmoved {
        /// The declared metric that came nearest, where one could be measured.
        nearest: Option<Moved>,
        /// What else happened.
        note: Option<String>,
    },
    /// Nothing that was tried changed anything.
    Dead,
}

impl Verdict {
    /// Whether it speaks against the parameter.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        !matches!(self, Self::Connected(_) | Self::Explained { .. })
    }
}

/// All findings of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Name of the scenario.
    pub scenario: String,
    /// What made it smaller, as `path=value`.
    pub reduced: Vec<String>,
    /// Seeds that every comparison was made under to begin with.
    pub seeds: Vec<u64>,
    /// Most seeds of a comparison: more are added where the answer is open.
    pub seeds_max: usize,
    /// Confidence of all of a parameter's intervals together.
    pub confidence: f64,
    /// One a parameter, in the order of the registry.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many parameters are contrary, unmoved or dead.
    #[must_use]
    pub fn failures(&self) -> usize {
        let findings = self.findings.iter();
        findings.filter(|of| of.result.is_failure()).count()
    }
}
