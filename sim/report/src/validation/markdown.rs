//! The short Markdown twin of the validation page.

use conform::measured::Report;

use super::{COMMAND, READING, TITLE, sentence, tables};
use crate::sweep::version;
use crate::table::markdown_text;

/// Most rows of each group whose residuals are listed.
const FURTHEST: usize = 3;

/// The summary.
pub fn summary(report: &Report) -> String {
    let mut text = format!("# {TITLE}\n\n**{}**\n\n", markdown_text(&sentence(report)));
    let groups = tables::groups(report);
    let residuals = tables::residuals(report, Some(FURTHEST));
    for table in [&groups, &residuals] {
        text += &format!(
            "{}.\n\n{}\n",
            markdown_text(table.caption),
            table.markdown()
        );
    }
    text += "![predicted against published](plots/predicted.svg)\n\n## How to read it\n\n";
    for line in READING {
        text += &format!("- {}\n", markdown_text(line));
    }
    text += &format!(
        "\n## Reproduce\n\n```\n{COMMAND}\n```\n\nstakesim {}. Every row's residual is in `index.html`.\n",
        version()
    );
    text
}
