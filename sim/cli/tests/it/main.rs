//! Whole commands: exit code, stdout and stderr.

mod errors;
mod help;
mod results;
mod signals;
mod stage;
