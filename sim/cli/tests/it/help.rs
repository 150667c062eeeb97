//! Help, usage and what is shown without a run.

use crate::stage::Stage;

#[test]
fn help_names_commands_and_exit_codes() {
    Stage::new().run(&["--help"]).assert_snapshot("help");
    Stage::new()
        .run(&["run", "--help"])
        .assert_snapshot("help_run");
}

#[test]
fn wrong_usage_exits_with_2() {
    Stage::new()
        .run(&["rnu"])
        .assert_snapshot("usage_unknown_command");
    Stage::new()
        .run(&["run", "minimal", "--memory-limit", "4 potatoes"])
        .assert_snapshot("usage_memory_limit");
}

#[test]
fn the_effective_scenario_is_one_that_runs_as_the_same() {
    let stage = Stage::with("[fleet]\nproviders = 50\n");
    let shown = stage.run(&[
        "show",
        "test.toml",
        "--set",
        "protocol.fees.burn=3 %",
        "--set",
        "protocol.fees.treasury=8 %",
    ]);
    assert_eq!(shown.code, Some(0));
    assert!(
        shown.stdout.contains("\nproviders = 50\n") && shown.stdout.contains("\nburn = \"3 %\"\n")
    );
    stage.file("again.toml", &shown.stdout);
    assert_eq!(stage.run(&["show", "again.toml"]).stdout, shown.stdout);
}

#[test]
fn registries_can_be_read() {
    let parameters = Stage::new().run(&["show", "parameters"]);
    assert!(parameters.stdout.lines().count() > 200);
    let mut lines = parameters.stdout.lines();
    let line = lines.find(|line| line.starts_with("verification.challenge_rate "));
    assert!(
        line.unwrap()
            .contains("Probability that a provider is challenged")
    );
    let metrics = Stage::new().run(&["show", "metrics"]);
    assert!(metrics.stdout.contains("providers.return_median"));
}

#[test]
fn a_sound_scenario_checks_ok() {
    let stage = Stage::with("seed = 3\nhorizon = \"10 d\"\n");
    stage
        .run(&["check", "test.toml"])
        .assert_snapshot("check_ok");
    let json = stage.run(&["check", "test.toml", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (document["ok"].as_bool(), document["seed"].as_u64()),
        (Some(true), Some(3))
    );
}
