//! Where a command that may be killed writes: its folder of results, and the journal beside it until that is whole.

use std::fs;
use std::path::{Path, PathBuf};

use experiment::folder::ResultFolder;
use experiment::recording::{Failure, market_dry};
use experiment::sweep::{Journal, JournalError, RunRecord, Stop};

use crate::error::Error;

/// Where results go unless `--out` says otherwise.
const RUNS: &str = "reports/runs";

/// The folder of results of that name, unless `--out` says otherwise.
pub fn target(out: Option<&Path>, name: &str) -> PathBuf {
    out.map_or_else(|| Path::new(RUNS).join(name), Path::to_path_buf)
}

/// Where the journal of a folder of results stands.
pub fn beside(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".journal");
    target.with_file_name(name)
}

/// Opens or begins the journal of a folder of results, with the runs that it holds.
pub fn open(target: &Path, identity: &str) -> Result<(Journal, Vec<RunRecord>), Error> {
    // Staged and let go, so that a target that cannot be written is told before anything runs, and a kill leaves only the journal.
    drop(ResultFolder::stage(target).map_err(Error::output(target))?);
    let path = beside(target);
    Journal::open(&path, identity).map_err(|error| refused(&path, error))
}

/// Why a journal cannot be used.
pub fn refused(path: &Path, error: JournalError) -> Error {
    match error {
        JournalError::Io(error) => Error::Output(path.to_path_buf(), error),
        other => Error::Input(format!("{}: {other}", path.display())),
    }
}

/// Puts the folder in its place; what the journal kept is in it now.
pub fn commit(folder: ResultFolder, target: &Path) -> Result<(), Error> {
    folder.commit().map_err(Error::output(target))?;
    let journal = beside(target);
    if journal.exists() {
        fs::remove_file(&journal).map_err(Error::output(&journal))?;
    }
    Ok(())
}

/// What ended it early. Finished runs are kept, and the message says so.
pub fn told(stop: Stop, target: &Path) -> Error {
    let journal = beside(target);
    let kept = format!(
        "hint: finished runs are kept in {}; the same command goes on from there",
        journal.display()
    );
    match stop {
        Stop::Interrupted => Error::Paused(kept),
        Stop::Faults(faults) => Error::Scenario(faults),
        Stop::Journal(error) => Error::Output(journal, error),
        Stop::Run {
            settings,
            seed,
            failure,
        } => {
            let at = format!("at {} with seed {seed}", settings.join(" "));
            match failure {
                Failure::MarketDry { epoch } => {
                    Error::Input(format!("{at}: {}\n  {kept}", market_dry(epoch)))
                }
                Failure::Broken { epoch, fault } => Error::Broken(format!(
                    "{at}: an invariant broke at the close of epoch {epoch}: {fault}"
                )),
                Failure::Output(error) => Error::Output(journal, error),
                Failure::Interrupted => Error::Paused(kept),
            }
        }
    }
}
