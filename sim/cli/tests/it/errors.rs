//! Bad input and bad output: a clear message, the right exit code, nothing half-written.

use crate::stage::Stage;

/// Runs `check` and `run` on a scenario with a fault: both say the same, and nothing is written.
#[track_caller]
fn refused(name: &str, stage: &Stage) {
    let before = stage.names();
    let checked = stage.run(&["check", "test.toml"]);
    checked.assert_snapshot(name);
    assert_eq!(checked.code, Some(3));
    let run = stage.run(&["run", "test.toml", "--out", "out"]);
    assert_eq!((run.code, &run.stderr), (checked.code, &checked.stderr));
    assert_eq!(stage.names(), before, "something was written");
}

#[test]
fn an_unknown_key_is_refused_with_its_neighbour() {
    refused("unknown_key", &Stage::with("[fleet]\nprovider = 10\n"));
}

#[test]
fn a_wrong_unit_is_refused() {
    refused(
        "wrong_unit",
        &Stage::with("[jobs]\npatience = \"7 TFLOP/s\"\n"),
    );
}

#[test]
fn a_lossy_quantity_is_refused() {
    refused("lossy", &Stage::with("[behaviour]\nlazy = \"1/3\"\n"));
}

#[test]
fn a_value_out_of_range_is_refused() {
    refused(
        "out_of_range",
        &Stage::with("[verification]\nchallenge_rate = \"120 %\"\n"),
    );
}

#[test]
fn shares_that_do_not_sum_to_one_are_refused() {
    refused(
        "sum_not_one",
        &Stage::with("[protocol.fees]\nprovider = \"85 %\"\n"),
    );
}

#[test]
fn a_missing_trace_is_refused() {
    refused(
        "missing_trace",
        &Stage::with("[jobs]\ntrace_file = \"traces/mine.csv\"\n"),
    );
}

#[test]
fn a_malformed_trace_row_is_refused_with_its_line() {
    let stage = Stage::with("[jobs]\ntrace_file = \"mine.csv\"\n");
    stage.file(
        "mine.csv",
        "submit_s,duration_s,num_gpus\n0,60,1\n10,sixty,1\n20,60\n",
    );
    refused("malformed_trace", &stage);
}

#[test]
fn an_empty_fleet_is_refused() {
    refused("empty_fleet", &Stage::with("[fleet]\nproviders = 0\n"));
}

#[test]
fn a_horizon_of_zero_is_refused() {
    refused("horizon_zero", &Stage::with("horizon = \"0 d\"\n"));
}

#[test]
fn all_faults_are_told_at_once() {
    refused(
        "all_at_once",
        &Stage::with("horizon = \"5 parsecs\"\n[fleet]\nproviders = \"many\"\nnode_gpu = 4\n"),
    );
}

#[test]
fn a_missing_scenario_is_refused() {
    refused("missing_scenario", &Stage::new());
}

#[test]
fn faults_as_json_are_one_document() {
    let said =
        Stage::with("[fleet]\nprovider = 10\n").run(&["check", "test.toml", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(said.code, Some(3));
    assert_eq!(document["faults"][0]["path"], "fleet.provider");
    assert_eq!(document["faults"][0]["line"], 5);
}

#[test]
fn a_scenario_that_does_not_fit_in_memory_is_refused_with_the_estimate() {
    let stage = Stage::with("");
    let said = stage.run(&["run", "test.toml", "--memory-limit", "1 MiB"]);
    assert_eq!(said.code, Some(3));
    assert!(said.stderr.contains("1 MiB are there"), "{}", said.stderr);
    assert_eq!(stage.names(), ["test.toml"]);
}

#[test]
fn an_output_folder_that_cannot_be_made_exits_with_5() {
    let stage = Stage::with("");
    stage.file("occupied", "a file");
    stage
        .run(&["run", "test.toml", "--out", "occupied/out"])
        .assert_snapshot("output_under_a_file");
    stage
        .run(&["run", "test.toml", "--out", "occupied"])
        .assert_snapshot("output_not_ours");
    assert_eq!(stage.names(), ["occupied", "test.toml"]);
}
