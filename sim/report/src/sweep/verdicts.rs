//! What the gates say: a sentence, its gates, and their readings at every point, the bad ones first.

use experiment::gates::{Gate, Ruling, Verdict, Verdicts, interval_level};

use super::shown::NO_VALUE;
use super::study::{Study, severity};
use crate::kit::number;
use crate::table::{Cell, Table};

/// The sum of all verdicts in a sentence.
pub fn sentence(study: &Study) -> String {
    if study.rulings.is_empty() {
        return "No gate was read: this sweep describes and judges nothing.".to_owned();
    }
    let verdicts = Verdicts {
        name: study.outcome.plan.name.clone(),
        confidence: study.outcome.plan.confidence,
        points: Vec::new(),
        rulings: study.rulings.to_vec(),
        allows_undecided: false,
    };
    let word = match verdicts.is_green() {
        true => Verdict::Pass,
        false if verdicts.count(Verdict::Fail) > 0 => Verdict::Fail,
        false => Verdict::Undecided,
    };
    let count = match study.rulings.len() {
        1 => "1 gate reading".to_owned(),
        count => format!("{count} gate readings"),
    };
    format!("{}: of {count}, {}.", word.word(), verdicts.sum())
}

/// The tables: one row a gate where gates are read at several points, then one row a reading.
pub fn tables(study: &Study) -> Vec<Table<String>> {
    let gates = distinct_gates(study);
    if gates.len() == study.rulings.len() {
        return vec![readings(study, true)];
    }
    let row = |rulings: &Vec<&Ruling>| {
        let count = |verdict| {
            rulings
                .iter()
                .filter(|ruling| ruling.verdict == verdict)
                .count()
        };
        let worst = rulings
            .iter()
            .map(|ruling| ruling.verdict)
            .max_by_key(|verdict| severity(*verdict));
        let gate = &rulings[0].gate;
        let at: Vec<String> = gate
            .settings
            .iter()
            .map(|(path, value)| format!("{path} = {value}"))
            .collect();
        vec![
            verdict(worst.unwrap_or(Verdict::Undecided)),
            Cell::text(gate.subject()),
            Cell::text(bound(gate, rulings)).with_class("tight"),
            Cell::text(if at.is_empty() {
                "every point".to_owned()
            } else {
                at.join(", ")
            }),
            Cell::count(count(Verdict::Pass)),
            Cell::count(count(Verdict::Fail)),
            Cell::count(count(Verdict::Undecided)),
            Cell::text(gate.why.clone()),
        ]
    };
    let columns = [
        "worst",
        "gate",
        "bound",
        "read at",
        "pass",
        "fail",
        "undecided",
        "why it is asked",
    ];
    let gates = Table {
        caption: "Gates".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: gates.iter().map(row).collect(),
    };
    vec![gates, readings(study, false)]
}

/// Readings of each gate, gates in order of their first one.
fn distinct_gates<'a>(study: &Study<'a>) -> Vec<Vec<&'a Ruling>> {
    let mut gates: Vec<Vec<&Ruling>> = Vec::new();
    for ruling in study.rulings {
        match gates.iter_mut().find(|of| of[0].gate == ruling.gate) {
            Some(of) => of.push(ruling),
            None => gates.push(vec![ruling]),
        }
    }
    gates
}

/// The bound, where it is the same at every reading: a margin that is a share of the baseline is not.
fn bound(gate: &Gate, rulings: &[&Ruling]) -> String {
    if rulings
        .iter()
        .all(|ruling| ruling.bound == rulings[0].bound)
    {
        return rulings[0].bound();
    }
    format!(
        "{} {} of the baseline",
        gate.op.sign(),
        number::percent(gate.value)
    )
}

fn readings(study: &Study, has_why: bool) -> Table<String> {
    let mut rulings: Vec<&Ruling> = study.rulings.iter().collect();
    rulings.sort_by_key(|ruling| std::cmp::Reverse(severity(ruling.verdict)));
    let level = number::bound(interval_level(study.outcome.plan.confidence));
    let interval = format!("{level} interval");
    let mut columns = [
        "verdict", "point", "gate", "estimate", &interval, "bound", "because",
    ]
    .map(str::to_owned)
    .to_vec();
    if has_why {
        columns.push("why it is asked".to_owned());
    }
    let row = |ruling: &Ruling| {
        let mut row = row(study, ruling);
        row.extend(has_why.then(|| Cell::text(ruling.gate.why.clone())));
        row
    };
    Table {
        caption: "Readings".to_owned(),
        columns,
        rows: rulings.into_iter().map(row).collect(),
    }
}

fn row(study: &Study, ruling: &Ruling) -> Vec<Cell> {
    let point = match ruling.point.and_then(|point| u32::try_from(point).ok()) {
        Some(point) => study.point_name(point),
        None => "all points".to_owned(),
    };
    let estimate = match ruling.evidence.estimate.is_finite() {
        true => ruling.estimate(),
        false => NO_VALUE.to_owned(),
    };
    let interval = match (
        ruling.evidence.is_inference,
        ruling.evidence.estimate.is_finite(),
    ) {
        (true, _) if ruling.evidence.interval.is_none() => "none from so few runs".to_owned(),
        (true, _) => ruling.interval(),
        (false, true) => "observed only".to_owned(),
        (false, false) => String::new(),
    };
    vec![
        verdict(ruling.verdict),
        Cell::text(point),
        Cell::text(ruling.gate.subject()),
        Cell::spelled(ruling.evidence.estimate, estimate),
        Cell::text(interval).with_class("tight"),
        Cell::text(ruling.bound()).with_class("tight"),
        Cell::text(ruling.reason.clone()),
    ]
}

/// A verdict in a table.
pub fn verdict(verdict: Verdict) -> Cell {
    let class = match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Undecided => "undecided",
    };
    Cell::text(verdict.word()).with_class(class)
}
