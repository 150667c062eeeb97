//! The points one by one: means with half widths, and how far the single runs spread.

use experiment::sweep::{NAME, NORMALISE};

use super::factor::Factor;
use super::shown::{NO_VALUE, Shown};
use super::study::{Estimate, Study};
use super::verdicts;
use crate::table::{Cell, Table};

/// Most rows of the table of spreads; larger sweeps have it in their `points` table only.
const SPREAD_MAX: usize = 240;

/// Means of every point.
pub fn means(study: &Study) -> Table<String> {
    let is_judged = study
        .points()
        .any(|point| study.verdict_at(point, None).is_some());
    let mut columns = vec!["point".to_owned()];
    // What points with names set stands in a table of its own.
    let is_listed =
        |factor: &&Factor| !study.has_names() || factor.path == NAME || factor.path == NORMALISE;
    let factors: Vec<&Factor> = study.factors.iter().filter(is_listed).collect();
    columns.extend(factors.iter().map(|factor| factor.path.clone()));
    columns.push("n".to_owned());
    if is_judged {
        columns.push("worst verdict".to_owned());
    }
    columns.extend(study.shown.iter().map(Shown::heading));
    let row = |(place, point): (usize, u32)| {
        let mut row = vec![Cell::spelled(f64::from(point), point.to_string())];
        row.extend(factors.iter().map(|factor| setting(factor, place)));
        let n = study.outcome.runs_of(point).len();
        row.push(Cell::count(n));
        if is_judged {
            row.push(verdict(study, point));
        }
        row.extend(
            study
                .shown
                .iter()
                .map(|shown| mean(study.estimate(&[point], shown), shown, n)),
        );
        row
    };
    let caption = format!(
        "Points: means over n replications ± half the width of their {} confidence intervals",
        study.confidence()
    );
    Table {
        caption,
        columns,
        rows: study.points().enumerate().map(row).collect(),
    }
}

/// How the single runs of each point spread; nothing where that would be too long.
pub fn spreads(study: &Study) -> Option<Table> {
    if study.outcome.plan.points.len() * study.shown.len() > SPREAD_MAX {
        return None;
    }
    let row = |point: u32, shown: &Shown| {
        let summary = study.outcome.summary(point, &shown.metric);
        let mut row = vec![
            Cell::spelled(f64::from(point), point.to_string()),
            Cell::text(shown.metric.name),
            Cell::count(summary.n),
        ];
        let values = [
            summary.sd,
            summary.min,
            summary.p05,
            summary.p50,
            summary.p95,
            summary.max,
        ];
        row.extend(values.map(|value| shown.cell(value)));
        row
    };
    let of_point = |point| study.shown.iter().map(move |shown| row(point, shown));
    Some(Table {
        caption: "Spread of the single runs: p05, p50 and p95 are quantiles of the observed runs, not confidence intervals",
        columns: vec![
            "point", "metric", "n", "sd", "min", "p05", "p50", "p95", "max",
        ],
        rows: study.points().flat_map(of_point).collect(),
    })
}

fn setting(factor: &Factor, place: usize) -> Cell {
    let level = factor.at[place];
    match &factor.numbers {
        Some(numbers) => Cell::spelled(numbers[level], factor.levels[level].clone()),
        None => Cell::text(factor.levels[level].clone()),
    }
}

fn verdict(study: &Study, point: u32) -> Cell {
    match study.verdict_at(point, None) {
        Some(verdict) => verdicts::verdict(verdict),
        None => Cell::text("not read"),
    }
}

fn mean(estimate: Estimate, shown: &Shown, runs: usize) -> Cell {
    if estimate.n == 0 {
        return Cell::spelled(f64::NAN, NO_VALUE);
    }
    let mut text = shown.number(estimate.mean);
    if let Some(interval) = estimate.interval {
        text += &format!(" ± {}", shown.number(interval.half_width()));
    }
    if estimate.n < runs {
        text += &format!(" (n = {})", estimate.n);
    }
    Cell::spelled(estimate.mean, text)
}
