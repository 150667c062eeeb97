//! A table whose columns are known only when it is made, such as one with a column for each factor of a sweep: to a file and
//! back, every number bit by bit. Tables of one schema are `TableFile`s.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Format;

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Values {
    U64(Vec<u64>),
    F64(Vec<f64>),
    Text(Vec<String>),
}

impl Values {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self {
            Self::U64(values) => values.len(),
            Self::F64(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }

    fn cell(&self, row: usize) -> String {
        match self {
            Self::U64(values) => values[row].to_string(),
            Self::F64(values) => values[row].to_string(),
            Self::Text(values) => quoted(&values[row]),
        }
    }

    /// Reads a column of texts back: whole numbers where all are, else numbers, else texts.
    fn guess(texts: Vec<String>) -> Self {
        if let Ok(values) = texts.iter().map(|text| text.parse()).collect() {
            return Self::U64(values);
        }
        match texts.iter().map(|text| text.parse()).collect() {
            Ok(values) => Self::F64(values),
            Err(_) => Self::Text(texts),
        }
    }
}

/// A table: names and values of its columns, all of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Wide {
    /// Columns in file order.
    pub columns: Vec<(String, Values)>,
}

impl Wide {
    /// A column by its name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Values> {
        let found = self.columns.iter().find(|(of, _)| of == name);
        found.map(|(_, values)| values)
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.rows())
    }

    /// Writes `<stem>.parquet` or `<stem>.csv` into a folder.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, folder: &Path, stem: &str, format: Format) -> io::Result<()> {
        match format {
            #[cfg(feature = "tables")]
            Format::Parquet => {
                super::parquet::write_wide(&folder.join(format!("{stem}.parquet")), self)
            }
            Format::Csv => fs::write(folder.join(format!("{stem}.csv")), self.to_csv()),
        }
    }

    /// Reads the table back in whichever format it stands there.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn read(folder: &Path, stem: &str) -> io::Result<Self> {
        let path = |extension: &str| -> PathBuf { folder.join(format!("{stem}.{extension}")) };
        if path("parquet").exists() {
            #[cfg(feature = "tables")]
            return super::parquet::read_wide(&path("parquet"));
            #[cfg(not(feature = "tables"))]
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "this build cannot read Parquet",
            ));
        }
        Self::from_csv(&fs::read_to_string(path("csv"))?)
    }

    fn to_csv(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        let mut text = names.join(",") + "\n";
        for row in 0..self.rows() {
            let cells: Vec<_> = self
                .columns
                .iter()
                .map(|(_, values)| values.cell(row))
                .collect();
            text += &(cells.join(",") + "\n");
        }
        text
    }

    fn from_csv(text: &str) -> io::Result<Self> {
        let damaged = |line: usize, what: &str| {
            io::Error::new(io::ErrorKind::InvalidData, format!("line {line}: {what}"))
        };
        let mut lines = text.split_inclusive('\n').enumerate().map(|(at, line)| {
            let line = line
                .strip_suffix('\n')
                .ok_or_else(|| damaged(at + 1, "it is cut off"))?;
            cells(line).ok_or_else(|| damaged(at + 1, "a quote is not closed"))
        });
        let names = lines.next().ok_or_else(|| damaged(1, "it is empty"))??;
        let mut texts = vec![Vec::new(); names.len()];
        for (at, line) in lines.enumerate() {
            let line = line?;
            if line.len() != names.len() {
                return Err(damaged(
                    at + 2,
                    &format!("{} values, and {} columns", line.len(), names.len()),
                ));
            }
            for (column, cell) in texts.iter_mut().zip(line) {
                column.push(cell);
            }
        }
        let columns = names
            .into_iter()
            .zip(texts.into_iter().map(Values::guess))
            .collect();
        Ok(Self { columns })
    }
}

/// A text as a cell, in quotes where it needs them (RFC 4180).
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The cells of a line; nothing where a quote is not closed.
fn cells(line: &str) -> Option<Vec<String>> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    (!is_quoted).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Wide {
        let column = |name: &str, values| (name.to_owned(), values);
        Wide {
            columns: vec![
                column("run", Values::U64(vec![0, u64::MAX])),
                column("share", Values::F64(vec![0.1 + 0.2, -1e-300])),
                column(
                    "a,b \"c\"",
                    Values::Text(vec!["1/3, so".to_owned(), "\"".to_owned()]),
                ),
            ],
        }
    }

    fn formats() -> Vec<Format> {
        vec![
            Format::Csv,
            #[cfg(feature = "tables")]
            Format::Parquet,
        ]
    }

    #[test]
    fn a_table_comes_back_as_it_was() {
        for format in formats() {
            let folder = tempfile::tempdir().unwrap();
            table().write(folder.path(), "t", format).unwrap();
            assert_eq!(
                Wide::read(folder.path(), "t").unwrap(),
                table(),
                "{format:?}"
            );
        }
    }

    #[test]
    fn a_table_that_was_cut_off_is_an_error_wherever_it_was_cut() {
        for format in formats() {
            let folder = tempfile::tempdir().unwrap();
            table().write(folder.path(), "t", format).unwrap();
            let path = fs::read_dir(folder.path())
                .unwrap()
                .next()
                .unwrap()
                .unwrap()
                .path();
            let bytes = fs::read(&path).unwrap();
            for kept in 0..bytes.len() {
                fs::write(&path, &bytes[..kept]).unwrap();
                let read = Wide::read(folder.path(), "t");
                // A line less is a table with a row less: the manifest's count of rows tells.
                let is_told = read.is_err() || read.is_ok_and(|table| table.rows() < 2);
                assert!(is_told, "{format:?}, {kept} bytes");
            }
        }
    }
}
