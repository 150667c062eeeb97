//! The review of a search as one self-contained HTML page.

use experiment::search::Outcome;

use super::caution::cautions;
use super::markdown::METHOD;
use super::{COMMAND, caption, tables};
use crate::kit::Figure;
use crate::markup::escape;
use crate::page::{self, VERDICTS_CSS, document, framed};
use crate::sweep::version;

/// The page, with the figures inlined.
pub fn page(outcome: &Outcome, figures: &[Figure]) -> String {
    let plan = &outcome.search.plan;
    let byline = format!(
        "Search over {} · {} candidates · {} runs · stakesim {}",
        plan.scenario,
        outcome.candidates.len(),
        outcome.runs.len(),
        version()
    );
    let found = format!(
        "<p class=\"verdict\">{}</p>\n{}",
        escape(&outcome.sentence()),
        if outcome.front.is_empty() {
            String::new()
        } else {
            tables::front(outcome).html()
        }
    );
    let small_print = caption(outcome);
    let charts = figures.iter().map(|figure| framed(figure, &small_print));
    let method = METHOD.map(|line| format!("<li>{}</li>\n", escape(line)));
    let mut chapters = vec![
        ("found", "What was found", found),
        (
            "gates",
            "How close each gate is",
            tables::gates(outcome).html(),
        ),
        (
            "first",
            "Read with care",
            page::cautions(&cautions(outcome)),
        ),
        ("tradeoff", "The trade-off", charts.collect()),
        (
            "searched",
            "What was searched",
            tables::searched(outcome).html(),
        ),
        (
            "method",
            "Method",
            format!("<ul>\n{}</ul>\n", method.concat()),
        ),
        ("reproduce", "Reproduce", reproduction(outcome)),
    ];
    chapters.retain(|(anchor, ..)| *anchor != "tradeoff" || !figures.is_empty());
    let title = format!("{} · search", plan.name);
    document((&title, &plan.name, &byline), VERDICTS_CSS, &chapters)
}

fn reproduction(outcome: &Outcome) -> String {
    format!(
        "<p>With stakesim {} and the search file below; what <code>--set</code> added stands under \"set at every candidate\".</p>\n<pre>{}</pre>\n\
         <p>The search file:</p>\n<pre>{}</pre>\n",
        version(),
        escape(COMMAND),
        escape(&outcome.search.plan.text)
    )
}
