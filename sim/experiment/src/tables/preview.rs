//! The first rows of a written table, for people.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::FOLDER;

/// The beginning of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Column names.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// Number of all rows.
    pub total: usize,
}

/// Names of the tables in a folder of results, sorted.
pub fn names(results: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(results.join(FOLDER))? {
        let path = entry?.path();
        let is_table = path
            .extension()
            .is_some_and(|extension| extension == "parquet" || extension == "csv");
        if let (true, Some(stem)) = (is_table, path.file_stem()) {
            names.push(stem.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// The first rows of a table.
pub fn preview(results: &Path, table: &str, rows: usize) -> io::Result<Preview> {
    let path =
        |extension: &str| -> PathBuf { results.join(FOLDER).join(format!("{table}.{extension}")) };
    #[cfg(feature = "tables")]
    if path("parquet").exists() {
        let (columns, rows, total) = super::parquet::head(&path("parquet"), rows)?;
        return Ok(Preview {
            columns,
            rows,
            total,
        });
    }
    head(&path("csv"), rows)
}

fn head(path: &Path, count: usize) -> io::Result<Preview> {
    let mut lines = BufReader::new(fs::File::open(path)?).lines();
    let cells = |line: String| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let columns = lines.next().transpose()?.map(cells).unwrap_or_default();
    let (mut rows, mut total) = (Vec::new(), 0);
    for line in lines {
        let line = line?;
        total += 1;
        if rows.len() < count {
            rows.push(cells(line));
        }
    }
    Ok(Preview {
        columns,
        rows,
        total,
    })
}
