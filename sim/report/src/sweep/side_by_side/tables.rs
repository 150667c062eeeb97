//! The tables of the side by side: what was made equal, ranks at a glance, one for each question, and the pairs that change places.

use experiment::statistics::PairedDifference;
use experiment::sweep::{Basis, EMISSION_TOLERANCE};

use super::{
    Contest, Estimate, QUESTIONS, Question, Reversal, Shown, Study, Twin, contests, twins,
};
use crate::sweep::shown::NO_VALUE;
use crate::table::{Cell, Table};

/// The emission asked for, USD.
fn target(study: &Study) -> Option<f64> {
    Some(study.outcome.plan.normalise?.emission.nano() as f64 / 1e9)
}

fn kept<'a>(study: &'a Study, name: &str) -> Option<&'a Shown> {
    study.kept.iter().find(|shown| shown.metric.name == name)
}

/// What every point ran with: prices, and the emission that came of them.
pub fn equalised(study: &Study) -> Option<Table<String>> {
    let target = target(study)?;
    let (price, emission) = (kept(study, "price.start")?, kept(study, "emission.usd")?);
    let row = |twin: &Twin| {
        let [first, second] = twin.points;
        let (met, all) = met(study, twin, target, emission);
        vec![
            Cell::text(twin.name.clone()),
            mean(study, price, first),
            mean(study, emission, first),
            mean(study, price, second),
            mean(study, emission, second),
            Cell::spelled(met as f64, format!("{met} of {all}")),
        ]
    };
    let columns = [
        "point",
        "price, USD/token",
        "emission, USD",
        "price at equal emission",
        "emission then, USD",
        "runs that met it",
    ];
    Some(Table {
        caption: format!(
            "What was made equal: first at {}, then at {}; means over seeds ± half the width of their {} intervals",
            Basis::MarketValue.words(),
            Basis::Emission.words(),
            study.confidence()
        ),
        columns: columns.map(str::to_owned).to_vec(),
        rows: twins(study).iter().map(row).collect(),
    })
}

/// In how many runs of how many a point minted what was asked for.
fn met(study: &Study, twin: &Twin, target: f64, emission: &Shown) -> (usize, usize) {
    let reached = study.outcome.values(twin.points[1], emission.metric.name);
    let is_met = |of: &&f64| (*of / target - 1.0).abs() <= EMISSION_TOLERANCE;
    (reached.iter().filter(is_met).count(), reached.len())
}

fn mean(study: &Study, shown: &Shown, point: u32) -> Cell {
    let estimate = study.estimate(&[point], shown);
    if estimate.n == 0 {
        return Cell::spelled(f64::NAN, NO_VALUE);
    }
    let half = estimate.interval.map_or(0.0, |of| of.half_width());
    let text = match half {
        0.0 => shown.number(estimate.mean),
        half => format!("{} ± {}", shown.number(estimate.mean), shown.number(half)),
    };
    Cell::spelled(estimate.mean, text)
}

/// Every point's rank in the first metric of each question, at equal market value and at equal emission. Nothing where no question
/// has a metric that was kept.
pub fn ranks(study: &Study) -> Option<Table<String>> {
    let first = |question: &Question| {
        let contest = contests(study, question).into_iter().next()?;
        Some((question.stem.replace('-', " "), contest))
    };
    let (asked, contests): (Vec<String>, Vec<Contest>) = QUESTIONS.iter().filter_map(first).unzip();
    let (target, emission) = (target(study)?, kept(study, "emission.usd")?);
    let row = |(at, twin): (usize, &Twin)| {
        let (met, all) = met(study, twin, target, emission);
        let name = match met == all {
            true => twin.name.clone(),
            false => format!("{} (equal emission in {met} of {all} runs)", twin.name),
        };
        let mut row = vec![Cell::text(name)];
        row.extend(
            contests
                .iter()
                .map(|contest| moved(contest.standings[at].rank)),
        );
        row
    };
    let columns = [vec!["point".to_owned()], asked].concat();
    (columns.len() > 1).then(|| Table {
        caption: format!(
            "Ranks at a glance, in the first metric of each question below: at {} → at {}, one number where they agree",
            Basis::MarketValue.words(),
            Basis::Emission.words()
        ),
        columns,
        rows: twins(study).iter().enumerate().map(row).collect(),
    })
}

fn moved(rank: [Option<usize>; 2]) -> Cell {
    match rank {
        [Some(one), Some(other)] if one == other => Cell::count(one),
        [Some(one), Some(other)] => Cell::spelled(one as f64, format!("{one} → {other}")),
        [Some(one), None] => Cell::spelled(one as f64, format!("{one} → –")),
        [None, Some(other)] => Cell::spelled(f64::NAN, format!("– → {other}")),
        [None, None] => Cell::spelled(f64::NAN, "–"),
    }
}

/// The pairs that change places in any metric: those clear of noise on both bases, and the others.
pub fn reversals(study: &Study, is_clear: bool) -> Table<String> {
    let contests: Vec<Contest> = QUESTIONS
        .iter()
        .flat_map(|question| contests(study, question))
        .collect();
    let wanted = |reversal: &&Reversal| (reversal.clear() == 2) == is_clear;
    let rows_of = |contest: &Contest| -> Vec<Vec<Cell>> {
        let pairs = contest.reversals.iter().filter(wanted);
        pairs.map(|pair| reversal(contest, pair)).collect()
    };
    let columns = [
        "metric",
        "ahead at equal market value",
        "ahead at equal emission",
        "first less second at equal market value",
        "at equal emission",
        "clear at",
    ];
    let which = match is_clear {
        true => "clear of noise at both",
        false => "not clear of noise at both",
    };
    Table {
        caption: format!(
            "Pairs that change places between the two, {which}, with the {} intervals of their differences seed by seed",
            study.confidence()
        ),
        columns: columns.map(str::to_owned).to_vec(),
        rows: contests.iter().flat_map(rows_of).collect(),
    }
}

fn reversal(contest: &Contest, pair: &Reversal) -> Vec<Cell> {
    let number = |value| contest.shown.number(value);
    let difference = |of: &PairedDifference| {
        let text = of.interval.map_or_else(
            || number(of.mean),
            |range| {
                let (low, high) = (number(range.low), number(range.high));
                format!("{} ({low} to {high})", number(of.mean))
            },
        );
        Cell::spelled(of.mean, text)
    };
    vec![
        Cell::text(contest.shown.heading()),
        Cell::text(pair.ahead[0].clone()),
        Cell::text(pair.ahead[1].clone()),
        difference(&pair.difference[0]),
        difference(&pair.difference[1]),
        Cell::text(["neither", "one", "both"][pair.clear()]),
    ]
}

/// A question's metrics: every point on both bases with interval and rank. Nothing where none of its metrics was kept.
pub fn answer(study: &Study, question: &Question) -> Option<Table<String>> {
    let contests = contests(study, question);
    let rows: Vec<Vec<Cell>> = contests.iter().flat_map(standings).collect();
    let columns = [
        "metric",
        "point",
        "equal market value",
        "interval",
        "rank",
        "equal emission",
        "interval",
        "rank",
        "changes places with",
    ];
    (!rows.is_empty()).then(|| Table {
        caption: format!(
            "{} Means over seeds with their {} intervals",
            question.title,
            study.confidence()
        ),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    })
}

fn standings(contest: &Contest) -> Vec<Vec<Cell>> {
    let shown = &contest.shown;
    let on = |estimate: &Estimate, rank: Option<usize>| {
        let interval = estimate.interval.map_or_else(
            || "–".to_owned(),
            |of| format!("{} to {}", shown.number(of.low), shown.number(of.high)),
        );
        let rank = rank.map_or_else(|| Cell::text("–"), Cell::count);
        [
            shown.cell(estimate.mean),
            Cell::text(interval).with_class("tight"),
            rank,
        ]
    };
    let row = |of: &super::Standing| {
        let mut row = vec![Cell::text(shown.heading()), Cell::text(of.name.clone())];
        row.extend(on(&of.on[0], of.rank[0]));
        row.extend(on(&of.on[1], of.rank[1]));
        row.push(Cell::text(rivals(contest, &of.name)));
        row
    };
    contest.standings.iter().map(row).collect()
}

/// With whom a point changes places clear of noise on both bases, and how many others there are.
fn rivals(contest: &Contest, name: &str) -> String {
    let rival = |reversal: &Reversal| {
        let [one, other] = &reversal.ahead;
        let rival = match (one == name, other == name) {
            (true, _) => other.clone(),
            (_, true) => one.clone(),
            _ => return None,
        };
        Some((rival, reversal.clear() == 2))
    };
    let all: Vec<(String, bool)> = contest.reversals.iter().filter_map(rival).collect();
    let (clear, noisy): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, is_clear)| *is_clear);
    let mut words: Vec<String> = clear.into_iter().map(|(rival, _)| rival).collect();
    if !noisy.is_empty() {
        words.push(format!("{} within noise", noisy.len()));
    }
    words.join(", ")
}
