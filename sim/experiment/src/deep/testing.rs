//! Built-in scenarios for the tests of this room, with a trace of one job: reading the whole one takes longer than all else.

use std::path::Path;
use std::sync::LazyLock;

use crate::scenario::{Faults, Overrides, Scenario, Start};

/// A built-in scenario with this set.
pub fn load(name: &str, set: &[String]) -> Result<Scenario, Faults> {
    static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("tests may write");
        let one = "submit_s,duration_s,num_gpus\n0,3600,1\n";
        std::fs::write(folder.path().join("jobs.csv"), one).expect("tests may write");
        folder
    });
    let trace = format!(
        "jobs.trace_file={}",
        FOLDER.path().join("jobs.csv").display()
    );
    let overrides = Overrides {
        set: set.iter().cloned().chain([trace]).collect(),
        seed: None,
    };
    Scenario::load(Start::File(Path::new(name)), &overrides)
}
