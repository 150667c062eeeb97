//! Dead parameters: changes every parameter of a scenario alone and tells which of them move no metric, or nothing at all.
//!
//! A parameter that does nothing is a promise that the simulator does not keep, and usually a fault of ours. It decides
//! nothing about how a scenario runs.

mod change;
mod finding;
mod footprint;
mod needs;
mod outcome;
mod probe;
mod size;

pub use finding::{Finding, Probed, Report};
pub use needs::Need;
pub use outcome::{Moved, Outcome};
pub use probe::{Options, Stop, Watch, probe};
