//! `cargo xtask bench`: the criterion benches.

use crate::shell::{Outcome, run as start};
use crate::workspace::cargo;

/// Package and bench.
const BENCHES: [(&str, &str); 3] = [
    ("stakesim-engine", "engine"),
    ("stakesim-protocol", "close"),
    ("stakesim-experiment", "world"),
];

/// Arguments go to criterion: a name runs the benches that contain it.
pub fn run(args: &[String]) -> Outcome {
    for (package, bench) in BENCHES {
        let mut command = cargo(&["bench", "--package", package, "--bench", bench]);
        // Nothing measured writes a table, and polars is most of a build.
        command.args(["--no-default-features", "--"]).args(args);
        start(&mut command)?;
    }
    Ok(())
}
