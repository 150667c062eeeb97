//! A folder to run commands in, and snapshots of what they say. `UPDATE=1` rewrites the snapshots.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with the files of one test.
pub struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    /// An empty folder.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A folder with `test.toml`: changes to the built-in minimal scenario.
    pub fn with(changes: &str) -> Self {
        let stage = Self::new();
        stage.file(
            "test.toml",
            &format!("schema = 1\nname = \"test\"\nextends = \"minimal\"\n{changes}"),
        );
        stage
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    /// A command in the folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stakesim"));
        command
            .current_dir(self.path())
            .args(args)
            .env_remove("RUST_BACKTRACE");
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Said {
        Said::from(self.command(args).output().unwrap())
    }

    /// Names in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Said {
    /// Compares with the snapshot of that name. Digests read `<digest>`: they change with every rule.
    #[track_caller]
    pub fn assert_snapshot(&self, name: &str) {
        let code = self
            .code
            .map_or("signal".to_owned(), |code| code.to_string());
        let said = format!(
            "exit {code}\n--- stdout\n{}--- stderr\n{}",
            self.stdout, self.stderr
        );
        let said = without_digests(&said);
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/it/snapshots/{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &said).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            said,
            kept,
            "differs from {}; UPDATE=1 rewrites it",
            path.display()
        );
    }
}

fn without_digests(text: &str) -> String {
    let is_digest = |word: &str| word.len() == 16 && word.chars().all(|c| c.is_ascii_hexdigit());
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let mut clean = String::new();
    for word in words {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        match is_digest(bare) {
            true => clean += &word.replace(bare, "<digest>"),
            false => clean += word,
        }
    }
    clean
}
