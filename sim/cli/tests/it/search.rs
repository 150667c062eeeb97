//! `stakesim search`: what it says, what it leaves, its exit codes, and a kill on the way.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::stage::Stage;

/// Nine combinations, all of which are run; what is minted is in proportion to the scheduled emission.
fn stage(gate: &str, objectives: &str) -> Stage {
    let stage = Stage::new();
    stage.file(
        "thrift.toml",
        &format!(
            "schema = 1\nname = \"thrift\"\nscenario = \"minimal\"\nseeds = [1, 2]\nmetrics = [\"emission.minted\"]\n\n[set]\n\
             horizon = \"14 d\"\n\"protocol.emission.rule\" = \"fixed\"\n\n[search]\nevaluations = 9\npopulation = 4\n\n[[factors]]\n\
             path = \"protocol.emission.per_epoch\"\nlow = \"1000 token\"\nhigh = \"9000 token\"\nsteps = 9\n\n{objectives}{gate}"
        ),
    );
    stage
}

const LEAST: &str = "[[objectives]]\nmetric = \"emission.minted\"\ngoal = \"min\"\n\n";
const WORK: &str = "[[objectives]]\nmetric = \"jobs.goodput\"\n\n";

/// A gate on the smallest of all runs: observed, and so never undecided.
fn at_least(tokens: u32) -> String {
    format!(
        "[[gates]]\nmetric = \"emission.minted\"\nstat = \"min\"\nop = \">=\"\nvalue = {tokens}\nwhy = \"security costs\"\n"
    )
}

#[test]
fn help_tells_the_exit_codes() {
    Stage::new()
        .run(&["search", "--help"])
        .assert_snapshot("help_search");
}

#[test]
fn the_least_that_meets_the_gate_is_found_and_told() {
    let stage = stage(&at_least(800), LEAST);
    let said = stage.run(&["search", "thrift.toml", "--out", "out"]);
    said.assert_snapshot("search_found");
    assert_eq!(stage.names(), ["out", "thrift.toml"], "no journal is left");
    let mut files: Vec<_> = fs::read_dir(stage.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let wanted = [
        "candidates.parquet",
        "index.html",
        "plots",
        "runs.parquet",
        "search.json",
        "summary.md",
    ];
    assert_eq!(files, wanted);
    let summary = fs::read_to_string(stage.path().join("out/summary.md")).unwrap();
    assert!(summary.contains("| 5 | 6000 token |"), "{summary}");
}

#[test]
fn a_search_that_confirms_nothing_exits_with_1_and_tells_the_nearest() {
    let stage = stage(&at_least(1_000_000), LEAST);
    let said = stage.run(&["search", "thrift.toml", "--out", "out"]);
    said.assert_snapshot("search_none");
}

#[test]
fn a_search_as_json_is_one_document_with_the_front() {
    let stage = stage(&at_least(800), &format!("{LEAST}{WORK}"));
    let said = stage.run(&["search", "thrift.toml", "--out", "out", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert_eq!(
        (&document["evaluations"], &document["best"]),
        (&9.into(), &serde_json::Value::Null)
    );
    let front = document["front"].as_array().unwrap();
    let shown = document["candidates"].as_array().unwrap();
    assert!(front.contains(&5.into()) && shown.len() >= front.len());
    let gate = &shown[0]["gates"][0];
    assert!(gate["distance"].as_f64().unwrap() >= 0.0, "{gate}");
    assert!(shown[0]["fresh"]["gates"][0]["distance_relative"].is_number());
    assert!(stage.path().join("out/plots/pareto.svg").is_file());
}

#[test]
fn all_faults_of_a_search_file_are_told_at_once() {
    let stage = Stage::new();
    stage.file(
        "wrong.toml",
        "schema = 1\nname = \"wrong\"\nscenario = \"minimal\"\nseeds = { first = 1, count = 2 }\n\n[search]\nevaluations = 9\n\
         population = 20\n\n[[factors]]\npath = \"protocol.price.gian\"\nlow = \"1 %\"\nhigh = \"2 %\"\n\n[[objectives]]\n\
         metric = \"jobs.goodputt\"\ngoal = \"maximum\"\n\n[[gates]]\nmetric = \"jobs.goodput\"\nop = \"=>\"\nvalue = 0.5\n",
    );
    stage
        .run(&["search", "wrong.toml", "--out", "out"])
        .assert_snapshot("search_wrong");
    assert_eq!(stage.names(), ["wrong.toml"]);
    stage.file(
        "aimless.toml",
        "schema = 1\nname = \"aimless\"\nscenario = \"minimal\"\nseeds = [1]\n\n[search]\nevaluations = 9\n\n[[factors]]\n\
         path = \"protocol.price.gain\"\nlow = \"1 %\"\nhigh = \"2 %\"\n",
    );
    stage
        .run(&["search", "aimless.toml"])
        .assert_snapshot("search_aimless");
}

#[cfg(unix)]
#[test]
fn a_killed_search_goes_on_and_gives_the_bytes_of_one_that_was_not() {
    let stage = stage(&at_least(800), &format!("{LEAST}{WORK}"));
    let whole = stage.run(&["search", "thrift.toml", "--out", "whole"]);
    assert_eq!(whole.code, Some(0), "{}", whole.stderr);
    let journal = stage.path().join("killed.journal");
    // Ctrl-C first, which is told; then SIGKILL on Unix, after which nothing can be tidied up.
    for (signal, lines) in [("-INT", 3), ("-KILL", 6)] {
        let mut command = stage.command(&["search", "thrift.toml", "--out", "killed"]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let finished = || fs::read_to_string(&journal).map_or(0, |text| text.lines().count());
        while finished() < lines && child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(60));
            sleep(Duration::from_millis(1));
        }
        let id = child.id().to_string();
        let killed = Command::new("kill").args([signal, &id]).status();
        assert!(killed.unwrap().success());
        let code = child.wait().unwrap().code();
        assert_eq!(code, (signal == "-INT").then_some(130));
        assert!(journal.is_file() && !stage.path().join("killed").exists());
    }
    let again = stage.run(&["search", "thrift.toml", "--out", "killed"]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    for name in [
        "search.json",
        "candidates.parquet",
        "runs.parquet",
        "index.html",
    ] {
        let read = |out: &str| fs::read(stage.path().join(out).join(name)).unwrap();
        assert_eq!(read("whole"), read("killed"), "{name}");
    }
    assert!(!journal.exists());
}
