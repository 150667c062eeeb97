//! A folder of results appears whole or not at all: it is written beside its place and renamed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Name of the document of measurements that were answered.
pub const CONFORM: &str = "conform.json";
/// Name of a run's manifest.
pub const MANIFEST: &str = "run.json";

/// Names of which any makes a folder one of ours: of a run, a sweep, a shard, a search, a cost, a validation.
const MANIFESTS: [&str; 6] = [
    MANIFEST,
    crate::sweep::SWEEP,
    crate::sweep::SHARD,
    crate::search::SEARCH,
    crate::cost::COST,
    CONFORM,
];

/// A folder of results that is being written.
#[derive(Debug)]
pub struct ResultFolder {
    target: PathBuf,
    staging: PathBuf,
    is_done: bool,
}

impl ResultFolder {
    /// Makes the staging folder beside the target. A target that exists and is not a folder of results is refused.
    pub fn stage(target: &Path) -> io::Result<Self> {
        let has = |name: &&str| target.join(*name).is_file();
        let is_ours = MANIFESTS.iter().any(has) || is_empty_folder(target);
        if target.exists() && !is_ours {
            let message = format!(
                "it exists and is not a folder of results (it has no {})",
                MANIFESTS.join(", ")
            );
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        let name = target
            .file_name()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "not a folder name"))?;
        let parent = target
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let staging = parent.join(format!(
            ".{}.partial-{}",
            name.to_string_lossy(),
            std::process::id()
        ));
        if staging.exists() {
            fs::remove_dir_all(&staging)?;
        }
        fs::create_dir(&staging)?;
        Ok(Self {
            target: target.to_path_buf(),
            staging,
            is_done: false,
        })
    }

    /// Where to write until then.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.staging
    }

    /// Puts the folder in its place. An older result there makes room only once the new one is whole.
    pub fn commit(mut self) -> io::Result<()> {
        let old = self
            .staging
            .with_extension(format!("old-{}", std::process::id()));
        let had_old = self.target.exists();
        if had_old {
            fs::rename(&self.target, &old)?;
        }
        if let Err(error) = fs::rename(&self.staging, &self.target) {
            if had_old {
                fs::rename(&old, &self.target)?;
            }
            return Err(error);
        }
        self.is_done = true;
        if had_old {
            fs::remove_dir_all(&old)
        } else {
            Ok(())
        }
    }
}

impl Drop for ResultFolder {
    /// What was not committed leaves no trace.
    fn drop(&mut self) {
        if !self.is_done {
            // Nothing can be done about a folder that refuses to go; it carries a name that says what it is.
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn a_dropped_folder_leaves_nothing_and_the_older_result_stays() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("deep/result");
        let first = ResultFolder::stage(&target).unwrap();
        fs::write(first.path().join(MANIFEST), "1").unwrap();
        first.commit().unwrap();
        let second = ResultFolder::stage(&target).unwrap();
        fs::write(second.path().join(MANIFEST), "2").unwrap();
        drop(second);
        assert_eq!(fs::read_to_string(target.join(MANIFEST)).unwrap(), "1");
        assert_eq!(names(target.parent().unwrap()), ["result"]);
    }

    #[test]
    fn a_committed_folder_replaces_the_older_result_as_a_whole() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("result");
        for (file, text) in [("old.csv", "1"), ("new.csv", "2")] {
            let folder = ResultFolder::stage(&target).unwrap();
            fs::write(folder.path().join(MANIFEST), text).unwrap();
            fs::write(folder.path().join(file), text).unwrap();
            folder.commit().unwrap();
        }
        assert!(!target.join("old.csv").exists());
        assert!(target.join("new.csv").exists());
        assert_eq!(names(root.path()), ["result"]);
    }

    #[test]
    fn a_folder_that_is_not_ours_is_refused_and_untouched() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("thesis.tex"), "x").unwrap();
        let error = ResultFolder::stage(root.path()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(root.path()), ["thesis.tex"]);
    }
}
