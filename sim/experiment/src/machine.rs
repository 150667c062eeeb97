//! What the machine says about memory. Linux only; elsewhere nothing is known.

use std::fs;

/// Highest resident memory of this process so far, in bytes.
#[must_use]
pub fn peak_memory() -> Option<u64> {
    field("/proc/self/status", "VmHWM:")
}

/// Memory that can be had without swapping, in bytes.
#[must_use]
pub fn available_memory() -> Option<u64> {
    field("/proc/meminfo", "MemAvailable:")
}

/// A line such as `MemAvailable:   123 kB`.
fn field(file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_used_some_memory_and_some_is_left() {
        assert!(peak_memory().unwrap() > 100_000);
        assert!(available_memory().unwrap() > 1_000_000);
    }
}
