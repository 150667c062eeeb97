//! The tables of a search: front, gates, and what was searched.

use experiment::search::{Ended, Objective, Outcome, Side};

use crate::sweep::version;
use crate::table::{Cell, Table};

/// The front.
pub fn front(outcome: &Outcome) -> Table<String> {
    Table {
        caption: "The front: no other candidate is as good in every objective and better in one, among those that meet all gates \
                  under the search's seeds. Those seeds chose it; \"fresh seeds\" had no part in the choice"
            .to_owned(),
        columns: outcome.front_header(),
        rows: cells(outcome.front_rows()),
    }
}

/// How far each gate is from its bound.
pub fn gates(outcome: &Outcome) -> Table {
    Table {
        caption: match outcome.front.is_empty() {
            true => {
                "Gates at the candidate nearest to meeting them all: distances are above zero on the good side"
            }
            false => "Gates at the front: distances from the bound are above zero on the good side",
        },
        columns: outcome.gate_header().to_vec(),
        rows: cells(outcome.gate_rows()),
    }
}

/// What was searched.
pub fn searched(outcome: &Outcome) -> Table {
    let (search, plan) = (&outcome.search, &outcome.search.plan);
    let mut rows = vec![("base scenario", plan.scenario.clone())];
    rows.extend(
        plan.base
            .iter()
            .map(|of| ("set at every candidate", of.clone())),
    );
    for (path, values) in plan.factors.iter().zip(&search.values) {
        rows.push(("factor", format!("{path}: {}", range(values))));
    }
    let objectives = search.objectives.iter().map(Objective::title);
    rows.extend(objectives.map(|title| ("objective", title)));
    let ended = match outcome.ended {
        Ended::Evaluations => "as many as asked for",
        Ended::Exhausted => "all combinations that there are",
        Ended::AtRest => "then nothing new came up",
    };
    let feasible = match search.side {
        Side::Estimate => "the estimate lies on the good side of every bound",
        Side::Interval => "the whole interval lies on the good side of every bound",
    };
    rows.extend([
        (
            "candidates",
            format!(
                "{}, in generations of {}: {ended}",
                outcome.candidates.len(),
                search.population
            ),
        ),
        ("seed of the optimiser", search.seed.to_string()),
        ("feasible in the search", feasible.to_owned()),
        ("of the candidates feasible", outcome.feasible().to_string()),
        (
            "of the candidates without a value",
            outcome.unmeasured().to_string(),
        ),
        ("seeds of the search", seeds(&plan.seeds)),
        ("fresh seeds of the front", seeds(&search.fresh_seeds)),
        ("identity", outcome.identity.clone()),
        ("version", format!("stakesim {}", version())),
    ]);
    let row = |(what, value): (&str, String)| vec![Cell::text(what), Cell::text(value)];
    Table {
        caption: "What was searched",
        columns: vec!["what", "value"],
        rows: rows.into_iter().map(row).collect(),
    }
}

fn range(values: &[String]) -> String {
    match values {
        [first, .., last] if values.len() > 8 => {
            format!("{} values from {first} to {last}", values.len())
        }
        all => all.join(", "),
    }
}

fn seeds(seeds: &[u64]) -> String {
    let is_row = seeds
        .windows(2)
        .all(|pair| pair[0].checked_add(1) == Some(pair[1]));
    match seeds {
        [first, .., last] if is_row => format!("{first} to {last}"),
        all => all
            .iter()
            .map(u64::to_string)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn cells(rows: Vec<Vec<String>>) -> Vec<Vec<Cell>> {
    let row = |row: Vec<String>| row.into_iter().map(Cell::text).collect();
    rows.into_iter().map(row).collect()
}
