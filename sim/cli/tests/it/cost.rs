//! `stakesim cost`: its exit codes, its document, its faults, and what it leaves.

use std::fs;

use serde_json::Value;

use crate::stage::Stage;

/// A small job on eight GPUs.
const JOB: &str = "schema = 1\nname = \"job\"\nparallelism = \"best\"\n\n[workload]\nshape = \"llama2_7b\"\n\n[training]\nbatch = 64\n\
    training_tokens = 1_000_000_000\n\n[hardware]\ngpu = \"a100_sxm_80gb\"\ngpus = 8\ngpus_per_node = 8\n";

fn stage(text: &str) -> Stage {
    let stage = Stage::new();
    stage.file("job.toml", text);
    stage
}

#[test]
fn help_tells_the_exit_codes() {
    Stage::new()
        .run(&["cost", "--help"])
        .assert_snapshot("help_cost");
}

#[test]
fn the_document_adds_up_and_the_folder_appears_whole() {
    let stage = stage(JOB);
    let said = stage.run(&["cost", "job.toml", "--format", "json", "--out", "out"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let document: Value = serde_json::from_str(&said.stdout).unwrap();
    let step = &document["groups"][0]["step"];
    let sum: f64 = [
        "compute_s",
        "memory_s",
        "bubble_s",
        "tensor_s",
        "stages_s",
        "exposed_s",
        "launch_s",
        "update_s",
    ]
    .iter()
    .map(|part| step[*part].as_f64().unwrap())
    .sum();
    assert!((sum / step["total_s"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    assert_eq!(document["fits"], true);
    for key in ["mfu", "hfu", "tokens_per_s", "days", "energy_kwh"] {
        assert!(document[key].as_f64().unwrap() > 0.0, "{key}");
    }
    assert!(document["money"]["rent_usd"].is_number());
    assert!(document["checkpoint"]["interval_s"].is_number());
    let kept = fs::read_to_string(stage.path().join("out/cost.json")).unwrap();
    assert_eq!(kept, said.stdout);
    let chart = fs::read_to_string(stage.path().join("out/plots/breakdown.svg")).unwrap();
    assert!(chart.contains("where the time of a step goes"));
    assert_eq!(stage.names(), ["job.toml", "out"]);
}

#[test]
fn the_table_tells_breakdown_memory_and_money() {
    let said = stage(JOB).run(&["cost", "job.toml"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    for word in [
        "compute",
        "launch",
        "fits",
        "MFU",
        "checkpoint every",
        "energy",
        "rented",
        "assumed",
    ] {
        assert!(said.stdout.contains(word), "{word}: {}", said.stdout);
    }
}

#[test]
fn a_job_that_no_layout_fits_is_a_no() {
    let said = stage(&JOB.replace("llama2_7b", "llama2_70b")).run(&["cost", "job.toml"]);
    said.assert_snapshot("cost_misfit");
}

#[test]
fn all_faults_of_a_cost_file_are_told_at_once() {
    let text = JOB
        .replace("llama2_7b", "llama2_8b")
        .replace("batch = 64", "batch = \"many\"")
        .replace(
            "gpus_per_node = 8",
            "gpus_per_node = 4\nfabric = \"1.6 Tb/s\"\nrent = \"2 USD\"",
        )
        + "\n[prices]\npue = \"12\"\n[failure]\n";
    let stage = stage(&text);
    let said = stage.run(&["cost", "job.toml", "--out", "out"]);
    said.assert_snapshot("cost_faults");
    assert_eq!(stage.names(), ["job.toml"], "something was written");
}
