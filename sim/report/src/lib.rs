//! Results to something a person reads: charts as SVG, a review as HTML, a summary as Markdown.
//!
//! It holds no rule of the simulation: it reads a run's tables, takes medians and quantiles, and draws. Its output has no
//! date, timing or path in it, so that equal results give equal bytes.

mod charts;
mod cost;
mod kit;
mod markup;
mod network;
mod page;
mod reproduce;
mod review;
mod search;
mod settings;
mod stats;
mod summary;
mod sweep;
mod table;
mod tables;
mod validation;
mod warnings;

use std::fs;
use std::io;
use std::path::Path;

use conform::measured::Report;
use experiment::cost::Answer;
use experiment::gates::{Ruling, Verdicts};
use experiment::results::RunResult;
use experiment::search::Outcome as Search;
use experiment::sweep::Outcome;

use review::Review;

/// Writes the review of a run into `dir`: `plots/*.svg`, `summary.md` and `index.html`. Verdicts are taken as they come; without any
/// the review says nothing of gates.
///
/// # Errors
/// Whatever the file system refuses.
pub fn render(run: &RunResult, verdicts: &Verdicts, dir: &Path) -> io::Result<()> {
    let review = Review::new(run, verdicts);
    let figures = charts::figures(&review);
    let caption = review.caption();
    write_plots(&figures, &caption, dir)?;
    fs::write(dir.join("summary.md"), summary::summary(&review))?;
    fs::write(dir.join("index.html"), page::page(&review, &figures))
}

/// Writes the review of a sweep into `dir`: `plots/*.svg`, `summary.md` and `index.html`. Verdicts are taken as they come.
///
/// # Errors
/// Whatever the file system refuses.
pub fn render_sweep(outcome: &Outcome, rulings: &[Ruling], dir: &Path) -> io::Result<()> {
    let study = sweep::Study::new(outcome, rulings);
    let figures = sweep::figures(&study);
    write_plots(&figures, &study.caption(), dir)?;
    fs::write(dir.join("summary.md"), sweep::summary(&study))?;
    fs::write(dir.join("index.html"), sweep::page(&study, &figures))
}

/// Writes the review of a search into `dir`: `plots/pareto.svg` (of two objectives or more), `summary.md` and `index.html`.
///
/// # Errors
/// Whatever the file system refuses.
pub fn render_search(outcome: &Search, dir: &Path) -> io::Result<()> {
    let figures: Vec<_> = search::pareto(outcome).into_iter().collect();
    write_plots(&figures, &search::caption(outcome), dir)?;
    fs::write(dir.join("summary.md"), search::summary(outcome))?;
    fs::write(dir.join("index.html"), search::page(outcome, &figures))
}

/// Draws what a training job costs into `dir`: `plots/breakdown.svg`.
///
/// # Errors
/// Whatever the file system refuses.
pub fn render_cost(answer: &Answer, dir: &Path) -> io::Result<()> {
    write_plots(&[cost::figure(answer)], &cost::caption(answer), dir)
}

/// Writes the validation of the cost model into `dir`: `plots/predicted.svg`, `summary.md` and `index.html`.
///
/// # Errors
/// Whatever the file system refuses.
pub fn render_validation(report: &Report, dir: &Path) -> io::Result<()> {
    let figure = validation::figure(report);
    fs::write(dir.join("summary.md"), validation::summary(report))?;
    fs::write(dir.join("index.html"), validation::page(report, &figure))?;
    write_plots(&[figure], &validation::caption(report), dir)
}

fn write_plots(figures: &[kit::Figure], caption: &str, dir: &Path) -> io::Result<()> {
    let plots = dir.join("plots");
    fs::create_dir_all(&plots)?;
    for figure in figures {
        let path = plots.join(format!("{}.svg", figure.name));
        fs::write(path, kit::svg(figure, caption))?;
    }
    Ok(())
}
