//! The tables of the side by side: what was made equal, the pairs that change places, and one for each question.

use experiment::statistics::PairedDifference;
use experiment::sweep::{Basis, EMISSION_TOLERANCE};

use super::{
    Contest, Estimate, QUESTIONS, Question, Reversal, Shown, Study, Twin, contests, twins,
};
use crate::sweep::shown::NO_VALUE;
use crate::table::{Cell, Table};

/// What every point ran with: prices, and the emission that came of them.
pub fn equalised(study: &Study) -> Option<Table<String>> {
    let target = study.outcome.plan.normalise?.emission.nano() as f64 / 1e9;
    let shown = |name: &str| study.kept.iter().find(|shown| shown.metric.name == name);
    let (price, emission) = (shown("price.start")?, shown("emission.usd")?);
    let row = |twin: &Twin| {
        let [first, second] = twin.points;
        let reached = study.outcome.values(second, emission.metric.name);
        let is_met = |of: &&f64| (*of / target - 1.0).abs() <= EMISSION_TOLERANCE;
        let met = reached.iter().filter(is_met).count();
        vec![
            Cell::text(twin.name.clone()),
            mean(study, price, first),
            mean(study, emission, first),
            mean(study, price, second),
            mean(study, emission, second),
            Cell::spelled(met as f64, format!("{met} of {}", reached.len())),
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

/// All pairs that change places in any metric.
pub fn reversals(study: &Study) -> Table<String> {
    let rows_of = |contest: &Contest| -> Vec<Vec<Cell>> {
        let row = |reversal: &Reversal| {
            let difference = |of: &PairedDifference| {
                let text = of.interval.map_or_else(
                    || contest.shown.number(of.mean),
                    |range| {
                        let number = |value| contest.shown.number(value);
                        format!(
                            "{} ({} to {})",
                            number(of.mean),
                            number(range.low),
                            number(range.high)
                        )
                    },
                );
                Cell::spelled(of.mean, text)
            };
            vec![
                Cell::text(contest.shown.heading()),
                Cell::text(reversal.ahead[0].clone()),
                Cell::text(reversal.ahead[1].clone()),
                difference(&reversal.difference[0]),
                difference(&reversal.difference[1]),
                Cell::text(["neither", "one of the two", "both"][reversal.clear()]),
            ]
        };
        contest.reversals.iter().map(row).collect()
    };
    let contests = QUESTIONS
        .iter()
        .flat_map(|question| contests(study, question));
    let columns = [
        "metric",
        "ahead at equal market value",
        "ahead at equal emission",
        "first less second at equal market value",
        "at equal emission",
        "clear of noise at",
    ];
    Table {
        caption: format!(
            "Pairs that change places between the two, with the {} intervals of their differences seed by seed",
            study.confidence()
        ),
        columns: columns.map(str::to_owned).to_vec(),
        rows: contests.flat_map(|contest| rows_of(&contest)).collect(),
    }
}

/// A question's metrics: every point on both bases with interval and rank. Nothing where none of its metrics was kept.
pub fn answer(study: &Study, question: &Question) -> Option<Table<String>> {
    let contests = contests(study, question);
    let rows: Vec<Vec<Cell>> = contests.iter().flat_map(|of| standings(of)).collect();
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
