//! The review of a search: what was found, how far each gate is from its bound, the trade-off, what was searched, and how to
//! do it again.
//!
//! It chooses and judges nothing: front and verdicts come in.

mod caution;
mod markdown;
mod pareto;
mod tables;
mod web;

use experiment::search::Outcome;

use crate::sweep::version;

pub use markdown::summary;
pub use pareto::figure as pareto;
pub use web::page;

/// The command that makes the search again.
const COMMAND: &str = "stakesim search <file>";

/// What the small print of every picture says.
pub fn caption(outcome: &Outcome) -> String {
    let plan = &outcome.search.plan;
    format!(
        "{} · base {} · {} seeds and {} fresh ones · stakesim {}",
        plan.name,
        plan.scenario,
        plan.seeds.len(),
        outcome.search.fresh_seeds.len(),
        version()
    )
}
