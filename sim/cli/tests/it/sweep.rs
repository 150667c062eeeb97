//! `stakesim sweep`: same bytes whatever the threads, kills and shards; verdicts as exit codes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::stage::Stage;

/// Two points and six seeds of a network that runs in a moment. Its gates: one that holds, and one to be filled in.
fn file(stage: &Stage, gate: &str) -> &'static str {
    let text = format!(
        "schema = 1\nname = \"tiny\"\nscenario = \"minimal\"\ndesign = \"grid\"\nseeds = {{ first = 1, count = 6 }}\n\
         metrics = [\"jobs.goodput\", \"providers.return_median\"]\n\n[set]\nhorizon = \"35 d\"\n\n[[factors]]\n\
         path = \"protocol.price.gain\"\nvalues = [\"1 %\", \"2 %\"]\n\n{gate}"
    );
    fs::write(stage.path().join("tiny.toml"), text).unwrap();
    "tiny.toml"
}

fn gate(op: &str, value: &str) -> String {
    format!(
        "[[gates]]\nmetric = \"jobs.goodput\"\nop = \"{op}\"\nvalue = {value}\nwhy = \"work must not be lost\"\n"
    )
}

/// All files under a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_path_buf();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn code(stage: &Stage, args: &[&str]) -> Option<i32> {
    stage.command(args).output().unwrap().status.code()
}

#[test]
fn a_sweep_gives_the_same_bytes_at_any_thread_count() {
    let stage = Stage::new();
    let file = file(&stage, &gate(">=", "0.5"));
    for threads in ["1", "2"] {
        let run = stage
            .command(&["sweep", file, "--out", threads])
            .env("RAYON_NUM_THREADS", threads)
            .env("POLARS_MAX_THREADS", threads)
            .output()
            .unwrap();
        assert_eq!(
            run.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
    }
    let [one, two] = ["1", "2"].map(|out| files(&stage.path().join(out)));
    assert_eq!(one, two);
    for name in [
        "sweep.json",
        "gates.json",
        "junit.xml",
        "summary.md",
        "index.html",
    ] {
        assert!(one.contains_key(Path::new(name)), "{name} is missing");
    }
    assert!(
        !stage.path().join("1.journal").exists(),
        "a finished sweep needs no journal"
    );
}

fn start(stage: &Stage, file: &str, out: &str) -> Child {
    let mut command = stage.command(&["sweep", file, "--out", out]);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn finished(journal: &Path) -> usize {
    fs::read_to_string(journal).map_or(0, |text| text.lines().count().saturating_sub(1))
}

#[test]
fn a_killed_sweep_goes_on_and_gives_the_bytes_of_one_that_was_not() {
    let stage = Stage::new();
    let file = file(&stage, &gate(">=", "0.5"));
    assert_eq!(code(&stage, &["sweep", file, "--out", "whole"]), Some(0));
    let journal = stage.path().join("killed.journal");
    for wanted in [2, 5, 9] {
        let mut child = start(&stage, file, "killed");
        let begun = Instant::now();
        while finished(&journal) < wanted && child.try_wait().unwrap().is_none() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "the sweep does not get on"
            );
            sleep(Duration::from_millis(1));
        }
        // On Unix this is SIGKILL: nothing can be tidied up.
        let _ = child.kill();
        child.wait().unwrap();
    }
    assert_eq!(code(&stage, &["sweep", file, "--out", "killed"]), Some(0));
    let [whole, killed] = ["whole", "killed"].map(|out| files(&stage.path().join(out)));
    assert_eq!(whole, killed);
    assert_eq!(stage.names(), ["killed", "tiny.toml", "whole"]);
}

#[test]
fn shards_that_are_merged_give_the_bytes_of_the_whole() {
    let stage = Stage::new();
    let file = file(&stage, &gate(">=", "0.5"));
    assert_eq!(code(&stage, &["sweep", file, "--out", "whole"]), Some(0));
    for shard in ["1/3", "2/3", "3/3"] {
        let out = format!("part{}", &shard[..1]);
        assert_eq!(
            code(&stage, &["sweep", file, "--shard", shard, "--out", &out]),
            Some(0)
        );
    }
    assert_eq!(
        code(
            &stage,
            &["sweep", "merge", file, "part1", "part2", "--out", "merged"]
        ),
        Some(3),
        "one is missing"
    );
    assert_eq!(
        code(
            &stage,
            &[
                "sweep", "merge", file, "part3", "part1", "part2", "--out", "merged"
            ]
        ),
        Some(0)
    );
    let [whole, merged] = ["whole", "merged"].map(|out| files(&stage.path().join(out)));
    assert_eq!(whole, merged);
}

#[test]
fn a_gate_that_fails_or_is_undecided_is_exit_code_one() {
    let stage = Stage::new();
    let fails = file(&stage, &gate(">=", "0.9999"));
    assert_eq!(code(&stage, &["sweep", fails, "--out", "out"]), Some(1));
    let junit = fs::read_to_string(stage.path().join("out/junit.xml")).unwrap();
    assert!(junit.contains("<failure"), "{junit}");
    let mean = {
        let gates = fs::read_to_string(stage.path().join("out/gates.json")).unwrap();
        let gates: serde_json::Value = serde_json::from_str(&gates).unwrap();
        gates["gates"][0]["estimate"].as_f64().unwrap()
    };
    // A bound on the very estimate of the first point: the runs cannot tell on which side it lies.
    let undecided = file(&stage, &gate(">=", &mean.to_string()));
    assert_eq!(code(&stage, &["sweep", undecided, "--out", "out"]), Some(1));
    let summary = fs::read_to_string(stage.path().join("out/summary.md")).unwrap();
    assert!(summary.contains("UNDECIDED"), "{summary}");
}

#[test]
fn a_journal_of_other_settings_is_refused_and_kept() {
    let stage = Stage::new();
    let file = file(&stage, "");
    let mut child = start(&stage, file, "out");
    let journal = stage.path().join("out.journal");
    while finished(&journal) < 2 && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(1));
    }
    let _ = child.kill();
    child.wait().unwrap();
    let before = fs::read(&journal).unwrap();
    let other = stage
        .command(&["sweep", file, "--set", "horizon=36 d", "--out", "out"])
        .output()
        .unwrap();
    assert_eq!(other.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&other.stderr).contains("another sweep"));
    assert_eq!(fs::read(&journal).unwrap(), before);
}

#[test]
fn a_design_for_sensitivity_tells_what_moves_each_metric() {
    let stage = Stage::new();
    let text = "schema = 1\nname = \"morris\"\nscenario = \"minimal\"\ndesign = \"morris\"\ntrajectories = 2\nlevels = 4\n\
                seeds = { first = 1, count = 1 }\nmetrics = [\"jobs.finished\"]\n\n[set]\nhorizon = \"35 d\"\n\n[[factors]]\n\
                path = \"jobs.load.consumer\"\nlow = \"20 %\"\nhigh = \"90 %\"\n\n[[factors]]\n\
                path = \"protocol.emission.per_epoch\"\nlow = \"50000 token\"\nhigh = \"100000 token\"\n";
    stage.file("morris.toml", text);
    let said = stage.run(&["sweep", "morris.toml", "--out", "out"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let at = |factor: &str| said.stdout.find(factor).expect("a row for each factor");
    assert!(
        at("jobs.load.consumer") < at("protocol.emission.per_epoch"),
        "{}",
        said.stdout
    );
    assert!(stage.path().join("out/sensitivity.json").is_file());
}

#[test]
fn a_relative_gate_is_held_against_another_sweeps_folder() {
    let stage = Stage::new();
    let plain = file(&stage, "");
    assert_eq!(code(&stage, &["sweep", plain, "--out", "old"]), Some(0));
    let verdict = |margin: &str, set: &str| {
        let gate = format!(
            "[[gates]]\nmetric = \"jobs.goodput\"\nbaseline = \"old\"\nmargin = {margin}\nwhy = \"no step back\"\n"
        );
        let sweep = ["sweep", file(&stage, &gate), "--out", "new", "--set", set];
        code(&stage, &sweep)
    };
    let half = "jobs.gang_median.datacentre=1 d";
    assert_eq!(verdict("0.5", half), Some(0));
    // The same runs as before lie within no margin that is worse than nothing.
    assert_eq!(verdict("\"0 %\"", "horizon=35 d"), Some(1));
    let gone =
        "[[gates]]\nmetric = \"jobs.goodput\"\nbaseline = \"gone\"\nmargin = 0.1\nwhy = \"x\"\n";
    assert_eq!(code(&stage, &["sweep", file(&stage, gone)]), Some(3));
}

#[test]
fn points_made_equal_twice_give_the_same_bytes_at_any_thread_count_and_in_shards() {
    let stage = Stage::new();
    let text = "schema = 1\nname = \"two\"\nscenario = \"minimal\"\ndesign = \"list\"\nseeds = { first = 1, count = 2 }\n\n\
                [set]\nhorizon = \"35 d\"\n\n[normalise]\nmarket_value = \"222000000 USD\"\nemission = \"15000 USD\"\n\n\
                [[points]]\nfrom = \"minimal\"\nname = \"plain\"\n\n[[points]]\nfrom = \"rich.toml\"\n";
    stage.file("two.toml", text);
    let rich = "schema = 1\nname = \"rich\"\nextends = \"minimal\"\n[protocol.emission]\nper_epoch = \"300000 token\"\n";
    stage.file("rich.toml", rich);
    for threads in ["1", "2"] {
        let mut command = stage.command(&["sweep", "two.toml", "--out", threads]);
        let said = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert_eq!(said.status.code(), Some(0), "{said:?}");
        let told = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(told.contains("4 points (plain, rich), 8 runs"), "{told}");
    }
    for shard in ["1/2", "2/2"] {
        let out = format!("part{}", &shard[..1]);
        let args = ["sweep", "two.toml", "--shard", shard, "--out", &out];
        assert_eq!(code(&stage, &args), Some(0));
    }
    let merge = [
        "sweep", "merge", "two.toml", "part1", "part2", "--out", "merged",
    ];
    assert_eq!(code(&stage, &merge), Some(0));
    let [one, two, merged] = ["1", "2", "merged"].map(|out| files(&stage.path().join(out)));
    assert_eq!(one, two);
    assert_eq!(one, merged);
    let summary = String::from_utf8_lossy(&one[Path::new("summary.md")]);
    assert!(summary.contains("## Side by side"), "{summary}");
    assert_eq!(code(&stage, &["compare", "1", "merged"]), Some(0));
}
