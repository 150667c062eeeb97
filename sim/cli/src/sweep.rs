//! `stakesim sweep`: a sweep file to a folder of results, whole or in shards, and shards to the whole.

use std::fs;
use std::path::{Path, PathBuf};

use experiment::folder::ResultFolder;
use experiment::gates::{Verdict, Verdicts};
use experiment::scenario::Overrides;
use experiment::sensitivity::{self, Sensitivity};
use experiment::sweep::{self, Outcome, Plan, Shard};
use serde_json::json;

use crate::error::Error;
use crate::options::{Form, TableFormat, json as document};
use crate::progress::SweepWatch;
use crate::{interrupt, journal, output};

/// Most readings of gates that are listed when all pass.
const ROWS_MAX: usize = 20;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Sweep file
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// Run every N-th point only, such as 1/3, and leave a folder for `sweep merge`
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<Shard>,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Put shards together: the same bytes as the whole sweep
    Merge(MergeArgs),
}

#[derive(clap::Args)]
struct MergeArgs {
    /// Sweep file that the shards were run from
    file: PathBuf,
    /// Folders that `sweep --shard` wrote
    #[arg(required = true)]
    shards: Vec<PathBuf>,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(clap::Args)]
struct CommonArgs {
    /// Folder of results [default: reports/runs/NAME]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Set a parameter at every point, such as fleet.providers=1000; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// An undecided gate does not fail the sweep
    #[arg(long)]
    allow_undecided: bool,
    /// File format of the tables
    #[arg(long, value_enum, default_value = "parquet")]
    tables: TableFormat,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

fn parse_shard(text: &str) -> Result<Shard, String> {
    Shard::parse(text).ok_or_else(|| "expected I/N with I from 1 to N, such as 1/3".to_owned())
}

pub fn run(args: &Args) -> Result<(), Error> {
    match (&args.command, &args.file) {
        (Some(Command::Merge(args)), _) => merge(args),
        (None, Some(file)) => sweep(file, args),
        (None, None) => unreachable!("clap asks for the file"),
    }
}

impl CommonArgs {
    fn plan(&self, file: &Path) -> Result<Plan, Error> {
        let overrides = Overrides {
            set: self.set.clone(),
            seed: None,
        };
        Plan::load(file, &overrides).map_err(Error::Scenario)
    }

    fn target(&self, plan: &Plan, shard: Shard) -> PathBuf {
        let name = match shard.is_whole() {
            true => plan.name.clone(),
            false => format!("{}-{}-of-{}", plan.name, shard.index + 1, shard.count),
        };
        journal::target(self.out.as_deref(), &name)
    }
}

fn sweep(file: &Path, args: &Args) -> Result<(), Error> {
    let plan = args.common.plan(file)?;
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    let target = args.common.target(&plan, shard);
    interrupt::listen();
    let identity = plan.identity().map_err(Error::Scenario)?;
    let (open, finished) = journal::open(&target, &identity)?;
    let watch = SweepWatch::new(args.quiet);
    let runs = sweep::carry_out(&plan, shard, open, finished, &watch)
        .map_err(|stop| journal::told(stop, &target))?;
    drop(watch);
    let folder = ResultFolder::stage(&target).map_err(Error::output(&target))?;
    if shard.is_whole() {
        return finish(
            &args.common,
            folder,
            &target,
            Outcome::new(plan, identity, runs),
        );
    }
    sweep::write_shard(folder.path(), &plan.name, &identity, shard, &runs)
        .map_err(Error::output(&target))?;
    journal::commit(folder, &target)?;
    output::print(&format!(
        "shard {shard} of {}: {} runs in {}\n",
        plan.name,
        runs.len(),
        target.display()
    ))
}

fn merge(args: &MergeArgs) -> Result<(), Error> {
    let plan = args.common.plan(&args.file)?;
    let target = args.common.target(&plan, Shard::WHOLE);
    let identity = plan.identity().map_err(Error::Scenario)?;
    let runs = sweep::merge_shards(&args.shards, &identity).map_err(Error::Input)?;
    let folder = ResultFolder::stage(&target).map_err(Error::output(&target))?;
    finish(
        &args.common,
        folder,
        &target,
        Outcome::new(plan, identity, runs),
    )
}

/// Writes everything, puts the folder in its place, prints, and gives the verdict.
fn finish(
    args: &CommonArgs,
    folder: ResultFolder,
    target: &Path,
    outcome: Outcome,
) -> Result<(), Error> {
    let verdicts = Verdicts {
        rulings: sweep::judge(&outcome).map_err(Error::Input)?,
        name: outcome.plan.name.clone(),
        confidence: outcome.plan.confidence,
        points: outcome
            .plan
            .points
            .iter()
            .map(|point| point.label())
            .collect(),
        allows_undecided: args.allow_undecided,
    };
    let written =
        sweep::write(&outcome, folder.path(), args.tables.format()).map_err(Error::Scenario)?;
    written.map_err(Error::output(target))?;
    report::render_sweep(&outcome, &verdicts.rulings, folder.path())
        .map_err(Error::output(target))?;
    write_faces(&verdicts, folder.path()).map_err(Error::output(target))?;
    if interrupt::is_asked() {
        return Err(Error::Interrupted);
    }
    journal::commit(folder, target)?;
    output::print(&match args.format {
        Form::Table => as_table(&outcome, &verdicts, target),
        Form::Json => document(&json!({
            "out": target,
            "name": outcome.plan.name,
            "identity": outcome.identity,
            "points": outcome.plan.points.len(),
            "runs": outcome.runs.len(),
            "gates": serde_json::from_str::<serde_json::Value>(&verdicts.to_json()).expect("our own document"),
        })),
    })?;
    match verdicts.is_green() {
        true => Ok(()),
        false => Err(Error::No(format!("gates: {}", verdicts.sum()))),
    }
}

fn write_faces(verdicts: &Verdicts, folder: &Path) -> std::io::Result<()> {
    fs::write(folder.join("gates.json"), verdicts.to_json())?;
    fs::write(folder.join("junit.xml"), verdicts.to_junit())
}

fn as_table(outcome: &Outcome, verdicts: &Verdicts, target: &Path) -> String {
    let mut text = String::new();
    if !verdicts.rulings.is_empty() {
        let header = verdicts.header();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        // Of very many readings a terminal shows those that want attention; summary.md has them all.
        let is_shown = |row: &Vec<String>| {
            verdicts.rulings.len() <= ROWS_MAX || row[0] != Verdict::Pass.word()
        };
        let rows: Vec<_> = verdicts.rows().into_iter().filter(is_shown).collect();
        if !rows.is_empty() {
            text += &(output::table(&header, &rows, &[]) + "\n");
        }
        text += &format!("gates: {}\n", verdicts.sum());
    }
    if let Some(found) = sensitivity::of(outcome) {
        text += &sensitivities(&found);
    }
    text += &format!(
        "\n{}: {} points{}, {} runs\nreview: {}\n",
        outcome.plan.name,
        outcome.plan.points.len(),
        names(outcome),
        outcome.runs.len(),
        target.join("index.html").display(),
    );
    text
}

/// The points by name, where they have names; those of a sweep that normalises once.
fn names(outcome: &Outcome) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in outcome.plan.points.iter().filter_map(|point| point.name()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.is_empty() {
        true => String::new(),
        false => format!(" ({})", names.join(", ")),
    }
}

/// What moves each metric, the factors that matter most first.
fn sensitivities(found: &[Sensitivity]) -> String {
    let heads = sensitivity::columns(found);
    let header: Vec<&str> = ["metric", "factor"].into_iter().chain(heads).collect();
    let row = |of: sensitivity::Row<'_>| {
        let names = [of.metric.to_owned(), of.factor.to_owned()];
        let numbers = of.numbers.map(output::number);
        names.into_iter().chain(numbers).collect()
    };
    let rows: Vec<Vec<String>> = sensitivity::rows(found).into_iter().map(row).collect();
    output::table(&header, &rows, &[2, 3, 4, 5, 6, 7])
}
