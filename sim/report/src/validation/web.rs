//! The validation as one self-contained HTML page.

use conform::measured::Report;

use super::{COMMAND, READING, TITLE, caption, sentence, tables};
use crate::kit::Figure;
use crate::markup::escape;
use crate::page::{VERDICTS_CSS, document, framed};

/// The page, with the figure inlined.
pub fn page(report: &Report, figure: &Figure) -> String {
    let small_print = caption(report);
    let reading = READING.map(|line| format!("<li>{}</li>\n", escape(line)));
    let found = format!(
        "<p class=\"verdict\">{}</p>\n{}",
        escape(&sentence(report)),
        tables::groups(report).html()
    );
    let chapters = [
        ("found", "What was found", found),
        (
            "chart",
            "Predicted against published",
            framed(figure, &small_print),
        ),
        (
            "method",
            "How to read it",
            format!("<ul>\n{}</ul>\n", reading.concat()),
        ),
        ("rows", "Every row", tables::residuals(report, None).html()),
        (
            "reproduce",
            "Reproduce",
            format!("<pre>{}</pre>\n", escape(COMMAND)),
        ),
    ];
    document((TITLE, TITLE, &small_print), VERDICTS_CSS, &chapters)
}
