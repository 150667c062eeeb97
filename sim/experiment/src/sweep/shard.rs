//! A part of a sweep for one machine of several: every n-th point. What the parts wrote is put together again by `merge`.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal::{self, JournalError, RunRecord};

/// Which part; the whole is the first of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Its number, from zero.
    pub index: u32,
    /// How many there are.
    pub count: u32,
}

impl Shard {
    /// All points.
    pub const WHOLE: Shard = Shard { index: 0, count: 1 };

    /// Reads `i/n` as people write it: the first of three is `1/3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (number, count) = text.split_once('/')?;
        let (number, count): (u32, u32) = (number.trim().parse().ok()?, count.trim().parse().ok()?);
        (1..=count).contains(&number).then(|| Self {
            index: number - 1,
            count,
        })
    }

    /// Whether a point belongs to it.
    #[must_use]
    pub fn has(self, point: u32) -> bool {
        point % self.count == self.index
    }

    /// Whether it is all of the sweep.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.count == 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index + 1, self.count)
    }
}

/// Name of the file that makes a folder a shard's.
pub const SHARD: &str = "shard.json";
const RUNS: &str = "runs.journal";

/// `shard.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: String,
    sweep: String,
    identity: String,
    shard: Shard,
    runs: usize,
}

/// Writes what a shard's run leaves behind into its folder.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    folder: &Path,
    sweep: &str,
    identity: &str,
    shard: Shard,
    runs: &[RunRecord],
) -> io::Result<()> {
    let head = Head {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sweep: sweep.to_owned(),
        identity: identity.to_owned(),
        shard,
        runs: runs.len(),
    };
    let text = serde_json::to_string_pretty(&head).expect("plain keys") + "\n";
    fs::write(folder.join(SHARD), text)?;
    fs::write(folder.join(RUNS), journal::write(identity, runs))
}

/// Reads shards back and puts their runs together, in order of point and replication.
///
/// # Errors
/// What is wrong in words: a folder that is no shard, one of another sweep or version, a damaged one, one that is missing or given twice.
pub fn merge(folders: &[PathBuf], identity: &str) -> Result<Vec<RunRecord>, String> {
    let mut runs = Vec::new();
    let mut seen: Vec<(Shard, &PathBuf)> = Vec::new();
    for folder in folders {
        let told = |what: String| format!("{}: {what}", folder.display());
        let head = head(folder).map_err(told)?;
        if head.version != env!("CARGO_PKG_VERSION") {
            let ours = env!("CARGO_PKG_VERSION");
            return Err(told(format!(
                "written by stakesim {}, this is {ours}",
                head.version
            )));
        }
        if head.identity != identity {
            return Err(told(format!(
                "it is a shard of another sweep (\"{}\", or of other settings or data)",
                head.sweep
            )));
        }
        if let Some((first, other)) = seen.first()
            && first.count != head.shard.count
        {
            let [a, b] = [first, &head.shard];
            return Err(told(format!(
                "it is shard {b}, but {} is shard {a}",
                other.display()
            )));
        }
        if let Some((_, twin)) = seen.iter().find(|(shard, _)| *shard == head.shard) {
            return Err(told(format!(
                "it is shard {} again, as {} is",
                head.shard,
                twin.display()
            )));
        }
        let path = folder.join(RUNS);
        let bytes = fs::read(&path).map_err(|error| told(format!("{RUNS}: {error}")))?;
        let records = journal::read(&bytes, identity)
            .map_err(|error: JournalError| told(format!("{RUNS}: {error}")))?;
        if records.len() != head.runs || records.iter().any(|run| !head.shard.has(run.point)) {
            return Err(told(format!(
                "{RUNS} does not hold the {} runs of shard {}",
                head.runs, head.shard
            )));
        }
        seen.push((head.shard, folder));
        runs.extend(records);
    }
    let count = seen.first().map_or(0, |(shard, _)| shard.count);
    let is_there = |index: &u32| seen.iter().any(|(shard, _)| shard.index == *index);
    let missing: Vec<String> = (0..count)
        .filter(|index| !is_there(index))
        .map(|index| Shard { index, count }.to_string())
        .collect();
    if count == 0 || !missing.is_empty() {
        return Err(format!("shards are missing: {}", missing.join(", ")));
    }
    runs.sort_by_key(|run| (run.point, run.replication));
    Ok(runs)
}

fn head(folder: &Path) -> Result<Head, String> {
    let text = fs::read_to_string(folder.join(SHARD))
        .map_err(|error| format!("{SHARD}: {error}\n  hint: --shard i/n writes such a folder"))?;
    serde_json::from_str(&text).map_err(|error| format!("{SHARD}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(point: u32) -> RunRecord {
        RunRecord {
            point,
            replication: 0,
            seed: 1,
            digest: "00000000000000ff".to_owned(),
            events: 5,
            values: vec![f64::from(point)],
        }
    }

    fn shard(root: &Path, index: u32, count: u32, identity: &str) -> PathBuf {
        let shard = Shard { index, count };
        let folder = root.join(format!("{index}-{count}-{identity}"));
        fs::create_dir_all(&folder).unwrap();
        let runs: Vec<_> = (0..7).filter(|point| shard.has(*point)).map(run).collect();
        write(&folder, "s", identity, shard, &runs).unwrap();
        folder
    }

    #[test]
    fn shards_are_written_as_people_count() {
        assert_eq!(Shard::parse("1/3"), Some(Shard { index: 0, count: 3 }));
        assert_eq!(Shard { index: 2, count: 3 }.to_string(), "3/3");
        for bad in ["0/3", "4/3", "1", "1/0", "a/b", ""] {
            assert_eq!(Shard::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn shards_in_any_order_are_the_whole() {
        let root = tempfile::tempdir().unwrap();
        let parts = [2, 0, 1].map(|index| shard(root.path(), index, 3, "x"));
        let whole: Vec<_> = (0..7).map(run).collect();
        assert_eq!(merge(&parts, "x"), Ok(whole));
    }

    #[test]
    fn shards_that_do_not_belong_together_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let at = |index, count, identity| shard(root.path(), index, count, identity);
        let refused = |parts: &[PathBuf], why: &str| {
            let message = merge(parts, "x").unwrap_err();
            assert!(message.contains(why), "{message}");
        };
        refused(&[at(0, 3, "x"), at(1, 3, "x")], "missing: 3/3");
        refused(&[at(0, 3, "x"), at(0, 3, "x")], "shard 1/3 again");
        refused(&[at(0, 2, "x"), at(1, 3, "x")], "it is shard 2/3, but");
        refused(&[at(0, 2, "y"), at(1, 2, "y")], "another sweep");
        refused(&[], "missing");
        let damaged = at(0, 1, "x");
        let text = fs::read_to_string(damaged.join(RUNS)).unwrap();
        fs::write(damaged.join(RUNS), text.replace(" 5 ", " 6 ")).unwrap();
        refused(&[damaged], "line 2 is damaged");
    }
}
