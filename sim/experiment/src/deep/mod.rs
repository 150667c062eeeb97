//! Knobs that are not connected: changes every parameter of a scenario alone, with its mechanism switched on, and tells
//! whether a metric that it is declared to move does so, in the direction declared.
//!
//! A parameter that does nothing, or something else than it says, is a promise that the simulator does not keep. This room
//! decides nothing about how a scenario runs.

mod change;
mod effects;
mod finding;
mod footprint;
mod outcome;
mod probe;
mod size;
#[cfg(test)]
mod testing;
mod trial;

pub use effects::Direction;
pub use finding::{Finding, Report, Verdict};
pub use outcome::Moved;
pub use probe::{Options, Stop, Watch, probe};
