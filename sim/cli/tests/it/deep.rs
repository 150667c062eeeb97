//! `check --deep` from the command line: what it says and how it exits.

use crate::stage::Stage;

/// A network so small and quiet that a probe of a few parameters takes no time.
const SMALL: &str = "horizon = \"10 d\"\n[fleet]\nproviders = 10\n";

#[test]
fn live_parameters_are_told_with_what_they_move() {
    let stage = Stage::with(SMALL);
    let said = stage.run(&[
        "check",
        "test.toml",
        "--deep",
        "--seeds",
        "2",
        "--only",
        "protocol.split.t",
    ]);
    said.assert_snapshot("deep_alive");
    assert_eq!(said.code, Some(0));
}

#[test]
fn a_dead_parameter_exits_with_1() {
    let stage = Stage::with(SMALL);
    let none = [
        "check",
        "test.toml",
        "--deep",
        "--seeds",
        "2",
        "--only",
        "entry.return",
        "--set",
        "horizon=1 d",
    ];
    stage.run(&none).assert_snapshot("deep_dead");
    let json = stage.run(&[&none[..], &["--format", "json"]].concat());
    let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        document["findings"][0]["result"]["compared"]["outcome"],
        "dead"
    );
    assert_eq!(json.code, Some(1));
}

#[test]
fn wrong_usage_of_deep_and_faults_are_refused_as_elsewhere() {
    let stage = Stage::with(SMALL);
    let code = |args: &[&str]| stage.run(&[&["check", "test.toml"], args].concat()).code;
    assert_eq!(code(&["--seeds", "2"]), Some(2));
    assert_eq!(code(&["--deep", "--seeds", "0"]), Some(2));
    assert_eq!(code(&["--deep", "--only", "protocol.nothing"]), Some(3));
    assert_eq!(code(&["--deep", "--set", "fleet.providers=0"]), Some(3));
}
