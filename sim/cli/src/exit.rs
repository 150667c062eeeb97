//! Exit codes. Scripts and CI depend on them.

/// All went well.
pub const OK: u8 = 0;
/// The answer is "no": two runs differ, a gate does not pass, a search confirms nothing, a job does not fit, or a target is missed.
pub const NO: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// The scenario or an input is wrong.
pub const INPUT: u8 = 3;
/// An invariant is broken: a bug.
pub const BUG: u8 = 4;
/// An output cannot be written.
pub const OUTPUT: u8 = 5;
/// Interrupted by Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// The same for `--help`.
pub const HELP: &str = "\
Exit codes: 0 ok, 1 the answer is \"no\" (runs differ, a gate fails), 2 usage, 3 bad scenario or input,
            4 invariant broken (a bug), 5 output cannot be written, 130 interrupted";
