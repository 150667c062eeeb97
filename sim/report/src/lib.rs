//! Results to something a person reads: charts as SVG, a review as HTML, a summary as Markdown.
//!
//! It holds no rule of the simulation: it reads a run's tables, takes medians and quantiles, and draws. Its output has no
//! date, timing or path in it, so that equal results give equal bytes.

mod charts;
mod kit;
mod markup;
mod review;
mod settings;
mod stats;

use std::fs;
use std::io;
use std::path::Path;

use experiment::results::RunResult;

use review::Review;

/// Writes the review of a run into `dir`: `plots/*.svg`.
///
/// # Errors
/// Whatever the file system refuses.
pub fn render(run: &RunResult, dir: &Path) -> io::Result<()> {
    let review = Review::new(run);
    let caption = review.caption();
    let plots = dir.join("plots");
    fs::create_dir_all(&plots)?;
    for figure in charts::figures(&review) {
        fs::write(plots.join(format!("{}.svg", figure.name)), kit::svg(&figure, &caption))?;
    }
    Ok(())
}
