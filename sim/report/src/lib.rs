//! Results to something a person reads: charts as SVG, a review as HTML, a summary as Markdown.
//!
//! It holds no rule of the simulation: it reads a run's tables, takes medians and quantiles, and draws. Its output has no
//! date, timing or path in it, so that equal results give equal bytes.

mod charts;
mod kit;
mod markup;
mod page;
mod reproduce;
mod review;
mod settings;
mod stats;
mod summary;
mod table;
mod tables;
mod warnings;

use std::fs;
use std::io;
use std::path::Path;

use experiment::results::RunResult;

use review::Review;

/// Writes the review of a run into `dir`: `plots/*.svg`, `summary.md` and `index.html`.
///
/// # Errors
/// Whatever the file system refuses.
pub fn render(run: &RunResult, dir: &Path) -> io::Result<()> {
    let review = Review::new(run);
    let figures = charts::figures(&review);
    let caption = review.caption();
    let plots = dir.join("plots");
    fs::create_dir_all(&plots)?;
    for figure in &figures {
        fs::write(
            plots.join(format!("{}.svg", figure.name)),
            kit::svg(figure, &caption),
        )?;
    }
    fs::write(dir.join("summary.md"), summary::summary(&review))?;
    fs::write(dir.join("index.html"), page::page(&review, &figures))
}
