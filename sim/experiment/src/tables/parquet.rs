//! Parquet by way of polars: the only file that knows polars.

use std::fs;
use std::io;
use std::marker::PhantomData;
use std::path::Path;

use polars_core::prelude::{
    Column as PolarsColumn, DataFrame, DataType, NamedFrom, PolarsError, Series,
};
use polars_io::SerReader;
use polars_io::parquet::read::{ParallelStrategy, ParquetReader};
use polars_io::parquet::write::{BatchedWriter, ParquetWriter};
use world::table::{Column, ColumnDoc, Row};

use super::{TableFile, Values, Wide};
use crate::recorder::BATCH_ROWS;

/// A Parquet file with one row group a batch.
pub struct File<R> {
    writer: BatchedWriter<fs::File>,
    rows: PhantomData<fn(R)>,
}

impl<R: Row> File<R> {
    /// A file with the schema of the row struct.
    pub fn create(path: &Path) -> io::Result<Self> {
        let schema = frame::<R>(&[])?.schema().clone();
        // One thread: there are few columns, and a pool of threads would cost more memory than it saves time.
        let writer = ParquetWriter::new(fs::File::create(path)?).set_parallel(false);
        Ok(Self {
            writer: writer.batched(&schema).map_err(into_io)?,
            rows: PhantomData,
        })
    }
}

impl<R: Row> TableFile<R> for File<R> {
    fn write(&mut self, rows: &[R]) -> io::Result<()> {
        self.writer.write_batch(&frame(rows)?).map_err(into_io)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.writer.finish().map(|_| ()).map_err(into_io)
    }
}

/// Rows as a frame.
fn frame<R: Row>(rows: &[R]) -> io::Result<DataFrame> {
    let columns = R::COLUMNS
        .iter()
        .zip(R::columns(rows))
        .map(|(doc, column)| series(doc, column))
        .collect();
    DataFrame::new(rows.len(), columns).map_err(into_io)
}

fn series(doc: &ColumnDoc, column: Column) -> PolarsColumn {
    let name = doc.name.into();
    PolarsColumn::from(match column {
        Column::U32(values) => Series::new(name, values),
        Column::U64(values) => Series::new(name, values),
        Column::F64(values) => Series::new(name, values),
        Column::Bool(values) => Series::new(name, values),
        Column::Text(values) => Series::new(name, values),
        Column::MaybeU32(values) => Series::new(name, values),
        Column::MaybeF64(values) => Series::new(name, values),
    })
}

/// Column names, the first rows as texts, and the number of all rows.
pub fn head(path: &Path, count: usize) -> io::Result<(Vec<String>, Vec<Vec<String>>, usize)> {
    let mut reader =
        ParquetReader::new(fs::File::open(path)?).read_parallel(ParallelStrategy::None);
    let total = reader.num_rows().map_err(into_io)?;
    let frame = reader
        .with_slice(Some((0, count)))
        .finish()
        .map_err(into_io)?;
    let names = frame
        .columns()
        .iter()
        .map(|column| column.name().to_string())
        .collect();
    let row = |at: usize| -> io::Result<Vec<String>> {
        let cell = |column: &PolarsColumn| {
            column
                .get(at)
                .map(|value| match value.is_null() {
                    // As in the other format.
                    true => String::new(),
                    false => value.str_value().into_owned(),
                })
                .map_err(into_io)
        };
        frame.columns().iter().map(cell).collect()
    };
    let rows = (0..frame.height()).map(row).collect::<io::Result<_>>()?;
    Ok((names, rows, total))
}

/// A table of any columns, in one go, in row groups of a fixed size.
pub fn write_wide(path: &Path, table: &Wide) -> io::Result<()> {
    let columns = table.columns.iter().map(|(name, values)| {
        let name = name.as_str().into();
        PolarsColumn::from(match values {
            Values::U64(values) => Series::new(name, values),
            Values::F64(values) => Series::new(name, values),
            Values::Text(values) => Series::new(name, values),
        })
    });
    let mut frame = DataFrame::new(table.rows(), columns.collect()).map_err(into_io)?;
    let writer = ParquetWriter::new(fs::File::create(path)?)
        .set_parallel(false)
        .with_row_group_size(Some(BATCH_ROWS));
    writer.finish(&mut frame).map(|_| ()).map_err(into_io)
}

/// Reads such a table back. A damaged file is an error, never a panic.
pub fn read_wide(path: &Path) -> io::Result<Wide> {
    let reader = ParquetReader::new(fs::File::open(path)?).read_parallel(ParallelStrategy::None);
    let frame = reader.finish().map_err(into_io)?;
    let values = |column: &PolarsColumn| -> Result<Values, PolarsError> {
        Ok(match column.dtype() {
            DataType::UInt64 => Values::U64(column.u64()?.iter().flatten().collect()),
            DataType::Float64 => Values::F64(column.f64()?.iter().flatten().collect()),
            _ => Values::Text(column.str()?.iter().flatten().map(str::to_owned).collect()),
        })
    };
    let columns = frame.columns().iter().map(|column| {
        let values = values(column).map_err(into_io)?;
        Ok((column.name().to_string(), values))
    });
    Ok(Wide {
        columns: columns.collect::<io::Result<_>>()?,
    })
}

fn into_io(error: PolarsError) -> io::Error {
    match error {
        PolarsError::IO { error, .. } => io::Error::new(error.kind(), error.to_string()),
        other => io::Error::other(other.to_string()),
    }
}
