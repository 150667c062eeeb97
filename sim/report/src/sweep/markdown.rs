//! The short Markdown twin of a sweep's review, fit for a comment on a pull request: verdicts on top.

use super::caution::cautions;
use super::study::{Study, version};
use super::{points, tested, verdicts};
use crate::kit::number;
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
        text += &tested::factors(study).markdown();
    }
    let means = points::means(study);
    text += &format!("\n## Points\n\n{}.\n\n", markdown_text(&means.caption));
    text += &shortened(means, "points");
    text += &format!(
        "\n## Reproduce\n\n```\n{COMMAND}\n```\n\nstakesim {}, identity `{}`. The charts are in `plots/`, the review is `index.html`.\n\n## Method\n\n",
        version(),
        study.outcome.identity
    );
    for line in method(study) {
        text += &format!("- {}\n", markdown_text(&line));
    }
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

/// How the figures came about, in five lines.
pub fn method(study: &Study) -> [String; 5] {
    let confidence = study.confidence();
    let alpha = number::bound(1.0 - study.outcome.plan.confidence);
    [
        "Every point is run with the same seeds (common random numbers), so that differences between points owe less to chance.".to_owned(),
        format!("Means have {confidence} confidence intervals by Student's t over replications; each holds for itself, not for all of them together."),
        format!(
            "A gate passes or fails when a one-sided test rejects the other side; Holm's correction keeps the chance of any wrong pass at {alpha} over all \
             gates and points, and that of any wrong fail likewise. Otherwise it is undecided."
        ),
        "A mean over several points is taken seed by seed first, because their runs share seeds and are not independent.".to_owned(),
        "Single runs, minima and maxima are compared with the bound as they are: point checks of what was observed.".to_owned(),
    ]
}
