//! Generated files are fresh. With `UPDATE=1` in the environment these tests rewrite them instead.

mod assumptions;
mod baseline;
mod columns;
mod schema;

use std::fs;
use std::path::PathBuf;

/// Compares a generated file with what stands in `scenarios/`, or rewrites it.
fn assert_fresh(name: &str, generated: &str) {
    let path = scenarios().join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, generated).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let line = generated
        .lines()
        .zip(found.lines())
        .position(|(a, b)| a != b)
        .map_or(0, |at| at + 1);
    assert!(
        found == generated,
        "scenarios/{name} is stale (line {line}): run `cargo xtask generate`"
    );
}

fn scenarios() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}
