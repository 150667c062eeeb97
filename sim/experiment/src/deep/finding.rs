//! What a probe of a scenario's parameters found.

use serde::Serialize;

use super::needs::Need;
use super::outcome::Outcome;

/// One parameter's finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Its path.
    pub path: &'static str,
    /// Canonical text of the value it was changed from.
    pub from: String,
    /// Canonical text of the value it was changed to; nothing where no other value was tried.
    pub to: Option<String>,
    /// What was switched on for it, on both sides.
    pub need: Option<&'static Need>,
    /// What the change did.
    pub result: Probed,
}

/// The result of trying a parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Probed {
    /// Runs were compared.
    Compared(Outcome),
    /// The changed run came to no result, which the unchanged one did.
    Stopped(String),
    /// No run was made, and why.
    Skipped(&'static str),
}

/// Strength of a finding in which a metric moved: no other is stronger.
pub const MOVES: u8 = 4;

impl Finding {
    /// How much of an answer it is: of several attempts the strongest counts.
    pub fn strength(&self) -> u8 {
        match &self.result {
            Probed::Skipped(_) => 0,
            Probed::Compared(Outcome::Dead) => 1,
            Probed::Stopped(_) => 2,
            Probed::Compared(Outcome::Acts) => 3,
            Probed::Compared(Outcome::Moves(_)) => MOVES,
        }
    }

    /// Whether nothing that was tried did anything.
    pub fn is_dead(&self) -> bool {
        self.result == Probed::Compared(Outcome::Dead)
    }
}

/// All findings of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Name of the scenario.
    pub scenario: String,
    /// What made it smaller, as `path=value`.
    pub reduced: Vec<String>,
    /// Seeds that every comparison was made under.
    pub seeds: Vec<u64>,
    /// Confidence of each parameter's tests and of the intervals.
    pub confidence: f64,
    /// One a parameter, in the order of the registry.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many parameters did nothing.
    #[must_use]
    pub fn dead(&self) -> usize {
        self.findings.iter().filter(|of| of.is_dead()).count()
    }
}
