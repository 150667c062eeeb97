//! Folders of results: whole, repeatable, verifiable.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::stage::Stage;

/// Every file below a folder, with the lines of `run.json` that may differ between runs taken out.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let bytes = fs::read(&path).unwrap();
            files.insert(
                name.clone(),
                if name == "run.json" {
                    untimed(&bytes)
                } else {
                    bytes
                },
            );
        }
    }
    files
}

fn untimed(manifest: &[u8]) -> Vec<u8> {
    let timed = [
        "\"wall_seconds\"",
        "\"events_per_second\"",
        "\"peak_memory_bytes\"",
    ];
    let text = std::str::from_utf8(manifest).unwrap();
    let lines = text
        .lines()
        .filter(|line| !timed.iter().any(|key| line.trim_start().starts_with(key)));
    lines
        .flat_map(|line| format!("{line}\n").into_bytes())
        .collect()
}

#[test]
fn a_run_gives_the_same_bytes_again_at_any_thread_count() {
    let stage = Stage::with("");
    for (out, threads) in [("one", "1"), ("two", "2")] {
        let mut command = stage.command(&["run", "test.toml", "--out", out, "--postings"]);
        let output = command
            .env("RAYON_NUM_THREADS", threads)
            .env("POLARS_MAX_THREADS", threads)
            .output()
            .unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let (one, two) = (
        contents(&stage.path().join("one")),
        contents(&stage.path().join("two")),
    );
    assert!(one.contains_key("tables/postings.parquet") && one.contains_key("index.html"));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{name} differs between the two runs");
    }
}

#[test]
fn a_result_verifies_and_a_tampered_one_does_not() {
    let stage = Stage::with("");
    assert_eq!(
        stage
            .run(&["run", "test.toml", "--out", "out", "--tables", "csv"])
            .code,
        Some(0)
    );
    let verified = stage.run(&["verify", "out"]);
    verified.assert_snapshot("verify_ok");

    let file = stage.path().join("out/run.json");
    let manifest = fs::read_to_string(&file).unwrap();
    let digest = serde_json::from_str::<serde_json::Value>(&manifest).unwrap()["digest"]
        .as_str()
        .unwrap()
        .to_owned();
    fs::write(&file, manifest.replace(&digest, "0123456789abcdef")).unwrap();
    stage
        .run(&["verify", "out"])
        .assert_snapshot("verify_differs");
    fs::write(&file, "{}").unwrap();
    stage
        .run(&["verify", "out"])
        .assert_snapshot("verify_broken");
}

#[test]
fn results_are_shown_in_either_format_alike() {
    let stage = Stage::with("");
    for format in ["parquet", "csv"] {
        assert_eq!(
            stage
                .run(&["run", "test.toml", "--out", format, "--tables", format])
                .code,
            Some(0)
        );
    }
    let (parquet, csv) = (
        stage.run(&["show", "parquet", "verdicts"]),
        stage.run(&["show", "csv", "verdicts"]),
    );
    assert_eq!(parquet.code, Some(0));
    assert_eq!(parquet.stdout, csv.stdout);
    assert!(stage.run(&["show", "parquet"]).stdout.contains("providers"));
    let missing = stage.run(&["show", "csv", "verdict"]);
    assert_eq!(missing.code, Some(3));
    assert!(
        missing.stderr.contains("did you mean verdicts?"),
        "{}",
        missing.stderr
    );
}

#[test]
fn a_run_tells_its_metrics_as_one_json_document() {
    let stage = Stage::with("");
    let said = stage.run(&[
        "run",
        "test.toml",
        "--out",
        "out",
        "--format",
        "json",
        "--seed",
        "9",
    ]);
    let document: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(document["manifest"]["seed"], 9);
    assert!(document["metrics"].as_array().unwrap().len() > 20);
    assert_eq!(said.stderr, "", "silent in a pipe");
}
