//! Known-answer studies of the statistics: how often intervals cover the truth and how often gates pass falsely.
//!
//! Slow, so ignored by default: `cargo test -p stakesim-experiment --no-default-features --test it coverage -- --ignored
//! --nocapture` asserts the bounds and prints the tables. Draws are keyed, so every figure comes out the same again.

mod gates;
mod intervals;
mod law;
mod series;
mod skew;
mod stopping;

/// Studies behind a figure. At 95 % the standard error of a share is 0.22 percentage points.
const STUDIES: u32 = 10_000;
/// The confidence asked for everywhere.
const CONFIDENCE: f64 = 0.95;

/// The share of studies of which something holds, in percent.
fn percent(holds: impl Fn(u32) -> bool) -> f64 {
    let count = (0..STUDIES).filter(|&study| holds(study)).count();
    100.0 * count as f64 / f64::from(STUDIES)
}

/// A Markdown table of figures, printed whole when it goes out of sight, also by a failed assertion.
struct Table(String);

impl Table {
    fn new(title: &str, first: &str, columns: &[String]) -> Self {
        let rule = "---:|".repeat(columns.len());
        let head = columns.join(" | ");
        Table(format!("\n{title}\n\n| {first} | {head} |\n|---|{rule}\n"))
    }

    fn row(&mut self, name: &str, cells: &[String]) {
        self.0 += &format!("| {name} | {} |\n", cells.join(" | "));
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

/// Column heads for sizes of samples.
fn sizes(sizes: &[usize]) -> Vec<String> {
    sizes.iter().map(|n| format!("n = {n}")).collect()
}

/// Figures in percent to one decimal.
fn cells(shares: &[f64]) -> Vec<String> {
    shares.iter().map(|share| format!("{share:.1}")).collect()
}
