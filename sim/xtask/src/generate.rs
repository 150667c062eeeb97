//! `cargo xtask generate`: writes the generated files again.

use crate::shell::{Failure, Outcome, run as start};
use crate::workspace::cargo;

/// The tests that compare a generated file with what is committed, and rewrite it under `UPDATE=1`.
const FRESHNESS: [&str; 2] = ["fresh", "golden"];

/// Takes no options.
pub fn run(args: &[String]) -> Outcome {
    if let Some(other) = args.first() {
        return Err(Failure::usage(format!("generate takes no {other}")));
    }
    for tests in FRESHNESS {
        let mut command = cargo(&[
            "test",
            "--quiet",
            "--package",
            "stakesim-experiment",
            "--no-default-features",
            "--test",
            "it",
            tests,
        ]);
        start(command.env("UPDATE", "1"))?;
    }
    Ok(())
}
