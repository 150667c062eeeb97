//! What moves each metric, of a design laid out for it: Morris effects or Sobol indices in a table, and how to read them.

use experiment::sensitivity::{self, Sensitivity};
use experiment::sweep::Design;

use super::shown::{NO_VALUE, Shown};
use super::study::Study;
use crate::kit::number;
use crate::table::{Cell, Table};

/// The indices of every kept metric, those with charts first; nothing for other designs.
pub fn table(study: &Study) -> Option<Table<String>> {
    let found = study.sensitivity.as_deref()?;
    let is_shown = |of: &&Sensitivity| {
        study
            .shown
            .iter()
            .any(|shown| shown.metric.name == of.metric)
    };
    let (first, rest): (Vec<_>, Vec<_>) = found.iter().partition(is_shown);
    let ordered: Vec<Sensitivity> = first.into_iter().chain(rest).cloned().collect();
    let interval = format!("{} interval", study.confidence());
    let is_sobol = study.outcome.plan.design == Design::Saltelli;
    let (caption, numbers) = match is_sobol {
        true => (
            "Sobol indices: shares of each metric's variance over the design, the largest total first",
            vec!["total", &interval, "first order", &interval],
        ),
        false => (
            "Morris effects: change of each metric's mean over the whole range of a factor, the largest mu* first",
            vec!["mu*", &interval, "mu", "sigma", "sigma / mu*"],
        ),
    };
    let columns = ["metric", "factor"].into_iter().chain(numbers);
    let row = |of: sensitivity::Row<'_>| {
        let form = study.kept.iter().find(|kept| kept.metric.name == of.metric);
        let mut row = vec![
            Cell::text(form.map_or_else(|| of.metric.to_owned(), Shown::heading)),
            Cell::text(of.factor),
        ];
        let plain = |value: f64| Cell::spelled(value, share(value));
        let unit = |value: f64| form.map_or_else(|| plain(value), |form| form.cell(value));
        let [first, low, high, second, third, fourth] = of.numbers;
        if is_sobol {
            row.extend([plain(first), between(share, low, high)]);
            row.extend([plain(second), between(share, third, fourth)]);
        } else {
            let spelled = |value| form.map_or_else(|| share(value), |form| form.number(value));
            row.extend([unit(first), between(spelled, low, high)]);
            row.extend([unit(second), unit(third), plain(fourth)]);
        }
        row
    };
    Some(Table {
        caption: caption.to_owned(),
        columns: columns.map(str::to_owned).collect(),
        rows: sensitivity::rows(&ordered).into_iter().map(row).collect(),
    })
}

/// Whether any factor moves a metric.
pub fn is_moved(of: &Sensitivity) -> bool {
    let mut rows = sensitivity::rows(std::slice::from_ref(of)).into_iter();
    rows.any(|row| row.numbers[0].is_finite() && row.numbers[0] != 0.0)
}

/// The metrics that would have a chart, were there anything in it.
fn unmoved(study: &Study) -> Option<String> {
    let found = study.sensitivity.as_deref()?.iter();
    let is_shown = |name| study.shown.iter().any(|shown| shown.metric.name == name);
    let still = found.filter(|of| is_shown(of.metric) && !is_moved(of));
    let names: Vec<&str> = still.map(|of| of.metric).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Not drawn, because no factor moves them or they have no value: {}.",
            names.join(", ")
        )
    })
}

/// How to read the indices of this design, what their intervals do not hold, and which metrics nothing moves.
pub fn reading(study: &Study) -> Option<String> {
    let plan = &study.outcome.plan;
    let confidence = study.confidence();
    let (points, factors) = (plan.points.len(), plan.factors.len());
    let said = match plan.design {
        Design::Morris { .. } => format!(
            "mu* is the mean size of a factor's effects: what the metric changes by over the whole range of the factor, judged by one step in each of {} \
             trajectories. mu is their mean with its sign. sigma is their standard deviation: large beside mu* where the factor bends the metric or interacts with \
             others. Intervals of mu*: {confidence}, bootstrap over trajectories.",
            points / (factors + 1)
        ),
        Design::Saltelli => format!(
            "First order: the share of the metric's variance that goes when this factor alone is fixed. Total: the share that stays when all others are fixed, with \
             every interaction. Both are estimates, which chance may take below 0 or above 1. Intervals: {confidence}, bootstrap over the {} rows of the design.",
            points / (factors + 2)
        ),
        _ => return None,
    };
    let all = said
        + " All of it is about means over the replications of each point, under common seeds: the intervals speak of other points in the same ranges and not \
                of other seeds.";
    Some(match unmoved(study) {
        Some(unmoved) => format!("{all} {unmoved}"),
        None => all,
    })
}

/// A share of a whole, or a ratio.
pub fn share(value: f64) -> String {
    match value.is_finite() {
        true => number::short(value),
        false => NO_VALUE.to_owned(),
    }
}

fn between(spelled: impl Fn(f64) -> String, low: f64, high: f64) -> Cell {
    match low.is_finite() && high.is_finite() {
        true => Cell::text(format!("{} to {}", spelled(low), spelled(high))).with_class("tight"),
        false => Cell::text("none"),
    }
}
