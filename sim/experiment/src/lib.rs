//! Scenario files to results: parameters, parsing, checking, running, metrics and tables.
//!
//! It holds no rule of the simulated world and draws no picture. Everything that reads a file, a clock or the environment
//! for a run is here, so that `world` need not.

pub mod compare;
#[allow(clippy::result_large_err)]
pub mod cost;
pub mod data;
#[allow(clippy::result_large_err)]
pub mod deep;
pub mod estimate;
pub mod folder;
#[allow(clippy::result_large_err)]
pub mod gates;
pub mod machine;
pub mod metrics;
pub mod networks;
pub mod parameters;
pub mod recorder;
pub mod recording;
pub mod results;
pub mod run;
// A fault is told once and nothing runs after it: its size costs nobody anything.
#[allow(clippy::result_large_err)]
pub mod scenario;
#[allow(clippy::result_large_err)]
pub mod search;
pub mod sensitivity;
pub mod statistics;
#[allow(clippy::result_large_err)]
pub mod sweep;
pub mod tables;
