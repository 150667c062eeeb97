//! The parts of the Rust toolchain that the checks need, installed where they are missing.

use std::process::Command;

use crate::shell::{Failure, Outcome, succeeds};
use crate::workspace::cargo;

/// Cargo's subcommands and the rustup components that bring them.
const COMPONENTS: [(&str, &str); 2] = [("fmt", "rustfmt"), ("clippy", "clippy")];

/// Sees that the components are there.
pub fn ensure() -> Outcome {
    for (subcommand, component) in COMPONENTS {
        let is_there = || succeeds(&mut cargo(&[subcommand, "--version"]));
        if is_there() {
            continue;
        }
        eprintln!("installing {component}");
        let installed = succeeds(Command::new("rustup").args(["component", "add", component]));
        if !installed || !is_there() {
            return Err(Failure::no(format!(
                "cargo {subcommand} is missing and `rustup component add {component}` did not bring it; \
                 install {component} for this toolchain and try again"
            )));
        }
    }
    Ok(())
}
