//! The tree in README.md is the folder.
//!
//! The tree is the fenced block that has a line beginning with `sim/`: an entry a line, name first, entries of a folder
//! indented under it.

use std::collections::BTreeSet;

use crate::tracked::{files, text};

/// The entries of the tree at the top, and those under `sim/`.
#[derive(Debug, Default, PartialEq)]
struct Tree {
    top: BTreeSet<String>,
    sim: BTreeSet<String>,
}

/// The tree of a README, where it has one.
fn tree(readme: &str) -> Option<Tree> {
    let mut blocks = readme.split("```").skip(1).step_by(2);
    let block = blocks.find(|block| block.lines().any(|line| line.starts_with("sim/")))?;
    let mut tree = Tree::default();
    let mut folder = "";
    // The first line is the rest of the fence: the language.
    for line in block.lines().skip(1) {
        let Some(name) = line.split_whitespace().next() else {
            continue;
        };
        let is_top = !line.starts_with(char::is_whitespace);
        if is_top {
            folder = name;
            tree.top.insert(name.to_owned());
        } else if folder == "sim/" {
            tree.sim.insert(name.to_owned());
        }
    }
    Some(tree)
}

/// Entries directly under a folder, folders with a slash at their end. Hidden ones are not for readers.
fn entries(files: &[String], under: &str) -> BTreeSet<String> {
    let inside = files.iter().filter_map(|file| file.strip_prefix(under));
    let entry = inside.map(|path| match path.split_once('/') {
        Some((folder, _)) => format!("{folder}/"),
        None => path.to_owned(),
    });
    entry.filter(|entry| !entry.starts_with('.')).collect()
}

fn folders(entries: &BTreeSet<String>) -> Vec<&String> {
    entries
        .iter()
        .filter(|entry| entry.ends_with('/'))
        .collect()
}

#[test]
fn the_tree_in_the_readme_is_the_folder() {
    let tree = tree(&text("README.md"))
        .expect("README.md has a tree: a fenced block with a line that begins with sim/");
    let files = files();
    let there = entries(&files, "");
    assert_eq!(
        folders(&tree.top),
        folders(&there),
        "README.md's folders and those that are there"
    );
    // Files may go without a line, such as the lock file; but what has a line is there.
    let gone: Vec<_> = tree.top.difference(&there).collect();
    assert!(
        gone.is_empty(),
        "README.md names what is not there: {gone:?}"
    );
    if !tree.sim.is_empty() {
        let rooms = entries(&files, "sim/");
        assert_eq!(
            folders(&tree.sim),
            folders(&rooms),
            "README.md's rooms and those that are there"
        );
    }
}

#[test]
fn a_tree_is_read_by_its_indentation() {
    let readme = "text\n```sh\ncargo run\n```\n```\nREADME.md  this\nsim/   code\n  units/  quantities\nscenarios/\n  data/ x\n```\n";
    let tree = tree(readme).unwrap();
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(tree.top, set(&["README.md", "sim/", "scenarios/"]));
    assert_eq!(tree.sim, set(&["units/"]));
}

#[test]
fn a_readme_without_a_tree_has_none() {
    assert_eq!(tree("```\ncargo run\n```\n"), None);
}
