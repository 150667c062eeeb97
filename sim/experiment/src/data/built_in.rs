//! Scenarios and data files compiled into the binary, so that `extends = "baseline"` works from anywhere.

/// The built-in scenarios by name.
pub const SCENARIOS: [(&str, &str); 2] = [
    (
        "baseline",
        include_str!("../../../../scenarios/baseline.toml"),
    ),
    (
        "minimal",
        include_str!("../../../../scenarios/minimal.toml"),
    ),
];

/// The built-in data files by the name that the baseline gives them.
pub const DATA: [(&str, &[u8]); 3] = [
    (
        "data/philly_jobs.csv",
        include_bytes!("../../../../scenarios/data/philly_jobs.csv"),
    ),
    (
        "data/gpus.csv",
        include_bytes!("../../../../scenarios/data/gpus.csv"),
    ),
    (
        "data/workloads.csv",
        include_bytes!("../../../../scenarios/data/workloads.csv"),
    ),
];

/// Text of a built-in scenario.
#[must_use]
pub fn scenario(name: &str) -> Option<&'static str> {
    SCENARIOS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// Bytes of a built-in data file.
#[must_use]
pub fn data(name: &str) -> Option<&'static [u8]> {
    DATA.iter()
        .find(|(known, _)| *known == name)
        .map(|(_, bytes)| *bytes)
}
