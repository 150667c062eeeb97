//! Gates of a single run: the table, the files, the exit code.

use std::fs;

use crate::stage::{Said, Stage};

/// What a run says of its gates: the table before the metrics, and the head of the summary.
fn run(gates: &str) -> (Stage, Said) {
    let stage = Stage::with(gates);
    let said = stage.run(&["run", "test.toml", "--out", "out", "--tables", "csv"]);
    let table = said.stdout.split("\nmetric ").next().unwrap();
    let summary = fs::read_to_string(stage.path().join("out/summary.md")).unwrap();
    let head = summary.split("\n## Read this first").next().unwrap();
    let said = Said {
        stdout: format!("{table}\n--- summary.md\n{head}"),
        ..said
    };
    (stage, said)
}

const HOLDS: &str = "[[gates]]\nmetric = \"providers.losing_share\"\nop = \"<=\"\nvalue = \"100 %\"\nwhy = \"a share\"\n";
const BREAKS: &str =
    "[[gates]]\nmetric = \"jobs.finished\"\nop = \"<\"\nvalue = 1\nwhy = \"no job may finish\"\n";

#[test]
fn gates_that_hold_are_listed_and_the_run_succeeds() {
    let (stage, said) = run(HOLDS);
    assert_eq!(said.code, Some(0));
    said.assert_snapshot("gates_pass");
    let json = fs::read_to_string(stage.path().join("out/gates.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["gates"][0]["verdict"], "pass");
    assert_eq!(json["gates"][0]["is_inference"], false);
}

#[test]
fn a_gate_that_fails_makes_the_answer_no_and_the_result_is_there_all_the_same() {
    let (stage, said) = run(&format!("{HOLDS}{BREAKS}"));
    assert_eq!(said.code, Some(1));
    said.assert_snapshot("gates_fail");
    let junit = fs::read_to_string(stage.path().join("out/junit.xml")).unwrap();
    assert!(junit.contains("tests=\"2\" failures=\"1\""), "{junit}");
    assert!(stage.path().join("out/run.json").is_file());
}

#[test]
fn a_run_without_gates_writes_none() {
    let stage = Stage::with("");
    stage.run(&["run", "test.toml", "--out", "out", "--tables", "csv"]);
    assert!(stage.path().join("out/run.json").is_file());
    assert!(!stage.path().join("out/gates.json").exists());
    assert!(!stage.path().join("out/junit.xml").exists());
}
