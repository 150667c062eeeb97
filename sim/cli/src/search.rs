//! `stakesim search`: a search file to a folder of results, with the front and how far each gate is from its bound.

use std::path::{Path, PathBuf};

use experiment::folder::ResultFolder;
use experiment::gates::Verdict;
use experiment::scenario::Overrides;
use experiment::search::{self, Outcome, SEARCH, Search};
use serde_json::Value;

use crate::error::Error;
use crate::options::{Form, TableFormat, json as document};
use crate::progress::SweepWatch;
use crate::{interrupt, journal, output};

/// Most rows of gates that are all listed; of more, a terminal shows those that want attention, and summary.md has them all.
const ROWS_MAX: usize = 12;

#[derive(clap::Args)]
#[command(
    after_help = "Exit code 0: a member of the front passes all gates under seeds that had no part in choosing it. 1: none does."
)]
pub struct Args {
    /// Search file
    file: PathBuf,
    /// Folder of results [default: reports/runs/NAME]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Set a parameter of all candidates, such as fleet.providers=1000; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
    /// File format of the tables
    #[arg(long, value_enum, default_value = "parquet")]
    tables: TableFormat,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

pub fn run(args: &Args) -> Result<(), Error> {
    let overrides = Overrides {
        set: args.set.clone(),
        seed: None,
    };
    let search = Search::load(&args.file, &overrides).map_err(Error::Scenario)?;
    let target = journal::target(args.out.as_deref(), &search.plan.name);
    interrupt::listen();
    let identity = search.identity().map_err(Error::Scenario)?;
    let (open, finished) = journal::open(&target, &identity)?;
    let watch = SweepWatch::new(args.quiet);
    let outcome = search
        .carry_out(open, finished, &watch)
        .map_err(|stop| journal::told(stop, &target))?;
    drop(watch);
    let folder = ResultFolder::stage(&target).map_err(Error::output(&target))?;
    let written = search::write(&outcome, folder.path(), args.tables.format());
    written
        .map_err(Error::Scenario)?
        .map_err(Error::output(&target))?;
    report::render_search(&outcome, folder.path()).map_err(Error::output(&target))?;
    if interrupt::is_asked() {
        return Err(Error::Interrupted);
    }
    journal::commit(folder, &target)?;
    output::print(&match args.format {
        Form::Table => as_table(&outcome, &target),
        Form::Json => as_json(&outcome, &target)?,
    })?;
    match outcome.confirmed().next() {
        Some(_) => Ok(()),
        None => Err(Error::No(
            "no candidate is shown to meet all gates under fresh seeds".to_owned(),
        )),
    }
}

fn as_table(outcome: &Outcome, target: &Path) -> String {
    let mut text = String::new();
    if !outcome.front.is_empty() {
        let header = outcome.front_header();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        text += &(output::table(&header, &outcome.front_rows(), &[]) + "\n");
    }
    let all = outcome.gate_rows();
    let is_shown = |row: &&Vec<String>| {
        all.len() <= ROWS_MAX || row.last().is_some_and(|word| word != Verdict::Pass.word())
    };
    let rows: Vec<_> = all.iter().filter(is_shown).cloned().collect();
    if !rows.is_empty() {
        text += &output::table(&outcome.gate_header(), &rows, &[]);
    }
    if rows.len() < all.len() {
        text += &format!("{} gates that pass: summary.md\n", all.len() - rows.len());
    }
    if !all.is_empty() {
        text += "\n";
    }
    text += &format!(
        "{}\n\n{}: {} candidates, {} runs\nreview: {}\n",
        outcome.sentence(),
        outcome.search.plan.name,
        outcome.candidates.len(),
        outcome.runs.len(),
        target.join("index.html").display(),
    );
    text
}

/// `search.json` without the candidates that are not on the front, and where the rest is.
fn as_json(outcome: &Outcome, target: &Path) -> Result<String, Error> {
    let text = outcome.to_json().map_err(Error::Scenario)?;
    let mut whole: Value = serde_json::from_str(&text).expect("our own document");
    let is_kept = |at: usize| outcome.front.contains(&at) || outcome.nearest == Some(at);
    if let Some(candidates) = whole["candidates"].as_array_mut() {
        let mut at = 0..candidates.len();
        candidates.retain(|_| at.next().is_some_and(is_kept));
    }
    if let Some(keys) = whole.as_object_mut() {
        for key in ["file", "effective", "data", "changed", "factors"] {
            keys.remove(key);
        }
    }
    whole["out"] = target.join(SEARCH).display().to_string().into();
    Ok(document(&whole))
}
