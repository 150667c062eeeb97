//! Files through the rules, row by row in their order.

use protocol::networks::RuleError;

use super::case::{Answer, Carried, Case, Evaluate, Problem};
use super::compare::{Verdict, compare};
use super::file::{Fault, File, Row, Suite, read};
use super::json::Json;
use super::kind::Kind;
use super::networks::{self, Network};
use super::report::Report;
use super::tolerance::Tolerance;

/// Networks and suites that have rules here.
pub fn known() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    networks::ALL
        .into_iter()
        .map(|network| (network.id, network.suites.iter().map(|suite| suite.name)))
}

/// Evaluates files, given as name and text.
///
/// # Errors
/// All faults of form of all files. Then nothing is reported.
pub fn run<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Report, Vec<Fault>> {
    let mut report = Report::default();
    let mut faults = Vec::new();
    for (name, text) in files {
        match read(name, text) {
            Ok(file) => run_file(name, &file, &mut report),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        Ok(report)
    } else {
        Err(faults)
    }
}

fn run_file(name: &str, file: &File, report: &mut Report) {
    let network = networks::find(&file.network, name);
    let id = network.map_or(file.network.as_str(), |network| network.id);
    for suite in &file.suites {
        let rule =
            network.and_then(|network| network.suites.iter().find(|rule| rule.name == suite.name));
        match (network, rule) {
            (Some(network), Some(rule)) => {
                let mut rows = Rows {
                    network,
                    file,
                    suite,
                    carried: None,
                    report,
                };
                for row in &suite.rows {
                    rows.evaluate(row, rule.evaluate);
                }
            }
            _ => {
                for row in &suite.rows {
                    report.not_applicable(
                        id,
                        &suite.name,
                        row.kind,
                        &row.id,
                        "no rule of this name is here",
                    );
                }
            }
        }
    }
}

/// A suite on its way through its rule.
struct Rows<'a> {
    network: &'static Network,
    file: &'a File,
    suite: &'a Suite,
    carried: Carried,
    report: &'a mut Report,
}

impl Rows<'_> {
    fn evaluate(&mut self, row: &Row, evaluate: Evaluate) {
        let (network, suite) = (self.network.id, self.suite.name.as_str());
        if row.kind == Kind::Prose {
            self.report
                .not_applicable(network, suite, row.kind, &row.id, "a test in words");
            return;
        }
        let case = Case {
            inputs: &row.inputs,
            expected: &row.expected,
            params: [&self.suite.params, &self.file.params],
        };
        match evaluate(&case, &mut self.carried) {
            Ok(Answer::Value(got)) => {
                let text = row.tolerance.as_ref().filter(|text| **text != Json::Null);
                let tolerance = text.and_then(|text| Tolerance::read(text, self.network.units));
                let verdicts = compare(row.kind, &row.expected, &got, tolerance.as_ref());
                let has_failed = verdicts
                    .iter()
                    .any(|(_, verdict)| *verdict == Verdict::Failed);
                // It matters only where the row is not equal without it.
                let is_missed = has_failed && tolerance.is_none() && row.kind != Kind::Asserted;
                if let Some(text) = text.filter(|_| is_missed) {
                    return self.refused(row, &format!("its tolerance {text} cannot be read"));
                }
                if verdicts.is_empty() {
                    let why = "it expects no result";
                    self.report
                        .not_applicable(network, suite, row.kind, &row.id, why);
                }
                for (kind, verdict) in verdicts {
                    self.report.count(network, suite, kind, verdict);
                    if verdict == Verdict::Failed {
                        self.report
                            .failure(network, suite, &row.id, &row.expected, &got);
                    }
                }
            }
            Ok(Answer::Checks(checks)) => {
                let failed: Vec<_> = checks
                    .iter()
                    .filter(|(_, expected, got)| expected != got)
                    .collect();
                let verdict = if failed.is_empty() && !checks.is_empty() {
                    Verdict::Exact
                } else {
                    Verdict::Failed
                };
                self.report.count(network, suite, row.kind, verdict);
                for (what, expected, got) in failed {
                    self.report.failure(
                        network,
                        suite,
                        &format!("{}: {what}", row.id),
                        expected,
                        got,
                    );
                }
                if checks.is_empty() {
                    self.report.failure(
                        network,
                        suite,
                        &row.id,
                        &row.expected,
                        &"no check in its operations".into(),
                    );
                }
            }
            Err(Problem::NotApplicable(reason)) => self
                .report
                .not_applicable(network, suite, row.kind, &row.id, &reason),
            Err(Problem::Rule(RuleError::Limit(why))) => self.refused(row, why),
            // The row says that the network refuses, and so does the rule.
            Err(Problem::Rule(_)) if case.expects_refusal() => {
                self.report.count(network, suite, row.kind, Verdict::Exact);
            }
            Err(Problem::Rule(error)) => self.refused(row, &error.to_string()),
            Err(Problem::Malformed(what)) => {
                self.refused(row, &format!("not in the form of its suite: {what}"));
            }
        }
        if let (Kind::AssertedBound, Some(note)) = (row.kind, &row.note) {
            self.report.note(network, suite, &row.id, note);
        }
    }

    /// Counts a row without an answer as failed, with the reason.
    fn refused(&mut self, row: &Row, why: &str) {
        let (network, suite) = (self.network.id, self.suite.name.as_str());
        self.report.count(network, suite, row.kind, Verdict::Failed);
        self.report
            .failure(network, suite, &row.id, &row.expected, &why.into());
    }
}
