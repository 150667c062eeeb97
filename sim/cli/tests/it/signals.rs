//! A reader that goes away, and Ctrl-C.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::stage::Stage;

#[test]
fn a_broken_pipe_is_a_quiet_success() {
    let stage = Stage::new();
    let mut child = stage
        .command(&["show", "parameters"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stderr, b"");
}

#[cfg(unix)]
#[test]
fn ctrl_c_exits_with_130_and_leaves_no_folder() {
    let stage = Stage::new();
    let run = &["run", "baseline", "--out", "out"];
    let child = stage
        .command(run)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let tables = stage
        .path()
        .join(format!(".out.partial-{}", child.id()))
        .join("tables/jobs.parquet");
    let start = Instant::now();
    while !tables.exists() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "the run never began to write"
        );
        sleep(Duration::from_millis(5));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "interrupted: nothing was written\n"
    );
    assert!(stage.names().is_empty(), "{:?}", stage.names());
}
