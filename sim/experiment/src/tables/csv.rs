//! Comma-separated values. Texts of our tables are names: none needs quotes.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use world::table::{Column, ColumnDoc, Row};

use super::TableFile;

/// A CSV file.
pub struct File {
    writer: BufWriter<fs::File>,
}

impl File {
    /// A file with its header.
    pub fn create(path: &Path, columns: &[ColumnDoc]) -> io::Result<Self> {
        let mut writer = BufWriter::new(fs::File::create(path)?);
        let names: Vec<_> = columns.iter().map(|column| column.name).collect();
        writeln!(writer, "{}", names.join(","))?;
        Ok(Self { writer })
    }
}

impl<R: Row> TableFile<R> for File {
    fn write(&mut self, rows: &[R]) -> io::Result<()> {
        let columns = R::columns(rows);
        let mut line = String::new();
        for at in 0..rows.len() {
            line.clear();
            for column in &columns {
                if !line.is_empty() {
                    line.push(',');
                }
                cell(&mut line, column, at);
            }
            line.push('\n');
            self.writer.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Numbers print in full: reading them back gives the same value.
fn cell(line: &mut String, column: &Column, at: usize) {
    let written = match column {
        Column::U32(values) => write!(line, "{}", values[at]),
        Column::U64(values) => write!(line, "{}", values[at]),
        Column::F64(values) => write!(line, "{}", values[at]),
        Column::Bool(values) => write!(line, "{}", values[at]),
        Column::Text(values) => line.write_str(values[at]),
        Column::MaybeU32(values) => values[at].map_or(Ok(()), |value| write!(line, "{value}")),
        Column::MaybeF64(values) => values[at].map_or(Ok(()), |value| write!(line, "{value}")),
    };
    written.expect("a string takes every text");
}
