//! Other programs: started, waited for, and their exit codes passed on.

use std::process::{Command, ExitStatus};

/// What a command comes to.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a command failed, and the exit code that says so.
#[derive(Debug)]
pub struct Failure {
    /// For people.
    pub message: String,
    /// For scripts.
    pub code: u8,
}

impl Failure {
    /// The answer is "no".
    pub fn no(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 1,
        }
    }

    /// The command line is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 2,
        }
    }

    /// A file or folder cannot be read or written.
    pub fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |error| Self::no(format!("{}: {error}", path.display()))
    }
}

/// Runs a program to its end; its output goes where ours goes.
pub fn run(command: &mut Command) -> Outcome {
    let status = command
        .status()
        .map_err(|error| not_started(command, error))?;
    succeeded(command, status)
}

/// Runs a program to its end and takes what it prints to stdout.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| not_started(command, error))?;
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program starts and succeeds; it prints nothing.
pub fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// A program and its arguments as one would type them.
pub fn spelled(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

fn succeeded(command: &Command, status: ExitStatus) -> Outcome {
    if status.success() {
        return Ok(());
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Err(Failure {
        message: format!("{status}: {}", spelled(command)),
        code: code.unwrap_or(1),
    })
}

fn not_started(command: &Command, error: std::io::Error) -> Failure {
    Failure::no(format!("cannot start {}: {error}", spelled(command)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_of_a_failed_program_is_passed_on() {
        let failure = run(Command::new("cargo").args(["no-such-command", "--quiet"])).unwrap_err();
        assert_eq!(failure.code, 101);
        assert!(failure.message.contains("cargo no-such-command --quiet"));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(failure.message.contains("cannot start no-such-program"));
    }
}
