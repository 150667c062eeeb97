//! The review: one self-contained HTML page in the order of a good review.

use experiment::gates::{Verdict, Verdicts};

use crate::kit::{self, Figure};
use crate::markup::escape;
use crate::network;
use crate::reproduce;
use crate::review::Review;
use crate::table::Table;
use crate::tables;
use crate::warnings::warnings;

/// How verdicts look, where there are any.
pub const VERDICTS_CSS: &str = include_str!("verdicts.css");

/// A chapter: anchor, title, body.
pub type Chapter = (&'static str, &'static str, String);

/// The page, with the figures inlined.
pub fn page(review: &Review, figures: &[Figure]) -> String {
    let manifest = &review.run.manifest;
    let title = format!("{} · seed {}", manifest.name, manifest.seed);
    let byline = format!(
        "One run, seed {} · {} simulated · {} providers in all · stakesim {}",
        manifest.seed,
        manifest.horizon,
        review.run.providers.len(),
        manifest.version
    );
    let mut chapters = chapters(review, figures);
    if let Some(html) = network::html(&manifest.name) {
        let at = chapters.iter().position(|(anchor, ..)| *anchor == "tested");
        let at = at.map_or(0, |at| at + 1);
        chapters.insert(at, ("network", "The live network", html));
    }
    let mut style = "";
    if !review.verdicts.rulings.is_empty() {
        style = VERDICTS_CSS;
        let html = verdict(review.verdicts);
        chapters.insert(0, ("verdict", "Verdict: gates of this run", html));
    }
    document((&title, &manifest.name, &byline), style, &chapters)
}

/// A self-contained page: title, heading and byline; rules to add to the style sheet; chapters with their contents at the side.
pub fn document(
    (title, heading, byline): (&str, &str, &str),
    style: &str,
    chapters: &[Chapter],
) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} · stakesim review</title>\n<style>\n{}{style}</style>\n</head>\n<body>\n",
        escape(title),
        include_str!("style.css")
    );
    html.push_str("<nav aria-label=\"Contents\"><strong>stakesim review</strong><ol>\n");
    for (anchor, name, _) in chapters {
        html.push_str(&format!("<li><a href=\"#{anchor}\">{name}</a></li>\n"));
    }
    html.push_str("</ol></nav>\n<main>\n");
    html.push_str(&format!(
        "<h1>{}</h1>\n<p class=\"byline\">{}</p>\n",
        escape(heading),
        escape(byline)
    ));
    for (anchor, name, body) in chapters {
        html.push_str(&format!(
            "<section id=\"{anchor}\">\n<h2>{name}</h2>\n{body}</section>\n"
        ));
    }
    html.push_str(&format!(
        "</main>\n<script>\n{}</script>\n</body>\n</html>\n",
        include_str!("sort.js")
    ));
    html
}

fn chapters(review: &Review, figures: &[Figure]) -> Vec<Chapter> {
    let caption = review.caption();
    let draw = |names: &[&str]| -> String {
        let named = |name: &&str| figures.iter().find(|figure| figure.name == *name);
        names
            .iter()
            .filter_map(named)
            .map(|figure| framed(figure, &caption))
            .collect()
    };
    let html = |tables: &[Table]| -> String { tables.iter().map(Table::html).collect() };
    let others = match review.run.roles.is_empty() {
        true => String::new(),
        false => html(&[tables::roles(review)]),
    };
    vec![
        ("first", "Read this first", first(review)),
        (
            "indicators",
            "Key indicators",
            html(&[tables::indicators(review)]),
        ),
        ("tested", "What was tested", tested(review)),
        (
            "supply",
            "Supply and emission",
            draw(&["supply", "token_price", "flows"])
                + &html(&[
                    tables::sums(review),
                    tables::reasons(review),
                    tables::balances(review),
                ]),
        ),
        (
            "earnings",
            "Who earns",
            draw(&["returns"])
                + &html(&[
                    tables::by_class(review),
                    tables::by_kind(review),
                    tables::by_region(review),
                    tables::by_behaviour(review),
                ])
                + &draw(&["providers", "capacity", "roles"])
                + &others,
        ),
        (
            "reliability",
            "Reliability as users feel it",
            html(&[tables::reliability(review)]) + &draw(&["reliability", "jobs"]),
        ),
        (
            "scaling",
            "Dynamic scaling",
            draw(&["gpu_market"])
                + &html(&[tables::kinds(review)])
                + &draw(&["scaling", "stake"])
                + &html(&[tables::scaling(review)]),
        ),
        (
            "slashing",
            "Slashing",
            draw(&["slashes", "conduct"])
                + &html(&[tables::slashing(review), tables::checks(review)]),
        ),
        (
            "concentration",
            "Concentration",
            draw(&["lorenz", "votes"]) + &html(&[tables::concentration(review)]),
        ),
        (
            "sustainability",
            "Sustainability",
            draw(&["fees"]) + &html(&[tables::sustainability(review)]) + &draw(&["treasury"]),
        ),
        (
            "assumptions",
            "Assumptions that matter most",
            html(&[tables::assumptions(review)]),
        ),
        ("method", "Method and limits", method()),
        ("reproduce", "Reproduce", reproduction(review)),
    ]
}

/// A figure with what to read off it.
pub fn framed(figure: &Figure, caption: &str) -> String {
    let svg = kit::svg(figure, caption);
    format!(
        "<figure id=\"chart-{}\">\n{svg}<figcaption>{}</figcaption>\n</figure>\n",
        figure.name,
        escape(&figure.reading)
    )
}

/// The gates of a run: what they come to, then each one.
fn verdict(verdicts: &Verdicts) -> String {
    let word = match verdicts.is_green() {
        true => Verdict::Pass,
        false if verdicts.count(Verdict::Fail) > 0 => Verdict::Fail,
        false => Verdict::Undecided,
    };
    format!(
        "<p class=\"verdict\">{}: {}.</p>\n<p>{}</p>\n{}",
        word.word(),
        escape(&verdicts.sum()),
        escape(verdicts.method().trim_end()),
        tables::gates(verdicts).html()
    )
}

fn first(review: &Review) -> String {
    cautions(&warnings(review))
}

/// What a reader must know first.
pub fn cautions(warnings: &[String]) -> String {
    let items: String = warnings
        .iter()
        .map(|warning| format!("<li>{}</li>\n", escape(warning)))
        .collect();
    format!("<ul class=\"warnings\">\n{items}</ul>\n")
}

fn tested(review: &Review) -> String {
    if review.run.manifest.changed.is_empty() {
        return "<p>The built-in baseline, with no parameter changed.</p>\n".to_owned();
    }
    tables::changed(review).html()
}

fn method() -> String {
    const POINTS: [&str; 7] = [
        "A discrete-event simulation with an integer clock; the protocol is integer arithmetic. The same scenario and seed give the same bytes on any machine.",
        "The token price is a random process outside the protocol: nothing that providers or customers do moves it.",
        "Demand replays the Philly trace (Microsoft, 2017), many copies at once; its jobs ask for fewer GPUs (mean 1.30) than the published summary says (1.93). Large training jobs fill up to the load that the scenario asks for.",
        "Providers leave on their cash margin and enter on an expected return; they do not move between networks.",
        "Providers are seen through hourly health checks and sampled verification, with the error rates of the scenario.",
        "Returns are before the provider's own taxes, with straight-line depreciation, and leave out gains and losses on the coin that is bonded.",
        "Nothing here is advice, and no figure forecasts a price.",
    ];
    let items: String = POINTS
        .iter()
        .map(|point| format!("<li>{}</li>\n", escape(point)))
        .collect();
    format!("<ul>\n{items}</ul>\n")
}

fn reproduction(review: &Review) -> String {
    let manifest = &review.run.manifest;
    format!(
        "<p>The same run again:</p>\n<pre>{}</pre>\n<p>Replay of the manifest in the result folder, with its digests compared:</p>\n<pre>{}</pre>\n{}",
        escape(&reproduce::run_command(manifest)),
        escape(reproduce::VERIFY_COMMAND),
        tables::provenance(review).html()
    )
}
