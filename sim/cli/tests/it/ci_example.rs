//! The workflow that users copy into their CI: its commands are ones that this program takes, and leave the files it names.

use std::fs;
use std::path::Path;

use crate::stage::Stage;

/// What a workflow runs the program with.
const COMMAND: &str = "cargo run --release -- ";

/// Stands in for the sweep that a workflow names: the same command on one that takes a moment.
const TINY: &str = "\
schema = 1
name = \"tiny\"
scenario = \"minimal\"
design = \"grid\"
seeds = { first = 1, count = 3 }

[set]
horizon = \"35 d\"

[[factors]]
path = \"protocol.price.gain\"
values = [\"1 %\", \"2 %\"]

[[gates]]
metric = \"jobs.goodput\"
op = \">=\"
value = \"10 %\"
";

fn workflow() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/sweeps/ci-example.yml");
    fs::read_to_string(file).unwrap()
}

/// Arguments of every command of the workflow that runs the program.
fn commands(workflow: &str) -> Vec<Vec<&str>> {
    let runs = workflow
        .lines()
        .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("run: "));
    let ours = runs.filter_map(|run| run.strip_prefix(COMMAND));
    ours.map(|args| args.split_whitespace().collect()).collect()
}

#[test]
fn every_command_of_the_workflow_runs_and_leaves_the_files_that_the_workflow_names() {
    let workflow = workflow();
    let stage = Stage::new();
    let commands = commands(&workflow);
    assert!(!commands.is_empty(), "the workflow runs nothing");
    for args in commands {
        for file in args.iter().filter(|arg| arg.ends_with(".toml")) {
            let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
            assert!(
                repository.join(file).is_file(),
                "{file} is named and not there"
            );
            let stand_in = stage.path().join(file);
            fs::create_dir_all(stand_in.parent().unwrap()).unwrap();
            fs::write(stand_in, TINY).unwrap();
        }
        let said = stage.run(&args);
        assert_eq!(said.code, Some(0), "{args:?}: {}", said.stderr);
    }
    for name in ["summary.md", "junit.xml", "gates.json", "index.html"] {
        assert!(workflow.contains(name), "{name}");
        let file = stage.path().join("reports/runs/ci").join(name);
        assert!(file.is_file(), "the sweep wrote no {name}");
    }
}
