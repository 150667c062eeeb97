//! What came out: a line a suite and kind, and the rows to tell about.

use std::fmt;

use serde::Serialize;

use super::compare::Verdict;
use super::json::Json;
use super::kind::Kind;

/// The outcome of some files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// A line a network, suite and kind, in the order of the files.
    pub suites: Vec<SuiteLine>,
    /// Results that are not what was expected.
    pub failures: Vec<Failure>,
    /// Rows that no rule was asked about.
    pub not_applicable: Vec<Remark>,
    /// What the authors of inequality rows said of their bounds.
    pub bounds: Vec<Remark>,
}

/// Rows of one kind in one suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SuiteLine {
    /// The network's id.
    pub network: String,
    /// The suite's name.
    pub suite: String,
    /// What the expected values are worth.
    pub kind: Kind,
    /// Rows, the not applicable ones too.
    pub cases: u32,
    /// Equal to the last digit.
    pub exact: u32,
    /// Not equal, but within the stated tolerance.
    pub within: u32,
    /// Neither.
    pub failed: u32,
    /// Not evaluated.
    pub not_applicable: u32,
}

/// A result that is not what was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The network's id.
    pub network: String,
    /// The suite's name.
    pub suite: String,
    /// The row's name, and which of its checks.
    pub id: String,
    /// As published, as JSON text.
    pub expected: String,
    /// As computed, as JSON text.
    pub got: String,
}

/// Something to say about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The network's id.
    pub network: String,
    /// The suite's name.
    pub suite: String,
    /// The row's name.
    pub id: String,
    /// What there is to say.
    pub text: String,
}

impl Report {
    /// Whether nothing failed.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.suites.iter().all(|line| line.failed == 0)
    }

    /// Rows that were evaluated.
    #[must_use]
    pub fn evaluated(&self) -> u32 {
        self.suites
            .iter()
            .map(|line| line.cases - line.not_applicable)
            .sum()
    }

    fn line(&mut self, network: &str, suite: &str, kind: Kind) -> &mut SuiteLine {
        let is_it =
            |line: &SuiteLine| line.network == network && line.suite == suite && line.kind == kind;
        let index = self.suites.iter().position(is_it).unwrap_or_else(|| {
            self.suites.push(SuiteLine {
                network: network.to_owned(),
                suite: suite.to_owned(),
                kind,
                cases: 0,
                exact: 0,
                within: 0,
                failed: 0,
                not_applicable: 0,
            });
            self.suites.len() - 1
        });
        &mut self.suites[index]
    }

    pub(super) fn count(&mut self, network: &str, suite: &str, kind: Kind, verdict: Verdict) {
        let line = self.line(network, suite, kind);
        line.cases += 1;
        *match verdict {
            Verdict::Exact => &mut line.exact,
            Verdict::Within => &mut line.within,
            Verdict::Failed => &mut line.failed,
        } += 1;
    }

    pub(super) fn not_applicable(
        &mut self,
        network: &str,
        suite: &str,
        kind: Kind,
        id: &str,
        reason: &str,
    ) {
        let line = self.line(network, suite, kind);
        line.cases += 1;
        line.not_applicable += 1;
        self.not_applicable.push(remark(network, suite, id, reason));
    }

    pub(super) fn note(&mut self, network: &str, suite: &str, id: &str, note: &str) {
        self.bounds.push(remark(network, suite, id, note));
    }

    pub(super) fn failure(
        &mut self,
        network: &str,
        suite: &str,
        id: &str,
        expected: &Json,
        got: &Json,
    ) {
        self.failures.push(Failure {
            network: network.to_owned(),
            suite: suite.to_owned(),
            id: id.to_owned(),
            expected: expected.to_string(),
            got: got.to_string(),
        });
    }
}

fn remark(network: &str, suite: &str, id: &str, text: &str) -> Remark {
    Remark {
        network: network.to_owned(),
        suite: suite.to_owned(),
        id: id.to_owned(),
        text: text.to_owned(),
    }
}

/// The table for people, then what is to be told about single rows.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |name: &dyn Fn(&SuiteLine) -> usize, least: usize| {
            self.suites.iter().map(name).max().unwrap_or(0).max(least)
        };
        let (network, suite) = (
            width(&|line| line.network.len(), 7),
            width(&|line| line.suite.len(), 5),
        );
        writeln!(
            f,
            "{:network$}  {:suite$}  {:15} {:>6} {:>6} {:>6} {:>6} {:>6}",
            "network", "suite", "kind", "cases", "exact", "within", "failed", "n/a"
        )?;
        for line in &self.suites {
            writeln!(
                f,
                "{:network$}  {:suite$}  {:15} {:>6} {:>6} {:>6} {:>6} {:>6}",
                line.network,
                line.suite,
                line.kind.word(),
                line.cases,
                line.exact,
                line.within,
                line.failed,
                line.not_applicable
            )?;
        }
        for (title, remarks) in [
            ("not applicable", &self.not_applicable),
            ("bounds", &self.bounds),
        ] {
            if !remarks.is_empty() {
                writeln!(f, "\n{title}")?;
            }
            for remark in remarks {
                writeln!(
                    f,
                    "  {} {} {}: {}",
                    remark.network, remark.suite, remark.id, remark.text
                )?;
            }
        }
        if !self.failures.is_empty() {
            writeln!(f, "\nfailures")?;
        }
        for failure in &self.failures {
            writeln!(f, "  {} {} {}", failure.network, failure.suite, failure.id)?;
            writeln!(
                f,
                "    expected {}\n    got      {}",
                failure.expected, failure.got
            )?;
        }
        Ok(())
    }
}
