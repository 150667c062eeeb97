//! The release binary: built once, run as a process of its own, its JSON read.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::shell::{self, Failure, Outcome};
use crate::workspace::{cargo, root, target};

/// Builds the release binary and tells where it is.
pub fn build() -> Outcome<PathBuf> {
    shell::run(&mut cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "stakesim-cli",
    ]))?;
    Ok(target().join(format!("release/stakesim{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs a scenario into `out`; `options` go to `stakesim run` as they are.
pub fn run(binary: &Path, scenario: &str, out: &Path, options: &[String]) -> Outcome<Run> {
    let mut command = Command::new(binary);
    command
        .args(["run", scenario, "--quiet", "--format", "json", "--out"])
        .arg(out)
        .args(options)
        .current_dir(root());
    let text = shell::output(&mut command)?;
    let document = serde_json::from_str(&text)
        .map_err(|error| Failure::no(format!("{}: {error}", shell::spelled(&command))))?;
    Ok(Run(document))
}

/// Answers a file of measurements into `out`. A target that is missed is part of the answer, and no failure here.
pub fn conform(binary: &Path, file: &str, out: &Path) -> Outcome {
    let mut command = Command::new(binary);
    command
        .args(["conform", file, "--out"])
        .arg(out)
        .current_dir(root());
    let spelled = shell::spelled(&command);
    let said = command
        .output()
        .map_err(|error| Failure::no(format!("{spelled}: {error}")))?;
    match said.status.code() {
        Some(0 | 1) => Ok(()),
        _ => Err(Failure::no(format!(
            "{spelled}: {}",
            String::from_utf8_lossy(&said.stderr)
        ))),
    }
}

/// `--set` for each assignment.
pub fn set(assignments: &[String]) -> Vec<String> {
    let option = |text: &String| ["--set".to_owned(), text.clone()];
    assignments.iter().flat_map(option).collect()
}

/// What `stakesim run --format json` prints.
#[derive(Debug)]
pub struct Run(Value);

impl Run {
    /// A number of the manifest.
    pub fn manifest(&self, name: &str) -> Option<f64> {
        self.0["manifest"][name].as_f64()
    }

    /// A text of the manifest.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0["manifest"][name].as_str()
    }

    /// A metric; none where the run had nothing to measure it on, and for a name that is no metric.
    pub fn metric(&self, name: &str) -> Option<f64> {
        let metrics = self.0["metrics"].as_array()?;
        let found = metrics.iter().find(|metric| metric["name"] == name)?;
        found["value"].as_f64()
    }

    #[cfg(test)]
    pub fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_without_a_value_is_none() {
        let run = Run::parse(
            r#"{"manifest":{"events":7,"digest":"ab"},"metrics":[{"name":"a","value":0.5},{"name":"b","value":null}]}"#,
        );
        assert_eq!(run.metric("a"), Some(0.5));
        assert_eq!(run.metric("b"), None);
        assert_eq!(run.metric("c"), None);
        assert_eq!(
            (run.manifest("events"), run.text("digest")),
            (Some(7.0), Some("ab"))
        );
    }
}
