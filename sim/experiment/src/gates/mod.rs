//! Gates: what a user asks of a metric, read on runs, and the verdict that a CI job acts on.
//!
//! A gate names a metric, a statistic over replications, and a bound. [`parse`] reads gates from a file, [`rule`] and
//! [`rule_readings`] judge them, [`Verdicts`] holds what came out and has a face for each reader: JSON, JUnit XML,
//! Markdown and rows of a terminal table. Nothing here runs a scenario or writes a file, and no face has a date or a
//! timing in it: equal runs give equal bytes.

mod bound;
mod gate;
mod json;
mod junit;
mod markdown;
mod number;
mod parse;
mod reader;
mod reason;
mod rule;
mod settings;
mod skew;
mod table;
mod verdicts;

pub use gate::{Gate, Op, Relative};
pub use json::GATES_SCHEMA;
pub(crate) use number::significant;
pub(crate) use parse::STATS;
pub use parse::{Reads, Source, parse};
pub use rule::{Reading, Ruling, Verdict, interval_level, rule, rule_readings};
pub use skew::RUNS_FEW;
pub use verdicts::Verdicts;
