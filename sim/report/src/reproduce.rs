//! The commands that make the same run again.

use experiment::results::Manifest;

/// A shell command that runs the same scenario with the same seed: the baseline and every change to it.
pub fn run_command(manifest: &Manifest) -> String {
    let mut command = format!(
        "cargo run --release -- run scenarios/baseline.toml --seed {}",
        manifest.seed
    );
    for change in &manifest.changed {
        command.push_str(&format!(
            " \\\n  --set {}",
            quoted(&format!("{}={}", change.path, change.value))
        ));
    }
    command
}

/// A shell command that replays the manifest in a result folder and compares digests.
pub const VERIFY_COMMAND: &str = "cargo run --release -- verify <this folder>";

/// The text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_value_stays_one_word_of_the_shell() {
        assert_eq!(super::quoted("a=1 d"), "'a=1 d'");
        assert_eq!(super::quoted("a=o'k"), "'a=o'\\''k'");
    }
}
