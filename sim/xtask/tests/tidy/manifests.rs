//! Which room uses which, as the manifests say: dependencies point one way.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::tracked::{assert_none, root};

/// The rooms of the workspace, each with all that it may use. A room stands after what it uses.
const ROOMS: [(&str, &[&str]); 10] = [
    ("units", &[]),
    ("engine", &["units"]),
    ("protocol", &["units"]),
    ("training", &["units"]),
    ("conform", &["units", "protocol", "training"]),
    ("world", &["units", "engine", "protocol", "training"]),
    (
        "experiment",
        &[
            "units", "engine", "protocol", "training", "conform", "world",
        ],
    ),
    (
        "report",
        &[
            "units",
            "engine",
            "protocol",
            "training",
            "conform",
            "world",
            "experiment",
        ],
    ),
    (
        "cli",
        &[
            "units",
            "engine",
            "protocol",
            "training",
            "conform",
            "world",
            "experiment",
            "report",
        ],
    ),
    ("xtask", &[]),
];

/// Libraries that one room alone may use.
const AT_HOME: [(&str, &str); 5] = [
    ("polars", "experiment"),
    ("plotters", "report"),
    ("clap", "cli"),
    ("indicatif", "cli"),
    ("ctrlc", "cli"),
];

/// All that rooms without a standard library may use.
const NO_STD: [(&str, &[&str]); 2] = [
    ("units", &["serde"]),
    (
        "protocol",
        &["stakesim-units", "num-bigint", "num-integer", "serde"],
    ),
];

/// Dependencies by room, as cargo reads the manifests.
fn rooms() -> BTreeMap<String, Vec<Value>> {
    let cargo = std::env::var_os("CARGO").expect("tests are run by cargo");
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let room = |package: &Value| {
        let name = package["name"].as_str().expect("a name");
        let room = name
            .strip_prefix("stakesim-")
            .expect("rooms are called stakesim-x");
        (
            room.to_owned(),
            package["dependencies"].as_array().expect("a list").clone(),
        )
    };
    packages.map(room).collect()
}

fn name(dependency: &Value) -> &str {
    dependency["name"].as_str().expect("a name")
}

fn is_for_tests(dependency: &Value) -> bool {
    dependency["kind"] == "dev"
}

#[test]
fn the_rooms_are_those_of_the_architecture() {
    let mut expected: Vec<_> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).collect();
    expected.sort_unstable();
    assert_eq!(rooms().into_keys().collect::<Vec<_>>(), expected);
}

#[test]
fn dependencies_point_one_way_in_tests_too() {
    let rooms = rooms();
    let mut faults = Vec::new();
    for (room, may_use) in ROOMS {
        let used = rooms[room]
            .iter()
            .filter_map(|one| name(one).strip_prefix("stakesim-"));
        faults.extend(
            used.filter(|one| !may_use.contains(one))
                .map(|one| format!("{room} uses {one}")),
        );
    }
    assert_none("a dependency against the direction", &faults);
}

#[test]
fn large_libraries_stay_in_their_room() {
    let mut faults = Vec::new();
    for (room, dependencies) in rooms() {
        for dependency in &dependencies {
            let mut homes = AT_HOME
                .iter()
                .filter(|(library, _)| name(dependency).starts_with(library));
            if homes.any(|(_, home)| *home != room) {
                faults.push(format!("{room} uses {}", name(dependency)));
            }
        }
    }
    assert_none("a library outside its room", &faults);
}

#[test]
fn units_and_protocol_need_no_standard_library() {
    let rooms = rooms();
    for (room, may_use) in NO_STD {
        for dependency in rooms[room].iter().filter(|one| !is_for_tests(one)) {
            let name = name(dependency);
            assert!(may_use.contains(&name), "{room} uses {name}");
            if name.starts_with("stakesim-") {
                continue;
            }
            assert_eq!(
                dependency["uses_default_features"], false,
                "{room}: {name} brings std"
            );
            let features = dependency["features"].as_array().expect("a list");
            assert!(
                !features.iter().any(|feature| feature == "std"),
                "{room}: {name} brings std"
            );
        }
    }
}

#[test]
fn versions_live_in_the_workspace_alone() {
    let mut faults = Vec::new();
    for (room, dependencies) in rooms() {
        let manifest = std::fs::read_to_string(root().join(format!("sim/{room}/Cargo.toml")))
            .expect("a manifest");
        let own = dependencies.iter().map(name).filter(|name| {
            let key = name.strip_prefix("stakesim-").unwrap_or(name);
            !manifest
                .lines()
                .any(|line| line.starts_with(&format!("{key} = {{ workspace = true")))
        });
        faults.extend(own.map(|name| format!("{room}: {name}")));
    }
    assert_none("a version outside the workspace's manifest", &faults);
}
