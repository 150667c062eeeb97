//! Rows of a suite through its rule, for the tests of shapes and ranges.

use stakesim_conform::vectors::{Report, run};

/// What a suite of these rows comes to.
pub fn conform(network: &str, suite: &str, rows: &str) -> Report {
    let text =
        format!(r#"{{"network":"{network}","suites":[{{"name":"{suite}","cases":[{rows}]}}]}}"#);
    run([("rows.json", text.as_str())]).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// All rows are as expected, and so many were evaluated.
pub fn assert_exact(network: &str, suite: &str, evaluated: u32, rows: &str) {
    let report = conform(network, suite, rows);
    assert!(report.is_ok(), "{report}");
    assert_eq!(report.evaluated(), evaluated, "{report}");
}
