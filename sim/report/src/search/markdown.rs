//! The short Markdown twin of a search's review.

use experiment::search::Outcome;

use super::caution::cautions;
use super::{COMMAND, tables};
use crate::sweep::version;
use crate::table::{Table, markdown_text};

/// Most rows of a table: a comment on a pull request has a limit of 65,536 characters.
const ROWS_MAX: usize = 60;

/// The summary.
pub fn summary(outcome: &Outcome) -> String {
    let plan = &outcome.search.plan;
    let mut text = format!(
        "# {}: search\n\n**{}**\n\n",
        markdown_text(&plan.name),
        markdown_text(&outcome.sentence())
    );
    let front = tables::front(outcome);
    if !front.rows.is_empty() {
        text += &format!(
            "{}.\n\n{}\n",
            markdown_text(&front.caption),
            shortened(front)
        );
    }
    let gates = tables::gates(outcome);
    if !gates.rows.is_empty() {
        text += &format!(
            "## How close each gate is\n\n{}.\n\n{}\n",
            markdown_text(gates.caption),
            shortened(gates)
        );
    }
    text += "## Read with care\n\n";
    for caution in cautions(outcome) {
        text += &format!("- {}\n", markdown_text(&caution));
    }
    text += &format!(
        "\n## What was searched\n\n{}\n## Reproduce\n\n```\n{COMMAND}\n```\n\nstakesim {}, identity `{}`. All candidates are in `candidates` and \
         `search.json`, all runs in `runs`; the review is `index.html`.\n\n## Method\n\n",
        tables::searched(outcome).markdown(),
        version(),
        outcome.identity
    );
    for line in METHOD {
        text += &format!("- {}\n", markdown_text(line));
    }
    text
}

/// A table of bounded length, which says what it leaves out.
fn shortened<T: AsRef<str> + Clone>(mut table: Table<T>) -> String {
    let more = table.rows.len().saturating_sub(ROWS_MAX);
    table.rows.truncate(ROWS_MAX);
    let mut text = table.markdown();
    if more > 0 {
        text += &format!("\n{more} more rows are in the review.\n");
    }
    text
}

/// How the figures came about.
pub const METHOD: [&str; 4] = [
    "NSGA-II (Deb et al. 2002) with simulated binary crossover and polynomial mutation, begun with a Latin hypercube. A candidate that meets all gates beats \
     any that does not; of two that do not, the one with the smaller sum of distances, each as a share of its bound, is better.",
    "Every candidate is run once, under the same seeds as all others (common random numbers).",
    "The front is the non-dominated part of all candidates that were ever run, not only of the last generation.",
    "Every member of the front is run again under seeds that had no part in the search. Gates are judged on those runs alone, over the whole front together \
     (Holm's correction), so that the chance of even one false pass is the stated one.",
];
