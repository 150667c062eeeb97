//! Where things are, and the cargo that builds them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Failure, Outcome};

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the workspace is where it was when xtask was built")
}

/// Where cargo builds: `CARGO_TARGET_DIR`, or `target` in the workspace.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || root().join("target"),
        // Cargo takes a relative path from where it was called; we stand there still.
        |path| std::path::absolute(path).expect("CARGO_TARGET_DIR is not empty"),
    )
}

/// A cargo command in the workspace's folder.
pub fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(words)
        .current_dir(root())
        .env("CARGO_TARGET_DIR", target());
    command
}

/// An empty folder for passing results, in the target folder. It is removed when dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A fresh one, apart from those of other processes.
    pub fn new(name: &str) -> Outcome<Self> {
        let path = target().join(format!("xtask/{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(Failure::file(&path))?;
        Ok(Self(path))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What remains in a target folder harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
