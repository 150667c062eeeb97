//! How a row struct becomes columns: the struct is the schema.
//!
//! This file knows no file format; `experiment` turns [`Column`]s into Parquet or CSV.

/// One column of a table, in row order.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Column {
    U32(Vec<u32>),
    U64(Vec<u64>),
    F64(Vec<f64>),
    Bool(Vec<bool>),
    Text(Vec<&'static str>),
    MaybeU32(Vec<Option<u32>>),
    MaybeF64(Vec<Option<f64>>),
}

/// A type that can stand in a row.
pub trait Cell: Sized {
    /// Gathers the values of one column.
    fn collect(values: impl Iterator<Item = Self>) -> Column;
}

macro_rules! cell {
    ($($ty:ty => $variant:ident),* $(,)?) => {$(
        impl Cell for $ty {
            fn collect(values: impl Iterator<Item = Self>) -> Column {
                Column::$variant(values.collect())
            }
        }
    )*};
}
cell! {
    u32 => U32, u64 => U64, f64 => F64, bool => Bool, &'static str => Text,
    Option<u32> => MaybeU32, Option<f64> => MaybeF64,
}

/// What a column means; the column reference is generated from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnDoc {
    /// Name, with the unit last.
    pub name: &'static str,
    /// One line of meaning.
    pub doc: &'static str,
}

/// A row struct: the one definition of a table's schema.
pub trait Row: Sized + Clone {
    /// File stem of the table.
    const TABLE: &'static str;
    /// The columns in file order.
    const COLUMNS: &'static [ColumnDoc];
    /// The rows turned on their side, one [`Column`] for each of [`Row::COLUMNS`].
    fn columns(rows: &[Self]) -> Vec<Column>;
}

/// Declares a row struct and its [`Row`] implementation; each field carries one doc line.
macro_rules! table {
    ($(#[doc = $doc:literal])* $name:ident as $table:literal {
        $(#[doc = $cdoc:literal] $field:ident: $ty:ty,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $(#[doc = $cdoc] pub $field: $ty,)* }

        impl $crate::table::Row for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [$crate::table::ColumnDoc] =
                &[$($crate::table::ColumnDoc { name: stringify!($field), doc: $cdoc }),*];
            fn columns(rows: &[Self]) -> Vec<$crate::table::Column> {
                vec![$(<$ty as $crate::table::Cell>::collect(rows.iter().map(|row| row.$field))),*]
            }
        }
    };
}
pub(crate) use table;
