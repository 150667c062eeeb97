//! `cargo xtask test`: every check that CI makes, in the order of what they cost. The first that fails ends it.

use std::time::Instant;

use crate::shell::{self, Failure, Outcome};
use crate::workspace::{Scratch, cargo, root};
use crate::{review, stakesim, toolchain};

/// Where the golden digest of the minimal scenario stands.
const GOLDEN: &str = "sim/experiment/tests/it/golden/minimal.txt";

/// A check.
struct Step {
    name: &'static str,
    /// Whether it needs a release build.
    is_release: bool,
    check: fn() -> Outcome,
}

const STEPS: [Step; 9] = [
    quick("format", format),
    quick("lints", lints),
    quick("tests", tests),
    quick("canary", canary),
    quick("golden-without-tables", golden_without_tables),
    quick("docs", docs),
    release("build", build),
    release("golden-release", golden_release),
    release("review", || review::check().map(drop)),
];

const fn quick(name: &'static str, check: fn() -> Outcome) -> Step {
    Step {
        name,
        is_release: false,
        check,
    }
}

const fn release(name: &'static str, check: fn() -> Outcome) -> Step {
    Step {
        name,
        is_release: true,
        check,
    }
}

/// `--quick` leaves the release part out; names of steps run those only.
pub fn run(args: &[String]) -> Outcome {
    let (options, names): (Vec<&String>, _) = args.iter().partition(|arg| arg.starts_with('-'));
    if let Some(other) = options.iter().find(|option| **option != "--quick") {
        return Err(Failure::usage(format!("test takes no {other}")));
    }
    for name in &names {
        if !STEPS.iter().any(|step| step.name == name.as_str()) {
            let known = STEPS.map(|step| step.name).join(", ");
            return Err(Failure::usage(format!(
                "no step {name}; the steps are {known}"
            )));
        }
    }
    let is_chosen = |step: &&Step| match names.is_empty() {
        true => options.is_empty() || !step.is_release,
        false => names.iter().any(|name| *name == step.name),
    };
    toolchain::ensure()?;
    for step in STEPS.iter().filter(is_chosen) {
        eprintln!("\n== {}", step.name);
        let start = Instant::now();
        (step.check)().map_err(|failure| Failure {
            message: format!("step {} failed: {}", step.name, failure.message),
            ..failure
        })?;
        eprintln!("== {}: ok, {} s", step.name, start.elapsed().as_secs());
    }
    Ok(())
}

fn format() -> Outcome {
    shell::run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn lints() -> Outcome {
    let words = "clippy --workspace --all-targets --locked -- -D warnings";
    shell::run(&mut cargo(&words.split(' ').collect::<Vec<_>>()))
}

fn tests() -> Outcome {
    // The command line first: it builds the binary that its own tests start.
    shell::run(&mut cargo(&["test", "--workspace", "--locked", "--quiet"]))
}

/// The audit sees wrong postings that are planted for it, and published vectors see roundings that are turned around.
fn canary() -> Outcome {
    for package in ["stakesim-protocol", "stakesim-conform"] {
        let words = format!("test --package {package} --features canary --test it --locked canary");
        shell::run(&mut cargo(&words.split(' ').collect::<Vec<_>>()))?;
    }
    Ok(())
}

fn golden_without_tables() -> Outcome {
    let words =
        "test --package stakesim-experiment --no-default-features --test it --locked golden";
    shell::run(&mut cargo(&words.split(' ').collect::<Vec<_>>()))
}

fn docs() -> Outcome {
    let mut command = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    shell::run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn build() -> Outcome {
    stakesim::build().map(drop)
}

fn golden_release() -> Outcome {
    let path = root().join(GOLDEN);
    let golden = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
    let scratch = Scratch::new("golden")?;
    let out = scratch.path().join("minimal");
    let run = stakesim::run(&stakesim::build()?, "scenarios/minimal.toml", &out, &[])?;
    let digest = run.text("digest").unwrap_or("none");
    // The file may say more than the digest, such as the digest of the final state.
    match golden.split_whitespace().any(|word| word == digest) {
        true => Ok(()),
        false => Err(Failure::no(format!(
            "the release binary's digest of minimal.toml is {digest}; {GOLDEN} says {}",
            golden.trim()
        ))),
    }
}
