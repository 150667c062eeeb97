//! Published measurements of training against the cost model of [`training`].
//!
//! A file of rows (`id, group, metric, inputs_json, expected, unit, tolerance_rel, source`) goes in; each row is answered from its
//! inputs alone, never from its number or from an input that is its answer, and a report with the error of each group comes out.
//! [`fit()`] finds the constants the model needs from the fitted half of the rows; a group's error is that of the other half.
//!
//! No file is read or written here, and no table of answers is kept.

mod calibrations;
mod fault;
mod fit;
mod hardware;
mod identities;
mod inputs;
mod job;
mod predict;
mod report;
mod rows;
mod stack;
mod table;
mod target;

pub use calibrations::{Calibrated, Calibrations};
pub use fault::Fault;
pub use fit::{Fitted, FittedSet, LeftOut, fit, leave_one_size_out};
pub use hardware::{Machine, machine, machines};
pub use report::{GroupLine, Report, RowLine, evaluate};
pub use rows::{Row, read};
pub use stack::Stack;
pub use table::{fit_table, table};
