//! `check --deep` from the command line: what it says and how it exits.

use crate::stage::Stage;

/// A network so small and quiet that a probe of a few parameters takes no time.
const SMALL: &str = "horizon = \"10 d\"\n[fleet]\nproviders = 10\n";

#[test]
fn connected_parameters_are_told_with_the_declared_metric_that_they_move() {
    let stage = Stage::with(SMALL);
    let only = ["--seeds", "2", "--only", "protocol.emission.r"];
    let said = stage.run(&[&["check", "test.toml", "--deep"], &only[..]].concat());
    said.assert_snapshot("deep_connected");
    assert_eq!(said.code, Some(0));
}

#[test]
fn a_parameter_that_is_not_connected_exits_with_1() {
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
    assert_eq!(document["findings"][0]["result"]["kind"], "dead");
    assert_eq!(json.code, Some(1));
}

#[test]
fn json_says_what_was_declared_switched_on_and_measured() {
    let stage = Stage::with(SMALL);
    let said = stage.run(&[
        "check",
        "test.toml",
        "--deep",
        "--seeds",
        "2",
        "--format",
        "json",
        "--only",
        "protocol.supply.max",
    ]);
    let document: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let finding = &document["findings"][0];
    assert_eq!(
        finding["set"][0],
        "protocol.emission.per_epoch=50000000 token"
    );
    assert_eq!(finding["result"]["kind"], "connected");
    assert_eq!(finding["result"]["metric"], "emission.minted");
    assert_eq!(finding["result"]["declared"], "up");
    assert!(finding["result"]["interval"]["low"].is_number());
}

#[test]
fn wrong_usage_of_deep_and_faults_are_refused_as_elsewhere() {
    let stage = Stage::with(SMALL);
    let code = |args: &[&str]| stage.run(&[&["check", "test.toml"], args].concat()).code;
    assert_eq!(code(&["--seeds", "2"]), Some(2));
    assert_eq!(code(&["--deep", "--seeds", "1"]), Some(2));
    assert_eq!(code(&["--deep", "--only", "protocol.nothing"]), Some(3));
    assert_eq!(code(&["--deep", "--set", "fleet.providers=0"]), Some(3));
}
