//! Why a command failed, with its exit code.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use experiment::scenario::Faults;

use crate::exit;

/// A failed command.
#[derive(Debug)]
pub enum Error {
    /// The answer is "no".
    No(String),
    /// The scenario has faults.
    Scenario(Faults),
    /// Another input is wrong.
    Input(String),
    /// Something cannot be written.
    Output(PathBuf, io::Error),
    /// An invariant is broken.
    Broken(String),
    /// The program panicked.
    Bug,
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-C in a sweep, which keeps what has finished.
    Paused(String),
}

impl Error {
    /// Its exit code.
    pub const fn code(&self) -> u8 {
        match self {
            Self::No(_) => exit::NO,
            Self::Scenario(_) | Self::Input(_) => exit::INPUT,
            Self::Broken(_) | Self::Bug => exit::BUG,
            Self::Output(..) => exit::OUTPUT,
            Self::Interrupted | Self::Paused(_) => exit::INTERRUPTED,
        }
    }

    /// For `map_err` on writing to a path.
    pub fn output(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |error| Self::Output(path, error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario(faults) => write!(f, "{faults}"),
            Self::No(message) | Self::Input(message) | Self::Broken(message) => {
                write!(f, "error: {message}")
            }
            Self::Output(path, error) => {
                write!(f, "error: {} cannot be written: {error}", path.display())?;
                write!(f, "\n  hint: --out names another folder")
            }
            Self::Bug => write!(
                f,
                "error: this is a bug in stakesim; the lines above tell where"
            ),
            Self::Paused(hint) => write!(f, "interrupted\n  {hint}"),
            Self::Interrupted => write!(f, "interrupted: nothing was written"),
        }
    }
}
