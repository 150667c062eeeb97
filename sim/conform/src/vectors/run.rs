//! Files through the rules, row by row in their order.

use super::case::{Answer, Carried, Case, Evaluate, Problem};
use super::compare::{Verdict, compare};
use super::file::{Fault, File, Row, Suite, read};
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
/// All faults of form of all files, and rows that are not in the form of their suite. Then nothing is reported.
pub fn run<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Report, Vec<Fault>> {
    let mut report = Report::default();
    let mut faults = Vec::new();
    for (name, text) in files {
        match read(name, text) {
            Ok(file) => run_file(name, &file, &mut report, &mut faults),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        Ok(report)
    } else {
        Err(faults)
    }
}

fn run_file(name: &str, file: &File, report: &mut Report, faults: &mut Vec<Fault>) {
    let network = networks::find(&file.network, name);
    let id = network.map_or(file.network.as_str(), |network| network.id);
    for (index, suite) in file.suites.iter().enumerate() {
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
                for (number, row) in suite.rows.iter().enumerate() {
                    if let Err(what) = rows.evaluate(row, rule.evaluate) {
                        let at = format!(
                            "suites[{index}].cases[{number}] ({} {})",
                            suite.name, row.id
                        );
                        faults.push(Fault {
                            file: name.to_owned(),
                            at,
                            what,
                        });
                    }
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
    fn evaluate(&mut self, row: &Row, evaluate: Evaluate) -> Result<(), String> {
        let (network, suite) = (self.network.id, self.suite.name.as_str());
        if row.kind == Kind::Prose {
            self.report
                .not_applicable(network, suite, row.kind, &row.id, "a test in words");
            return Ok(());
        }
        let case = Case {
            inputs: &row.inputs,
            expected: &row.expected,
            params: [&self.suite.params, &self.file.params],
        };
        match evaluate(&case, &mut self.carried) {
            Ok(Answer::Value(got)) => {
                let tolerance = row
                    .tolerance
                    .as_ref()
                    .and_then(|text| Tolerance::read(text, self.network.units));
                for (kind, verdict) in compare(row.kind, &row.expected, &got, tolerance.as_ref()) {
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
            Err(Problem::Rule(error)) => {
                self.report.count(network, suite, row.kind, Verdict::Failed);
                self.report.failure(
                    network,
                    suite,
                    &row.id,
                    &row.expected,
                    &error.to_string().as_str().into(),
                );
            }
            Err(Problem::Malformed(what)) => return Err(what),
        }
        if let (Kind::AssertedBound, Some(note)) = (row.kind, &row.note) {
            self.report.note(network, suite, &row.id, note);
        }
        Ok(())
    }
}
