//! Rows to table files: Parquet, or CSV on request. Jobs and postings arrive in batches while a run goes, the rest at its end.
//!
//! The row struct is the schema. Bytes depend on the rows alone, never on the number of threads.

mod csv;
#[cfg(feature = "tables")]
mod parquet;
mod preview;
mod wide;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use world::rows::{JobRow, PostingRow};
use world::table::Row;

pub use preview::{Preview, names, preview};
pub use wide::{Values, Wide};

use crate::recorder::{BATCH_ROWS, Stream};
use crate::results::RunResult;

/// Folder of the tables inside a folder of results.
pub const FOLDER: &str = "tables";

/// File format of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet, zstd-compressed.
    #[cfg(feature = "tables")]
    Parquet,
    /// Comma-separated values; nothing between two commas stands for no value.
    Csv,
}

/// A table file that takes batches.
trait TableFile<R: Row>: Send {
    /// Appends rows.
    fn write(&mut self, rows: &[R]) -> io::Result<()>;
    /// Ends the file.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// The tables of one run.
pub struct Tables {
    folder: PathBuf,
    format: Format,
    jobs: Box<dyn TableFile<JobRow>>,
    postings: Option<Box<dyn TableFile<PostingRow>>>,
}

impl Tables {
    /// Makes the tables' folder inside a folder of results, and the files that are streamed to.
    pub fn create(results: &Path, format: Format, wants_postings: bool) -> io::Result<Self> {
        let folder = results.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let jobs = open(&folder, format)?;
        let postings = if wants_postings {
            Some(open(&folder, format)?)
        } else {
            None
        };
        Ok(Self {
            folder,
            format,
            jobs,
            postings,
        })
    }

    /// Ends the streamed files and writes the others.
    pub fn finish(self, result: &RunResult) -> io::Result<()> {
        self.jobs.finish()?;
        if let Some(postings) = self.postings {
            postings.finish()?;
        }
        write(&self.folder, self.format, &result.epochs)?;
        write(&self.folder, self.format, &result.kinds)?;
        write(&self.folder, self.format, &result.providers)?;
        write(&self.folder, self.format, &result.violations)?;
        write(&self.folder, self.format, &result.standings)?;
        write(&self.folder, self.format, &result.contributions)?;
        write(&self.folder, self.format, &result.proposals)?;
        write(&self.folder, self.format, &result.roles)?;
        write(&self.folder, self.format, &result.verdicts)?;
        write(&self.folder, self.format, &result.flows)?;
        write(&self.folder, self.format, &result.balances)
    }
}

impl Stream for Tables {
    fn wants_postings(&self) -> bool {
        self.postings.is_some()
    }

    fn jobs(&mut self, rows: &[JobRow]) -> io::Result<()> {
        self.jobs.write(rows)
    }

    fn postings(&mut self, rows: &[PostingRow]) -> io::Result<()> {
        self.postings
            .as_mut()
            .map_or(Ok(()), |postings| postings.write(rows))
    }
}

fn open<R: Row + 'static>(folder: &Path, format: Format) -> io::Result<Box<dyn TableFile<R>>> {
    Ok(match format {
        #[cfg(feature = "tables")]
        Format::Parquet => Box::new(parquet::File::create(
            &folder.join(format!("{}.parquet", R::TABLE)),
        )?),
        Format::Csv => Box::new(csv::File::create(
            &folder.join(format!("{}.csv", R::TABLE)),
            R::COLUMNS,
        )?),
    })
}

/// A whole table at once, in the same row groups as a streamed one.
fn write<R: Row + 'static>(folder: &Path, format: Format, rows: &[R]) -> io::Result<()> {
    let mut file = open(folder, format)?;
    for batch in rows.chunks(BATCH_ROWS) {
        file.write(batch)?;
    }
    file.finish()
}
