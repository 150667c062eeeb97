//! The review of a sweep as one self-contained HTML page.

use super::caution::cautions;
use super::study::{Study, version};
use super::{markdown, points, tested, verdicts};
use crate::kit::Figure;
use crate::markup::escape;
use crate::page::{self, document, framed};
use crate::table::Table;

/// The page, with the figures inlined.
pub fn page(study: &Study, figures: &[Figure]) -> String {
    let plan = &study.outcome.plan;
    let byline = format!(
        "Sweep of {} · {} points · {} runs, {} · stakesim {}",
        plan.scenario,
        plan.points.len(),
        study.outcome.runs.len(),
        study.seeds(),
        version()
    );
    let chapters = [
        ("verdict", "Verdict", verdict(study)),
        ("first", "Read with care", page::cautions(&cautions(study))),
        ("tested", "What was tested", tested(study)),
        ("charts", "Charts", charts(study, figures)),
        ("points", "Points", table_of_points(study)),
        ("method", "Method", method(study)),
        ("reproduce", "Reproduce", reproduction(study)),
    ];
    let title = format!("{} · sweep", plan.name);
    document(
        (&title, &plan.name, &byline),
        include_str!("sweep.css"),
        &chapters,
    )
}

fn verdict(study: &Study) -> String {
    let mut html = format!(
        "<p class=\"verdict\">{}</p>\n",
        escape(&verdicts::sentence(study))
    );
    if !study.rulings.is_empty() {
        html.extend(verdicts::tables(study).iter().map(Table::html));
    }
    html
}

fn tested(study: &Study) -> String {
    let mut html = tested::plan(study).html();
    if !study.factors.is_empty() {
        html += &tested::factors(study).html();
    }
    html
}

fn charts(study: &Study, figures: &[Figure]) -> String {
    let caption = study.caption();
    figures
        .iter()
        .map(|figure| framed(figure, &caption))
        .collect()
}

fn table_of_points(study: &Study) -> String {
    let mut html = points::means(study).html();
    match points::spreads(study) {
        Some(table) => html += &table.html(),
        None => {
            html += "<p>Standard deviations and observed quantiles of every metric: table <code>points</code> of the result.</p>\n"
        }
    }
    html
}

/// How the figures came about.
fn method(study: &Study) -> String {
    let items: String = markdown::method(study)
        .iter()
        .map(|point| format!("<li>{}</li>\n", escape(point)))
        .collect();
    format!("<ul>\n{items}</ul>\n")
}

fn reproduction(study: &Study) -> String {
    let plan = &study.outcome.plan;
    format!(
        "<p>With stakesim {} and the sweep file below; what <code>--set</code> added stands under \"set at every point\". The same identity says that the same \
         runs were made.</p>\n<pre>{}</pre>\n{}<p>The sweep file:</p>\n<pre>{}</pre>\n",
        version(),
        escape(markdown::COMMAND),
        tested::identity(study.outcome).html(),
        escape(&plan.text)
    )
}
