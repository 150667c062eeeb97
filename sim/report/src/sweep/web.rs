//! The review of a sweep as one self-contained HTML page.

use super::caution::cautions;
use super::method::method;
use super::side_by_side::{self, dots, tables};
use super::study::{Study, version};
use super::{effects, indices, markdown, points, sensitivity, tested, verdicts};
use crate::kit::Figure;
use crate::markup::escape;
use crate::page::{self, VERDICTS_CSS, document, framed};
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
    let mut chapters = vec![
        ("verdict", "Verdict", verdict(study)),
        ("first", "Read with care", page::cautions(&cautions(study))),
        ("tested", "What was tested", tested(study)),
        ("beside", "Side by side", beside(study, figures)),
        ("sensitivity", "Sensitivity", moved(study, figures)),
        ("charts", "Charts", charts(study, figures)),
        ("points", "Points", table_of_points(study)),
        ("method", "Method", how(study)),
        ("reproduce", "Reproduce", reproduction(study)),
    ];
    chapters.retain(|(_, _, body)| !body.is_empty());
    let title = format!("{} · sweep", plan.name);
    document((&title, &plan.name, &byline), VERDICTS_CSS, &chapters)
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
        html += &tested::settings(study).html();
    }
    html
}

/// The points side by side, question by question, of a sweep that normalises; otherwise empty.
fn beside(study: &Study, figures: &[Figure]) -> String {
    let (Some(reading), Some(equalised)) = (side_by_side::reading(study), tables::equalised(study))
    else {
        return String::new();
    };
    let mut html = format!("<p>{}</p>\n{}", escape(&reading), equalised.html());
    html.extend(tables::ranks(study).iter().map(Table::html));
    let caption = study.caption();
    for question in &side_by_side::QUESTIONS {
        let Some(table) = tables::answer(study, question) else {
            continue;
        };
        html += &format!("<h3>{}</h3>\n", escape(question.title));
        let name = format!("{}-{}", dots::STEM, question.stem);
        let chart = figures.iter().find(|figure| figure.name == name);
        html.extend(chart.map(|figure| framed(figure, &caption)));
        html += &table.html();
    }
    let others = tables::reversals(study, false);
    html += "<h3>Which pairs change places?</h3>\n";
    html += &tables::reversals(study, true).html();
    html += &format!(
        "<details><summary>{} more pairs, within noise on one of the two or on both</summary>\n{}</details>\n",
        others.rows.len(),
        others.html()
    );
    html
}

/// What moves the metrics, of a design laid out for it; otherwise empty.
fn moved(study: &Study, figures: &[Figure]) -> String {
    let (Some(table), Some(reading)) = (sensitivity::table(study), sensitivity::reading(study))
    else {
        return String::new();
    };
    let caption = study.caption();
    let charts = figures.iter().filter(|figure| is_sensitivity(figure));
    let charts: String = charts.map(|figure| framed(figure, &caption)).collect();
    format!("<p>{}</p>\n{charts}{}", escape(&reading), table.html())
}

fn charts(study: &Study, figures: &[Figure]) -> String {
    let caption = study.caption();
    let is_beside = |figure: &Figure| figure.name.starts_with(dots::STEM);
    let charts = figures
        .iter()
        .filter(|figure| !is_sensitivity(figure) && !is_beside(figure));
    let mut html: String = charts.map(|figure| framed(figure, &caption)).collect();
    html.extend(effects::table(study).iter().map(Table::html));
    html
}

fn is_sensitivity(figure: &Figure) -> bool {
    figure.name.starts_with(indices::STEM)
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
fn how(study: &Study) -> String {
    let items: String = method(study)
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
