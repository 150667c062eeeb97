//! The tables of a search, and its document: `candidates`, `runs` and `search.json`. Objectives and gates have numbers in the
//! columns' names, from 1 in the order of the file.

use std::fs;
use std::io;
use std::path::Path;

use super::candidate::Measured;
use super::distance::Distance;
use super::document::SEARCH;
use super::outcome::Outcome;
use crate::scenario::Faults;
use crate::tables::{Format, Values, Wide};

/// Writes the tables and the document into a folder.
///
/// # Errors
/// When a file cannot be written; the base scenario has been loaded before.
pub fn write(outcome: &Outcome, folder: &Path, format: Format) -> Result<io::Result<()>, Faults> {
    let document = outcome.to_json()?;
    let all = || -> io::Result<()> {
        candidates(outcome).write(folder, "candidates", format)?;
        runs(outcome).write(folder, "runs", format)?;
        fs::write(folder.join(SEARCH), &document)
    };
    Ok(all())
}

/// One row a candidate.
fn candidates(outcome: &Outcome) -> Wide {
    let all = 0..outcome.candidates.len();
    let whole = |of: &dyn Fn(usize) -> u64| Values::U64(all.clone().map(of).collect());
    let flag = |of: &dyn Fn(usize) -> bool| whole(&|at| u64::from(of(at)));
    let numbers = |of: &dyn Fn(usize) -> f64| Values::F64(all.clone().map(of).collect());
    let reason = |at: usize| {
        let unmeasured = outcome.candidates[at].found.as_ref().err();
        unmeasured.map_or(String::new(), super::Unmeasured::reason)
    };
    let points = all.clone().map(|at| outcome.candidates[at].point.index);
    let mut columns = vec![
        ("candidate".to_owned(), whole(&|at| at as u64)),
        (
            "generation".to_owned(),
            whole(&|at| outcome.candidates[at].generation.into()),
        ),
    ];
    columns.extend(factors(outcome, points));
    let is_confirmed = |at| outcome.confirmation(at).is_some_and(|it| it.passes());
    columns.extend([
        (
            "is_feasible".to_owned(),
            flag(&|at| outcome.scores[at].violation <= 0.0),
        ),
        (
            "is_on_front".to_owned(),
            flag(&|at| outcome.front.contains(&at)),
        ),
        ("passes_fresh".to_owned(), flag(&is_confirmed)),
        (
            "violation".to_owned(),
            numbers(&|at| outcome.scores[at].violation),
        ),
        (
            "unmeasured".to_owned(),
            Values::Text(all.clone().map(reason).collect()),
        ),
    ]);
    let found = |at: usize| outcome.candidates[at].found.as_ref().ok();
    let fresh = |at: usize| outcome.confirmation(at)?.found.as_ref().ok();
    for (name, of) in objectives(outcome).chain(gates(outcome)) {
        let value = |measured: Option<&Measured>| measured.map_or(f64::NAN, &of);
        let of_fresh = numbers(&|at| value(fresh(at)));
        columns.push((name.clone(), numbers(&|at| value(found(at)))));
        columns.push((format!("{name}_fresh"), of_fresh));
    }
    Wide { columns }
}

/// A number of each candidate, under its name.
type Column = (String, Box<dyn Fn(&Measured) -> f64>);

/// Estimates of the objectives with their intervals.
fn objectives(outcome: &Outcome) -> impl Iterator<Item = Column> {
    (0..outcome.search.objectives.len()).flat_map(|at| {
        let name = format!("objective_{}", at + 1);
        let end =
            move |of: fn(crate::statistics::Interval) -> f64| -> Box<dyn Fn(&Measured) -> f64> {
                Box::new(move |it| it.objectives[at].interval.map_or(f64::NAN, of))
            };
        let value: Box<dyn Fn(&Measured) -> f64> = Box::new(move |it| it.objectives[at].value);
        [
            (name.clone(), value),
            (format!("{name}_low"), end(|it| it.low)),
            (format!("{name}_high"), end(|it| it.high)),
        ]
    })
}

/// Estimates of the gates with their distances from the bounds.
fn gates(outcome: &Outcome) -> impl Iterator<Item = Column> {
    (0..outcome.search.plan.gates.len()).flat_map(|at| {
        let name = format!("gate_{}", at + 1);
        let value: Box<dyn Fn(&Measured) -> f64> =
            Box::new(move |it| it.rulings[at].evidence.estimate);
        let distance: Box<dyn Fn(&Measured) -> f64> =
            Box::new(move |it| Distance::of(&it.rulings[at]).of_estimate);
        [
            (name.clone(), value),
            (format!("{name}_distance"), distance),
        ]
    })
}

/// One row a run: its place, its settings, its digest and every kept metric.
fn runs(outcome: &Outcome) -> Wide {
    let runs = &outcome.runs;
    let searched = outcome.search.plan.seeds.len();
    let numbers =
        |of: fn(&crate::sweep::RunRecord) -> u64| Values::U64(runs.iter().map(of).collect());
    let is_fresh = runs
        .iter()
        .map(|run| u64::from(run.replication as usize >= searched));
    let mut columns = vec![
        ("candidate".to_owned(), numbers(|run| run.point.into())),
        (
            "replication".to_owned(),
            numbers(|run| run.replication.into()),
        ),
        ("seed".to_owned(), numbers(|run| run.seed)),
        ("is_fresh".to_owned(), Values::U64(is_fresh.collect())),
    ];
    columns.extend(factors(outcome, runs.iter().map(|run| run.point)));
    columns.push((
        "digest".to_owned(),
        Values::Text(runs.iter().map(|run| run.digest.clone()).collect()),
    ));
    columns.push(("events".to_owned(), numbers(|run| run.events)));
    for (at, metric) in outcome.metrics.iter().enumerate() {
        let values = runs.iter().map(|run| run.values[at]).collect();
        columns.push((metric.name.to_owned(), Values::F64(values)));
    }
    Wide { columns }
}

/// A column for each factor, with its value at each of some candidates.
fn factors(
    outcome: &Outcome,
    candidates: impl Iterator<Item = u32> + Clone,
) -> Vec<(String, Values)> {
    let column = |(at, path): (usize, &String)| {
        let value = |index: u32| {
            outcome.candidates[index as usize].point.settings[at]
                .1
                .clone()
        };
        let values = candidates.clone().map(value);
        (path.clone(), Values::Text(values.collect()))
    };
    let factors = outcome.search.plan.factors.iter().enumerate();
    factors.map(column).collect()
}
