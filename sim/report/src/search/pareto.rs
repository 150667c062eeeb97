//! The trade-off between objectives: every candidate, the front, and where fresh seeds put it. One panel a pair of objectives.

use experiment::search::{Measured, Objective, Outcome};

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};

/// Where a candidate lies in a panel.
type Place = (f64, f64);

/// The chart; one objective has no trade-off.
pub fn figure(outcome: &Outcome) -> Option<Figure> {
    let count = outcome.search.objectives.len();
    let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
    let panels: Vec<Panel> = pairs
        .enumerate()
        .map(|(index, pair)| panel(outcome, pair, index == 0))
        .collect();
    if panels.is_empty() || outcome.candidates.iter().all(|of| of.found.is_err()) {
        return None;
    }
    let mut reading = "Each dot is a candidate, at the estimates of the search's own seeds. Blue ones are on the front; a thin line leads from each to \
                       where fresh seeds put it. Axes need not start at 0."
        .to_owned();
    if count > 2 {
        reading += " With three objectives a member of the front may look beaten in one panel.";
    }
    Some(Figure {
        name: "pareto".to_owned(),
        title: "What has to be given up for what".to_owned(),
        reading,
        panels,
    })
}

fn panel(outcome: &Outcome, pair: (usize, usize), is_first: bool) -> Panel {
    let place = |found: &Measured| {
        let value = |at: usize| found.objectives[at].value;
        (value(pair.0), value(pair.1))
    };
    let (mut feasible, mut others) = (Vec::new(), Vec::new());
    for (at, candidate) in outcome.candidates.iter().enumerate() {
        let Ok(found) = &candidate.found else {
            continue;
        };
        if outcome.scores[at].violation > 0.0 {
            others.push(place(found));
        } else if !outcome.front.contains(&at) {
            feasible.push(place(found));
        }
    }
    let members = outcome.front_in_order().into_iter().filter_map(|at| {
        let member = outcome.candidates[outcome.front[at]].found.as_ref().ok()?;
        let fresh = outcome.confirmations[at].found.as_ref().ok();
        Some((place(member), fresh.map(place)))
    });
    let members: Vec<(Place, Option<Place>)> = members.collect();
    let fresh = members.iter().filter_map(|(_, fresh)| *fresh);
    let own = members.iter().map(|(own, _)| *own);
    let all: Vec<Place> = own
        .chain(fresh)
        .chain(feasible.iter().chain(&others).copied())
        .collect();
    let title = |at: usize| heading(&outcome.search.objectives[at]);
    let axis = |label: &str, values: Vec<f64>| Axis::around(label, Scale::Plain, values);
    let mut marks = dots("a gate is not met", palette::MUTED, &others, 7);
    marks.extend(dots("meets all gates", palette::SKY, &feasible, 9));
    for (own, fresh) in &members {
        marks.extend(fresh.map(|fresh| Mark::hair(palette::ORANGE, vec![*own, fresh], 3)));
    }
    let fresh: Vec<_> = members.iter().filter_map(|(_, fresh)| *fresh).collect();
    let own: Vec<_> = members.iter().map(|(own, _)| *own).collect();
    marks.extend(dots(
        "the front under fresh seeds",
        palette::ORANGE,
        &fresh,
        9,
    ));
    marks.extend(dots("on the front", palette::BLUE, &own, 12));
    if !is_first {
        marks = marks.into_iter().map(Mark::unlisted).collect();
    }
    Panel {
        heading: title(pair.1),
        height: 280,
        x: axis(&title(pair.0), all.iter().map(|at| at.0).collect()),
        y: axis("", all.iter().map(|at| at.1).collect()),
        marks,
    }
}

fn dots(label: &str, color: plotters::style::RGBColor, at: &[Place], size: u32) -> Vec<Mark> {
    let dot = |at: &Place| Mark::dot(label, color, *at).sized(size);
    at.iter().map(dot).collect()
}

/// Goal, statistic, metric and unit.
fn heading(objective: &Objective) -> String {
    match objective.unit {
        "" => objective.title(),
        unit => format!("{}, {unit}", objective.title()),
    }
}
