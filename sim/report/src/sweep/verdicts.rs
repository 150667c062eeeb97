//! What the gates say: a sentence and a table, the bad ones first.

use experiment::gates::{Ruling, Verdict, Verdicts, interval_level};

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

/// The table.
pub fn table(study: &Study) -> Table<String> {
    let mut rulings: Vec<&Ruling> = study.rulings.iter().collect();
    rulings.sort_by_key(|ruling| std::cmp::Reverse(severity(ruling.verdict)));
    let level = number::bound(interval_level(study.outcome.plan.confidence));
    let interval = format!("{level} interval");
    let columns = ["verdict", "point", "gate", "estimate", &interval, "bound", "because", "why it is asked"];
    Table {
        caption: "Verdicts".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: rulings.into_iter().map(|ruling| row(study, ruling)).collect(),
    }
}

fn row(study: &Study, ruling: &Ruling) -> Vec<Cell> {
    let point = match ruling.point.and_then(|point| u32::try_from(point).ok()) {
        Some(point) => study.point_name(point),
        None => "all points".to_owned(),
    };
    let estimate = match ruling.evidence.estimate.is_finite() {
        true => ruling.estimate(),
        false => super::study::NO_VALUE.to_owned(),
    };
    let interval = match ruling.evidence.is_inference {
        true => ruling.interval(),
        false => "observed only".to_owned(),
    };
    vec![
        Cell::text(ruling.verdict.word()).with_class(class(ruling.verdict)),
        Cell::text(point),
        Cell::text(ruling.gate.subject()),
        Cell::spelled(ruling.evidence.estimate, estimate),
        Cell::text(interval),
        Cell::text(ruling.bound()),
        Cell::text(ruling.reason.clone()),
        Cell::text(ruling.gate.why.clone()),
    ]
}

/// Class of a verdict in the style sheet.
pub const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Undecided => "undecided",
    }
}
