//! The files under version control, and what no file may hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Paths of tracked files from the workspace's folder. Those deleted but not yet committed are left out.
pub fn files() -> Vec<String> {
    let mut git = Command::new("git");
    // Whoever owns the clone: reading its list of files is harmless.
    git.args(["-c", "safe.directory=*", "ls-files"]);
    let output = git.current_dir(root()).output().expect("git is installed");
    assert!(
        output.status.success(),
        "git ls-files failed: is this a clone?"
    );
    let text = String::from_utf8(output.stdout).expect("our names are UTF-8");
    let files: Vec<String> = text.lines().map(str::to_owned).collect();
    files
        .into_iter()
        .filter(|file| root().join(file).exists())
        .collect()
}

/// The text of a file; what is not UTF-8 in it does not matter here.
pub fn text(file: &str) -> String {
    let bytes = fs::read(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Tells all faults of a rule at once.
pub fn assert_none(rule: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{rule}:\n  {}", faults.join("\n  "));
}

/// Folders of somebody's machine. Put together here, or this file would break its own rule.
const MACHINE: [&str; 4] = [
    concat!("/", "tmp/"),
    concat!("/", "root/"),
    concat!("/", "work/"),
    concat!("/", "home/"),
];

#[test]
fn no_file_names_a_path_of_somebodys_machine() {
    let mut faults = Vec::new();
    for file in files() {
        for (at, line) in text(&file).lines().enumerate() {
            if MACHINE.iter().any(|path| begins_a_path(line, path)) {
                faults.push(format!("{file}:{}", at + 1));
            }
        }
    }
    assert_none("a path of a machine", &faults);
}

/// Whether a path begins here; in the middle of a longer one it is a web address or a folder of ours.
fn begins_a_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-*}".contains(c))
    })
}

#[test]
fn a_path_counts_only_where_it_begins() {
    let path = MACHINE[0];
    assert!(begins_a_path(&format!("see {path}x"), path));
    assert!(begins_a_path(&format!("\"{path}x\""), path));
    assert!(!begins_a_path(&format!("https://example.org{path}x"), path));
}

#[test]
fn no_build_output_is_tracked() {
    let faults: Vec<String> = files()
        .into_iter()
        .filter(|file| {
            file.split('/')
                .any(|part| part == "target" || part == ".ipynb_checkpoints")
        })
        .collect();
    assert_none("build output", &faults);
}
