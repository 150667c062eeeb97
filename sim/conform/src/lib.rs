//! What others published, against what the rules and the cost model here say.
//!
//! * [`measured`]: published measurements of training, through the cost model of [`training`], and the fit of its constants.
//! * [`vectors`]: live networks' own numbers, through the rules of [`protocol::networks`].
//!
//! It holds no rule and no model, reads texts that it is given, and writes nothing: files, terminals and exit codes belong
//! to the command line. The format of vector files is described in `FORMAT.md` beside this crate's manifest.

pub mod measured;
pub mod vectors;
