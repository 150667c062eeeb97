//! Live networks' published numbers, through their rules. The files are the protocol's test data, `sim/protocol/tests/vectors/`,
//! whose sources and licences its README names; and rows worked out for networks without such a file, `tests/worked/`.

use std::fs;
use std::path::Path;

use stakesim_conform::vectors::{Report, run};

/// Folders of vectors, from this crate.
const FOLDERS: [&str; 2] = ["../protocol/tests/vectors", "tests/worked"];

/// The files' names and texts, in the order of their names.
fn files() -> Vec<(String, String)> {
    let entries = FOLDERS.map(|folder| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        fs::read_dir(&folder).expect("the folder of vectors")
    });
    let mut files: Vec<(String, String)> = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

fn conform(files: &[(String, String)]) -> Report {
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    run(files).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn published_vectors_come_out_as_their_networks_say() {
    let report = conform(&files());
    assert!(report.is_ok(), "{report}");
    assert!(report.evaluated() > 1_000, "{report}");
}

/// Each rounding that the vectors reach with something to round is turned around, one after the other, and the vectors must
/// notice. Where they cannot, the source says so and why: [`UNNOTICED`] in the line or the one before.
#[cfg(feature = "canary")]
#[test]
fn canary_every_rounding_turned_around_is_noticed() {
    use std::collections::BTreeMap;

    use protocol::networks::round::{Site, plant, seen};

    const UNNOTICED: &str = "no published number notices";

    let files = files();
    let mut is_noticed: BTreeMap<Site, bool> = BTreeMap::new();
    for file in &files {
        let texts = || [(file.0.as_str(), file.1.as_str())];
        let _ = run(texts());
        for site in seen() {
            plant(Some(site));
            let notices = run(texts()).map_or(true, |report| !report.is_ok());
            *is_noticed.entry(site).or_default() |= notices;
            plant(None);
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let is_declared = |(path, line, _): &Site| {
        let source = fs::read_to_string(root.join(path)).expect("the source of a rule");
        let before = source.lines().skip((*line as usize).saturating_sub(2));
        before.take(2).any(|line| line.contains(UNNOTICED))
    };
    let wrong: Vec<&Site> = is_noticed
        .iter()
        .filter(|(site, is_noticed)| is_declared(site) == **is_noticed)
        .map(|(site, _)| site)
        .collect();
    println!("{} roundings turned around", is_noticed.len());
    assert!(!is_noticed.is_empty());
    assert!(
        wrong.is_empty(),
        "unnoticed and not declared so, or declared so and noticed: {wrong:#?}"
    );
}
