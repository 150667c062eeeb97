//! The validation of the cost model: predicted against published, group by group, with what every row is off by.
//!
//! It predicts and judges nothing: the report of a file of measurements comes in.

mod chart;
mod markdown;
mod tables;
mod web;

use conform::measured::Report;

use crate::sweep::version;

pub use chart::figure;
pub use markdown::summary;
pub use web::page;

/// What it is called.
const TITLE: &str = "The cost model against published measurements";

/// The command that makes it again.
const COMMAND: &str = "stakesim conform scenarios/data/training_validation.csv --out DIR";

/// How to read it.
const READING: [&str; 4] = [
    "Every row is answered from its own inputs; none of them is the number that it is held against. A row that cannot be answered counts as missed.",
    "Constants were fitted on at most half of the rows of a measured group and on none of a group with fewer than eight rows. The errors of a group are \
     those of the rows that were not fitted on; the others have a column of their own.",
    "What a source does not state (micro-batch, recomputation) is one declared choice for the whole group.",
    "Identities (parameters, memory, utilisation, energy, duration and the like) have no fitted constant: they either follow from the published inputs or do not.",
];

/// What the small print of the picture says.
pub fn caption(report: &Report) -> String {
    let answered = report
        .rows
        .iter()
        .filter(|row| row.predicted.is_some())
        .count();
    let fitted = report.rows.iter().filter(|row| row.fitted).count();
    format!(
        "{answered} of {} rows answered, {fitted} of them fitted on · stakesim {}",
        report.rows.len(),
        version()
    )
}

/// What it comes to, in a sentence.
pub fn sentence(report: &Report) -> String {
    let asked = report.groups.iter().filter(|group| group.met.is_some());
    let missed: Vec<&str> = asked
        .clone()
        .filter(|group| group.met == Some(false))
        .map(|group| group.group.as_str())
        .collect();
    let asked = asked.count();
    match missed.len() {
        0 => format!("All {asked} groups with a target meet it."),
        some => format!(
            "{} of {asked} groups with a target meet it; not met: {}.",
            asked - some,
            missed.join(", ")
        ),
    }
}
