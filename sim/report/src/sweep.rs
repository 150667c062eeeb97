//! The review of a sweep: verdicts first, then what was tested, charts over the factors, points, and how to do it again.
//!
//! It judges nothing: verdicts come in. What it averages, and how, stands in `study.rs`.

mod caution;
mod effects;
mod factor;
mod heat;
mod indices;
mod lines;
mod markdown;
mod method;
mod points;
mod response;
mod scale;
mod scatter;
mod sensitivity;
mod shown;
mod side_by_side;
mod skew;
mod study;
mod tested;
mod tornado;
mod verdicts;
mod web;

use crate::kit::Figure;

pub use markdown::summary;
pub use study::{Study, version};
pub use verdicts::verdict as verdict_cell;
pub use web::page;

/// All figures of a sweep, in the order of the review: of each metric the sensitivities, the response, the heat map and the effects,
/// as far as its design gives them. A sweep that normalises has a picture for each question of its side by side instead.
pub fn figures(study: &Study) -> Vec<Figure> {
    if study.outcome.plan.normalise.is_some() {
        let questions = side_by_side::QUESTIONS.iter();
        return questions
            .filter_map(|question| side_by_side::dots::figure(study, question))
            .collect();
    }
    let of_metric = |shown| {
        let charts = [
            indices::figure,
            response::figure,
            scatter::figure,
            heat::figure,
            tornado::figure,
        ];
        charts
            .into_iter()
            .filter_map(move |chart| chart(study, shown))
    };
    study.shown.iter().flat_map(of_metric).collect()
}
