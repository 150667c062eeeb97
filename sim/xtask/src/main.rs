//! `cargo xtask`: the developer's commands, a file each. It knows how to build, run and compare; it holds no rule of the
//! simulation and links no other room, so that it builds in a moment.

mod baseline_gates;
mod bench;
mod gates;
mod generate;
mod review;
mod scale;
mod shell;
mod stakesim;
mod test;
mod toolchain;
mod workspace;

use std::process::ExitCode;

use shell::{Failure, Outcome};

const HELP: &str = "\
cargo xtask COMMAND

  test [--quick] [STEP...]  every check that CI makes; --quick leaves out what needs a release build
  generate                  write the generated files again (parameters, columns, schema, golden digest)
  bench [NAME]              criterion benches of the engine and of the whole world
  review [--check]          write reports/baseline again, or compare it with a fresh run
  baseline-gates [--seeds A..B] [--set PATH=VALUE]...
                            run the baseline for many seeds and check its sanity gates; without options the tables go
                            to reports/baseline-gates.md, with options to stdout
  scale [--set PATH=VALUE]...
                            speed and memory by fleet size, as a Markdown table on stdout

CARGO_TARGET_DIR is honoured. Exit codes: 0 ok, 1 the answer is \"no\", 2 usage, or that of the step that failed.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[] as &[String]),
    };
    let outcome = match command {
        "test" => test::run(rest),
        "generate" => generate::run(rest),
        "bench" => bench::run(rest),
        "review" => review::run(rest),
        "baseline-gates" => baseline_gates::run(rest),
        "scale" => scale::run(rest),
        "help" | "--help" | "-h" => help(),
        other => Err(Failure::usage(format!("unknown command {other}\n\n{HELP}"))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

fn help() -> Outcome {
    print!("{HELP}");
    Ok(())
}
