//! Verdicts of two results: which gate says something else now. Reads the `gates.json` of both, where both have one.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::gates::{GATES_SCHEMA, Verdict};

/// A gate whose verdict is another one now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flip {
    /// Statistic, metric and bound, and the point where there is one.
    pub gate: String,
    /// Verdict in the old result.
    pub old: Verdict,
    /// Verdict in the new one.
    pub new: Verdict,
    /// How far the estimate moved, as a share of the bound (or in its unit where the bound is zero).
    pub moved: f64,
}

impl Flip {
    /// Whether it got worse, by more than a tolerated movement of its estimate.
    #[must_use]
    pub fn is_worse(&self, tolerance: f64) -> bool {
        let rank = |verdict| match verdict {
            Verdict::Pass => 0,
            Verdict::Undecided => 1,
            Verdict::Fail => 2,
        };
        // An estimate that is missing has moved beyond any tolerance.
        let is_small = self.moved <= tolerance;
        rank(self.new) > rank(self.old) && !is_small
    }
}

#[derive(Deserialize)]
struct Document {
    schema: u32,
    gates: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    verdict: Verdict,
    metric: String,
    stat: String,
    op: String,
    bound: f64,
    at: Option<String>,
    estimate: Option<f64>,
}

impl Row {
    /// What makes it the same gate in both results: a bound may have been moved, and then the verdict with it.
    fn name(&self) -> String {
        let at = self
            .at
            .as_deref()
            .filter(|at| !at.is_empty())
            .map_or(String::new(), |at| format!(" at {at}"));
        format!("{} of {} {}{at}", self.stat, self.metric, self.op)
    }
}

/// All flips, in the order of the new result's gates. None where either result has no gates.
///
/// # Errors
/// What is wrong with a `gates.json`, in words.
pub(super) fn flips(old: &Path, new: &Path) -> Result<Vec<Flip>, String> {
    let (Some(old), Some(new)) = (read(old)?, read(new)?) else {
        return Ok(Vec::new());
    };
    let flip = |row: &Row| {
        let before = old.iter().find(|other| other.name() == row.name())?;
        (before.verdict != row.verdict).then(|| Flip {
            gate: row.name(),
            old: before.verdict,
            new: row.verdict,
            moved: moved(before, row),
        })
    };
    Ok(new.iter().filter_map(flip).collect())
}

fn moved(old: &Row, new: &Row) -> f64 {
    let (Some(before), Some(after)) = (old.estimate, new.estimate) else {
        return f64::NAN;
    };
    let size = if new.bound == 0.0 {
        1.0
    } else {
        new.bound.abs()
    };
    (after - before).abs() / size
}

fn read(folder: &Path) -> Result<Option<Vec<Row>>, String> {
    let path = folder.join("gates.json");
    if !path.is_file() {
        return Ok(None);
    }
    let told = |what: String| format!("{}: {what}", path.display());
    let text = fs::read_to_string(&path).map_err(|error| told(error.to_string()))?;
    let document: Document =
        serde_json::from_str(&text).map_err(|error| told(error.to_string()))?;
    if document.schema != GATES_SCHEMA {
        return Err(told(format!(
            "schema {}; this version reads {GATES_SCHEMA}",
            document.schema
        )));
    }
    Ok(Some(document.gates))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(verdict: &str, estimate: f64) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let gate = format!(
            r#"{{"verdict":"{verdict}","metric":"jobs.goodput","stat":"mean","op":">=","bound":0.5,"at":null,"estimate":{estimate}}}"#
        );
        let text = format!(r#"{{"schema":{GATES_SCHEMA},"gates":[{gate}]}}"#);
        fs::write(folder.path().join("gates.json"), text).unwrap();
        folder
    }

    #[test]
    fn a_verdict_that_got_worse_is_worse_unless_its_estimate_hardly_moved() {
        let (pass, undecided) = (folder("pass", 0.52), folder("undecided", 0.51));
        let flips = flips(pass.path(), undecided.path()).unwrap();
        assert_eq!(flips.len(), 1);
        assert!(flips[0].is_worse(0.0) && flips[0].is_worse(0.01) && !flips[0].is_worse(0.03));
        let back = super::flips(undecided.path(), pass.path()).unwrap();
        assert!(!back[0].is_worse(0.0));
    }

    #[test]
    fn equal_verdicts_and_results_without_gates_flip_nothing() {
        let (a, b) = (folder("pass", 0.52), folder("pass", 0.9));
        assert_eq!(flips(a.path(), b.path()), Ok(Vec::new()));
        let none = tempfile::tempdir().unwrap();
        assert_eq!(flips(none.path(), b.path()), Ok(Vec::new()));
    }

    #[test]
    fn damaged_verdicts_are_told() {
        let (a, b) = (folder("pass", 0.52), folder("pass", 0.9));
        fs::write(b.path().join("gates.json"), "{").unwrap();
        assert!(
            flips(a.path(), b.path())
                .unwrap_err()
                .contains("gates.json")
        );
    }
}
