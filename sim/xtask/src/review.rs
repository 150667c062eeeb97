//! `cargo xtask review`: the committed reviews, written again by fresh runs or compared with them: the baseline's, and the validation of
//! the cost model.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Failure, Outcome};
use crate::stakesim;
use crate::workspace::{Scratch, root};

/// What of a result folder is committed: no timings, no tables.
const PARTS: [&str; 3] = ["index.html", "summary.md", "plots"];
/// A review is read in a browser from a clone: it stays small.
const BYTES_MAX: usize = 2_000_000;

/// Files by their path inside a review.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A committed review.
struct Kept {
    /// Its folder.
    folder: &'static str,
    /// Makes it anew in a folder, with the binary.
    make: fn(&Path, &Path) -> Outcome,
}

const ALL: [Kept; 2] = [
    Kept {
        folder: "reports/baseline",
        make: |binary, out| stakesim::run(binary, "scenarios/baseline.toml", out, &[]).map(drop),
    },
    Kept {
        folder: "reports/validation",
        make: |binary, out| {
            stakesim::conform(binary, "scenarios/data/training_validation.csv", out)
        },
    },
];

/// Writes the reviews, or with `--check` compares them.
pub fn run(args: &[String]) -> Outcome {
    match args {
        [] => write(),
        [option] if option == "--check" => check(),
        _ => Err(Failure::usage("review takes --check or nothing")),
    }
}

/// Compares the committed reviews with fresh runs, byte for byte.
pub fn check() -> Outcome {
    for kept in &ALL {
        let fresh = kept.fresh()?;
        let committed = read(&root().join(kept.folder))?;
        if let Some(difference) = first_difference(&committed, &fresh) {
            let folder = kept.folder;
            return Err(Failure::no(format!(
                "{folder} is stale: {difference}\n  run `cargo xtask review`"
            )));
        }
    }
    Ok(())
}

fn write() -> Outcome {
    ALL.iter().try_for_each(Kept::write)
}

impl Kept {
    fn write(&self) -> Outcome {
        let fresh = self.fresh()?;
        let folder = root().join(self.folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(Failure::file(&folder))?;
        }
        let mut bytes = 0;
        for (name, content) in &fresh {
            let path = folder.join(name);
            let parent = path.parent().expect("a file in the review's folder");
            fs::create_dir_all(parent).map_err(Failure::file(parent))?;
            fs::write(&path, content).map_err(Failure::file(&path))?;
            bytes += content.len();
        }
        println!("{}: {} files, {bytes} bytes", self.folder, fresh.len());
        Ok(())
    }

    /// The review made anew.
    fn fresh(&self) -> Outcome<Files> {
        let scratch = Scratch::new("review")?;
        let out = scratch.path().join("fresh");
        (self.make)(&stakesim::build()?, &out)?;
        let files = read(&out)?;
        let bytes: usize = files.values().map(Vec::len).sum();
        if bytes > BYTES_MAX {
            return Err(Failure::no(format!(
                "{} has {bytes} bytes, more than {BYTES_MAX}",
                self.folder
            )));
        }
        Ok(files)
    }
}

/// The review's files in a folder; those that are not there are left out.
fn read(folder: &Path) -> Outcome<Files> {
    let mut files = Files::new();
    for part in PARTS {
        let path = folder.join(part);
        if !path.is_dir() {
            if path.exists() {
                let content = fs::read(&path).map_err(Failure::file(&path))?;
                files.insert(part.into(), content);
            }
            continue;
        }
        for entry in fs::read_dir(&path).map_err(Failure::file(&path))? {
            let entry = entry.map_err(Failure::file(&path))?;
            let content = fs::read(entry.path()).map_err(Failure::file(&path))?;
            files.insert(Path::new(part).join(entry.file_name()), content);
        }
    }
    Ok(files)
}

/// Where two reviews first differ, in words.
fn first_difference(committed: &Files, fresh: &Files) -> Option<String> {
    let names = committed.keys().chain(fresh.keys());
    let mut names: Vec<_> = names.map(PathBuf::as_path).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().find_map(|name| {
        let shown = name.display();
        match (committed.get(name), fresh.get(name)) {
            (Some(old), Some(new)) if old == new => None,
            (Some(old), Some(new)) => Some(format!("{shown}, {}", first_line(old, new))),
            (None, _) => Some(format!("{shown} is not committed")),
            (_, None) => Some(format!("{shown} is no longer written")),
        }
    })
}

/// The first line that differs, both ways, around the first byte that does.
fn first_line(old: &[u8], new: &[u8]) -> String {
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let line = old[..same].iter().filter(|byte| **byte == b'\n').count() + 1;
    let around = |text: &[u8]| {
        let (from, to) = (same.saturating_sub(40), text.len().min(same + 40));
        String::from_utf8_lossy(&text[from..to]).replace('\n', " ")
    };
    format!(
        "line {line}:\n  committed: {}\n  now:       {}",
        around(old),
        around(new)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> Files {
        let pair = |(name, text): &(&str, &str)| (PathBuf::from(name), text.as_bytes().to_vec());
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn equal_reviews_do_not_differ() {
        let review = files(&[("index.html", "a"), ("plots/x.svg", "b")]);
        assert_eq!(first_difference(&review, &review), None);
    }

    #[test]
    fn the_first_different_line_is_told_both_ways() {
        let old = files(&[("a", "1\n2\n3\n"), ("b", "x")]);
        let new = files(&[("a", "1\n2\n4\n"), ("b", "y")]);
        let told = first_difference(&old, &new).unwrap();
        assert!(told.starts_with("a, line 3:"), "{told}");
        assert!(
            told.contains("committed: 1 2 3") && told.contains("now:       1 2 4"),
            "{told}"
        );
    }

    #[test]
    fn a_file_on_one_side_only_is_a_difference() {
        let (one, two) = (files(&[("a", "")]), files(&[("a", ""), ("b", "")]));
        assert_eq!(first_difference(&one, &two).unwrap(), "b is not committed");
        assert_eq!(
            first_difference(&two, &one).unwrap(),
            "b is no longer written"
        );
    }

    #[test]
    fn a_longer_file_differs_where_the_shorter_ends() {
        let (one, two) = (files(&[("a", "x\n")]), files(&[("a", "x\ny")]));
        assert!(
            first_difference(&one, &two)
                .unwrap()
                .starts_with("a, line 2:")
        );
    }
}
