//! `stakesim conform`: what others published, against the rules and the cost model here.

mod measured;

use std::fs;
use std::path::{Path, PathBuf};

use conform::vectors;

use crate::error::Error;
use crate::options::{Form, json as document};
use crate::output;

#[derive(clap::Args)]
pub struct Args {
    /// Vector file of a live network (JSON), a folder of such files, or measurements of training (CSV)
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Folder for the page and chart of measurements
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

pub use measured::told;

pub fn run(args: &Args) -> Result<(), Error> {
    if args.path.extension().is_some_and(|it| it == "csv") {
        return measured::run(&args.path, args.out.as_deref(), args.format);
    }
    if args.out.is_some() {
        let message = "--out is for measurements (CSV); vector files have no page".to_owned();
        return Err(Error::Input(message));
    }
    let files = read(&args.path)?;
    let texts = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let report = vectors::run(texts).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| fault.to_string()).collect();
        Error::Input(
            lines.join("\nerror: ") + "\n  hint: sim/conform/FORMAT.md describes the format",
        )
    })?;
    output::print(&match args.format {
        Form::Table => report.to_string(),
        Form::Json => document(&report),
    })?;
    if report.evaluated() == 0 {
        return Err(Error::Input(format!(
            "{}: no row that a rule here could evaluate",
            args.path.display()
        )));
    }
    match report.failures.len() {
        0 => Ok(()),
        1 => Err(Error::No("1 result is not as published".to_owned())),
        some => Err(Error::No(format!("{some} results are not as published"))),
    }
}

/// The names and texts of a file, or of a folder's JSON files in the order of their names.
fn read(path: &Path) -> Result<Vec<(String, String)>, Error> {
    let fault = |path: &Path, what: String| Error::Input(format!("{}: {what}", path.display()));
    let paths = if path.is_dir() {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| fault(path, format!("cannot be read: {error}")))?;
        let paths = entries.into_iter().map(|entry| entry.path());
        let mut paths: Vec<PathBuf> = paths
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "json")
            })
            .collect();
        paths.sort();
        if paths.is_empty() {
            return Err(fault(
                path,
                "no vector file (*.json) in this folder".to_owned(),
            ));
        }
        paths
    } else {
        vec![path.to_path_buf()]
    };
    let text = |path: PathBuf| {
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| fault(&path, format!("cannot be read: {error}")))?;
        Ok((path.display().to_string(), text))
    };
    paths.into_iter().map(text).collect()
}
