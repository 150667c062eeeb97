//! The short Markdown twin of a sweep's review, fit for a comment on a pull request: verdicts on top.

use super::caution::cautions;
use super::method::method;
use super::side_by_side::{self, tables};
use super::study::{Study, version};
use super::{effects, points, sensitivity, tested, verdicts};
use crate::table::{Table, markdown_text};

/// The command that makes the sweep again.
pub const COMMAND: &str = "stakesim sweep <file>";
/// Most rows of a table: a comment has a limit of 65,536 characters.
const ROWS_MAX: usize = 40;

/// The summary.
pub fn summary(study: &Study) -> String {
    let plan = &study.outcome.plan;
    let mut text = format!(
        "# {}: sweep\n\n**{}**\n\n",
        markdown_text(&plan.name),
        markdown_text(&verdicts::sentence(study))
    );
    if !study.rulings.is_empty() {
        for table in verdicts::tables(study) {
            text += &shortened(table, "rows");
            text += "\n";
        }
    }
    text += "## Read with care\n\n";
    for caution in cautions(study) {
        text += &format!("- {}\n", markdown_text(&caution));
    }
    text += "\n## What was tested\n\n";
    text += &tested::plan(study).markdown();
    if !study.factors.is_empty() {
        text += "\n";
        text += &shortened(tested::settings(study), "rows");
    }
    text += &beside(study);
    for (title, table, reading) in [
        (
            "Sensitivity",
            sensitivity::table(study),
            sensitivity::reading(study),
        ),
        ("Effects", effects::table(study), None),
    ] {
        let Some(table) = table else { continue };
        text += &format!("\n## {title}\n\n{}.\n\n", markdown_text(&table.caption));
        text += &shortened(table, "rows");
        text.extend(reading.map(|reading| format!("\n{}\n", markdown_text(&reading))));
    }
    let means = points::means(study);
    text += &format!("\n## Points\n\n{}.\n\n", markdown_text(&means.caption));
    text += &shortened(means, "points");
    text += "\n## Method\n\n";
    for line in method(study) {
        text += &format!("- {}\n", markdown_text(&line));
    }
    text += &format!(
        "\n## Reproduce\n\n```\n{COMMAND}\n```\n\nstakesim {}, identity `{}`. The charts are in `plots/`, the review is `index.html`.\n",
        version(),
        study.outcome.identity
    );
    text
}

/// The points side by side, of a sweep that normalises; otherwise empty.
fn beside(study: &Study) -> String {
    let (Some(reading), Some(equalised)) = (side_by_side::reading(study), tables::equalised(study))
    else {
        return String::new();
    };
    let mut text = format!("\n## Side by side\n\n{}\n", markdown_text(&reading));
    let mut add = |table: Table<String>| {
        text += &format!("\n{}.\n\n", markdown_text(&table.caption));
        text += &shortened(table, "rows");
    };
    add(equalised);
    tables::ranks(study).into_iter().for_each(&mut add);
    for question in &side_by_side::QUESTIONS {
        tables::answer(study, question)
            .into_iter()
            .for_each(&mut add);
    }
    add(tables::reversals(study, true));
    add(tables::reversals(study, false));
    text
}

/// A table of bounded length, which says what it leaves out.
fn shortened(mut table: Table<String>, what: &str) -> String {
    let more = table.rows.len().saturating_sub(ROWS_MAX);
    table.rows.truncate(ROWS_MAX);
    let mut text = table.markdown();
    if more > 0 {
        text += &format!("\n{more} more {what} are in the review.\n");
    }
    text
}
