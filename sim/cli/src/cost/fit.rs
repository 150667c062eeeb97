//! `stakesim cost fit`: the cost model's constants, fitted to published measurements.

use std::fs;
use std::path::{Path, PathBuf};

use conform::measured::{fit, fit_table, leave_one_size_out, read};

use crate::conform::told;
use crate::error::Error;
use crate::output;

/// The committed measurements.
const MEASURED: &str = include_str!("../../../../scenarios/data/training_validation.csv");

#[derive(clap::Args)]
pub struct Args {
    /// File of measurements [default: the built-in scenarios/data/training_validation.csv]
    file: Option<PathBuf>,
    /// File for the constants, such as calibration.csv; the rows that they were fitted on go beside it, as calibration_rows.csv
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<(), Error> {
    let (name, text) = match &args.file {
        None => ("the built-in measurements".to_owned(), MEASURED.to_owned()),
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| {
                Error::Input(format!("{}: cannot be read: {error}", path.display()))
            })?;
            (path.display().to_string(), text)
        }
    };
    let rows = read(&text).map_err(|faults| told(&name, &faults))?;
    let told = |message: String| Error::Input(format!("{name}: {message}"));
    let fitted = fit(&rows).map_err(told)?;
    let left_out = leave_one_size_out(&rows).map_err(told)?;
    let (constants, fitted_rows) = fitted.calibrations.to_csv();
    let table = fit_table(&fitted, &left_out);
    match &args.out {
        None => output::print(&format!("{constants}\n{table}")),
        Some(path) => {
            write(path, &constants, &fitted_rows)?;
            output::print(&table)
        }
    }
}

/// Writes both files beside their places, then renames them: neither is ever seen half-written.
fn write(path: &Path, constants: &str, fitted_rows: &str) -> Result<(), Error> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let rows = path.with_file_name(format!("{stem}_rows.csv"));
    let files = [(path, constants), (rows.as_path(), fitted_rows)];
    let staged = |path: &Path| path.with_extension(format!("partial-{}", std::process::id()));
    let write_all = || {
        for (path, text) in files {
            fs::write(staged(path), text).map_err(Error::output(path))?;
        }
        for (path, _) in files {
            fs::rename(staged(path), path).map_err(Error::output(path))?;
        }
        Ok(())
    };
    write_all().inspect_err(|_| {
        for (path, _) in files {
            // It may never have been written; nothing more can be done about it.
            let _ = fs::remove_file(staged(path));
        }
    })
}
