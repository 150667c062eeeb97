//! Data files: found, read, digested and turned into typed rows. A fault names its file and line.

pub mod built_in;
pub mod constants;
mod digest;
pub mod gpus;
pub mod prices;
mod rows;
pub mod trace;
pub mod workloads;

use std::borrow::Cow;
use std::io;
use std::path::Path;

pub use digest::{digest_of, hexadecimal};
pub use rows::{Parsed, RowFault};

/// A data file's bytes and where they came from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name for people and for the effective scenario: a built-in's name where the bytes are a built-in's.
    pub name: String,
    /// The bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Their digest, hexadecimal.
    pub digest: String,
}

impl Source {
    /// A file compiled into the binary.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let bytes = built_in::data(name)?;
        Some(Self {
            name: name.to_owned(),
            bytes: Cow::Borrowed(bytes),
            digest: hexadecimal(digest_of(bytes)),
        })
    }

    /// A file on disk. One with a built-in's bytes takes that built-in's name, so that results do not depend on where a
    /// copy of it lies.
    pub fn open(path: &Path) -> io::Result<Self> {
        let bytes = std::fs::read(path)?;
        let same = built_in::DATA
            .iter()
            .find(|(_, data)| *data == bytes.as_slice());
        let name = same.map_or_else(
            || path.display().to_string(),
            |(name, _)| (*name).to_owned(),
        );
        let digest = hexadecimal(digest_of(&bytes));
        Ok(Self {
            name,
            bytes: Cow::Owned(bytes),
            digest,
        })
    }
}
