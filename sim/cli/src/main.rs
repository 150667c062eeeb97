//! The command line: `stakesim run | sweep | cliff | search | compare | check | show | verify | cost | conform`, a file each. It
//! holds no rule; it reads arguments, calls `experiment` and `report`, and prints.

mod check;
mod cliff;
mod compare;
mod conform;
mod cost;
mod error;
mod exit;
mod gates;
mod interrupt;
mod journal;
mod options;
mod output;
mod progress;
mod run;
mod search;
mod show;
mod sweep;
mod verify;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use error::Error;

/// Simulates the token economics of decentralised GPU-training networks.
#[derive(Parser)]
#[command(name = "stakesim", version, after_help = exit::HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a scenario and write a folder of results with its review
    Run(run::Args),
    /// Run a sweep file: many points, many seeds, and the verdict of its gates
    Sweep(sweep::Args),
    /// Find where along one factor the gates of a sweep file flip
    Cliff(cliff::Args),
    /// Search for parameter sets that meet all gates and are best on stated objectives
    Search(search::Args),
    /// Compare two folders of results
    Compare(compare::Args),
    /// Check a scenario and tell all its faults at once
    Check(check::Args),
    /// Show the effective scenario, a table of results, or all parameters and metrics
    Show(show::Args),
    /// Run a folder's scenario again and compare digests
    Verify(verify::Args),
    /// Tell what a training job costs: step time, memory, days, energy and money
    Cost(cost::Args),
    /// Put published numbers of live networks through the rules
    Conform(conform::Args),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => return told_by_clap(&usage),
    };
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| match cli.command {
        Command::Run(args) => run::run(&args),
        Command::Sweep(args) => sweep::run(&args),
        Command::Cliff(args) => cliff::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Cost(args) => cost::run(&args),
        Command::Conform(args) => conform::run(&args),
    }));
    match outcome {
        Ok(Ok(())) => ExitCode::from(exit::OK),
        Ok(Err(error)) => {
            output::error(&error.to_string());
            ExitCode::from(error.code())
        }
        // The panic's own message and place are on stderr already.
        Err(_) => {
            output::error(&Error::Bug.to_string());
            ExitCode::from(Error::Bug.code())
        }
    }
}

/// Help and version go to stdout and are a success; wrong usage goes to stderr.
fn told_by_clap(usage: &clap::Error) -> ExitCode {
    let text = usage.render().to_string();
    if usage.use_stderr() {
        output::error(text.trim_end());
        return ExitCode::from(exit::USAGE);
    }
    match output::print(&text) {
        Ok(()) => ExitCode::from(exit::OK),
        Err(error) => ExitCode::from(error.code()),
    }
}
