//! The formulas against published tables. Each module restates the rows of one kind with their source.

mod iteration;
mod memory;
mod params;
mod runs;
mod shapes;
mod throughput;
mod utilisation;

/// Fails with both numbers when `got` is not within a relative `tolerance` of `expected`.
#[track_caller]
fn assert_near(what: &str, got: f64, expected: f64, tolerance: f64) {
    let error = got / expected - 1.0;
    assert!(
        error.abs() <= tolerance,
        "{what}: {got} against {expected}, {:+.2} %",
        error * 100.0
    );
}
