//! Whole commands: exit code, stdout and stderr.

mod ci_example;
mod cliff;
mod cost;
mod deep;
mod errors;
mod gates;
mod help;
mod measured;
mod results;
mod search;
mod signals;
mod stage;
mod sweep;
