//! What was tested: base scenario, factors, design, replications; and what identifies the sweep.

use experiment::sweep::{Design, NAME, NORMALISE, Outcome};

use super::factor::Factor;
use super::study::{Study, version};
use crate::kit::number;
use crate::table::{Cell, Table};

/// Most values of a factor that are all written out.
const VALUES_MAX: usize = 12;

/// The plan in a table.
pub fn plan(study: &Study) -> Table {
    let plan = &study.outcome.plan;
    let (least, most) = study.replications();
    let mut rows = vec![("base scenario", plan.scenario.clone())];
    rows.extend(
        plan.base
            .iter()
            .map(|setting| ("set at every point", setting.clone())),
    );
    rows.push(("design", design(plan.design).to_owned()));
    rows.push(("points", number::whole(plan.points.len() as u64)));
    rows.push((
        "replications of a point",
        if least == most {
            most.to_string()
        } else {
            format!("{least} to {most}")
        },
    ));
    if let Some(until) = &plan.until {
        let text = format!(
            "until the mean of {} is known to ± {}, at most {} of them",
            until.metric, until.half_width, until.max
        );
        rows.push(("replicated", text));
    }
    rows.push(match study.is_seed_varied() {
        true => ("seeds", study.seeds()),
        false => ("seeds, the same at every point", study.seeds()),
    });
    rows.push(("confidence", study.confidence()));
    rows.push(("metrics kept", study.outcome.metrics.len().to_string()));
    two_columns("What was run", rows)
}

/// What the points set: the factors with their values, or, of points with names, each parameter at each of them.
pub fn settings(study: &Study) -> Table<String> {
    if !study.has_names() {
        return factors(study);
    }
    let mut named: Vec<usize> = Vec::new();
    let points = &study.outcome.plan.points;
    for (place, point) in points.iter().enumerate() {
        if !named.iter().any(|of| points[*of].name() == point.name()) {
            named.push(place);
        }
    }
    let is_parameter = |factor: &&Factor| factor.path != NAME && factor.path != NORMALISE;
    let row = |factor: &Factor| {
        let value = |place: &usize| Cell::text(factor.levels[factor.at[*place]].clone());
        let mut row = vec![Cell::text(factor.path.clone())];
        row.extend(named.iter().map(value));
        row
    };
    let names = named
        .iter()
        .map(|place| points[*place].name().unwrap_or_default());
    Table {
        caption: "What the points set, where any of them differs from the base scenario".to_owned(),
        columns: std::iter::once("parameter")
            .chain(names)
            .map(str::to_owned)
            .collect(),
        rows: study.factors.iter().filter(is_parameter).map(row).collect(),
    }
}

/// The factors with their values.
fn factors(study: &Study) -> Table<String> {
    let row = |factor: &Factor| {
        vec![
            Cell::text(factor.path.clone()),
            Cell::count(factor.levels.len()),
            Cell::text(values(factor)),
        ]
    };
    Table {
        caption: "Factors".to_owned(),
        columns: ["factor", "values", "which"].map(str::to_owned).to_vec(),
        rows: study.factors.iter().map(row).collect(),
    }
}

/// What identifies the sweep.
pub fn identity(outcome: &Outcome) -> Table {
    let events = outcome.runs.iter().map(|run| run.events).sum();
    two_columns(
        "What identifies this sweep",
        vec![
            ("sweep", outcome.plan.name.clone()),
            ("identity", outcome.identity.clone()),
            ("version", format!("stakesim {}", version())),
            ("runs", number::whole(outcome.runs.len() as u64)),
            ("events", number::whole(events)),
        ],
    )
}

fn two_columns(caption: &'static str, rows: Vec<(&str, String)>) -> Table {
    let row = |(what, value): (&str, String)| vec![Cell::text(what), Cell::text(value)];
    Table {
        caption,
        columns: vec!["what", "value"],
        rows: rows.into_iter().map(row).collect(),
    }
}

fn values(factor: &Factor) -> String {
    match factor.levels.as_slice() {
        [first, .., last] if factor.levels.len() > VALUES_MAX && factor.numbers.is_some() => {
            format!("{first} to {last}")
        }
        levels if levels.len() > VALUES_MAX => format!(
            "{}, and {} more",
            levels[..VALUES_MAX].join(", "),
            levels.len() - VALUES_MAX
        ),
        levels => levels.join(", "),
    }
}

const fn design(design: Design) -> &'static str {
    match design {
        Design::Grid => "grid: every value of every factor with every other",
        Design::Zip => "zip: the first values of all factors, then the second ones, and so on",
        Design::List => "list: points written out one by one",
        Design::LatinHypercube => "Latin hypercube: random, each factor evenly covered",
        Design::Sobol => "Sobol sequence: evenly spread, scrambled",
        Design::Morris { .. } => "Morris: trajectories that move one factor at a time",
        Design::Saltelli => {
            "Saltelli: pairs of samples with one factor exchanged, for Sobol indices"
        }
    }
}
