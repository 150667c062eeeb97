//! Vector files: rows of inputs and expected results, suite by suite, each evaluated by the rule of that name.

mod case;
mod compare;
mod date;
mod decimal;
mod file;
mod float;
mod json;
mod kind;
mod networks;
mod operations;
mod report;
mod run;
mod tolerance;

pub use file::Fault;
pub use kind::Kind;
pub use report::{Failure, Report, SuiteLine};
pub use run::{known, run};
