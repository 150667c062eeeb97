//! How proposals were voted on. Drawn where any was tallied.

use plotters::style::RGBColor;
use world::rows::ProposalRow;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};

/// What came of it: adopted, rejected or vetoed, without quorum.
const ENDS: [(&str, RGBColor); 3] = [
    ("adopted", palette::GREEN),
    ("rejected or vetoed", palette::VERMILION),
    ("no quorum", palette::MUTED),
];

fn tallied<'a>(review: &Review<'a>) -> impl Iterator<Item = &'a ProposalRow> {
    let rows = review.run.proposals.iter();
    rows.filter(|row| row.tallied_epoch.is_some())
}

/// Whether there is anything to draw.
pub fn is_there(review: &Review) -> bool {
    tallied(review).next().is_some()
}

/// The chart.
pub fn figure(review: &Review) -> Figure {
    Figure {
        name: "votes".to_owned(),
        title: "Proposals and votes".to_owned(),
        reading: "Each column is a proposal at the day it was opened, its votes by their weight under the voting rule; the dot above says \
                  what came of it. Deciders are the fewest voters who together outweigh all others who voted."
            .to_owned(),
        panels: vec![weights(review), turnout(review), deciders(review)],
    }
}

/// Days from one proposal to the next, at least one.
fn pitch(review: &Review) -> f64 {
    let days: Vec<f64> = tallied(review)
        .map(|row| review.day(row.opened_epoch))
        .collect();
    let gaps = days.windows(2).map(|pair| pair[1] - pair[0]);
    gaps.fold(14.0, f64::min).max(1.0)
}

fn weights(review: &Review) -> Panel {
    let half = pitch(review) * 0.36;
    let mut marks = Vec::new();
    for row in tallied(review) {
        let parts = [
            ("yes", row.yes_weight, palette::GREEN),
            ("no", row.no_weight, palette::ORANGE),
            ("veto", row.veto_weight, palette::VERMILION),
            ("abstain", row.abstain_weight, palette::GRID),
        ];
        let all: f64 = parts.iter().map(|part| part.1 as f64).sum();
        let day = review.day(row.opened_epoch);
        let mut below = 0.0;
        for (name, weight, color) in parts {
            let top = below + weight as f64 / all.max(1.0);
            marks.push(Mark::bar(
                name,
                color,
                (day - half, below),
                (day + half, top),
            ));
            below = top;
        }
    }
    for (end, (name, color)) in ENDS.into_iter().enumerate() {
        for row in tallied(review).filter(|row| end_of(row) == end) {
            let at = (review.day(row.opened_epoch), 1.06);
            marks.push(Mark::dot(name, color, at));
        }
    }
    let mut axis = Axis::share("");
    axis.to = 1.12;
    Panel::over_days("share of the weight that voted", review.days(), axis, marks)
}

fn end_of(row: &ProposalRow) -> usize {
    match row.status {
        "no_quorum" => 2,
        "rejected" | "vetoed" => 1,
        _ => 0,
    }
}

fn turnout(review: &Review) -> Panel {
    let points: Points = tallied(review)
        .map(|row| (review.day(row.opened_epoch), row.turnout))
        .collect();
    let quorum = review.settings.ratio("protocol.governance.quorum");
    let axis = Axis::from_zero("", Scale::Percent, ordinates(&points).chain(quorum));
    let mut marks = Vec::new();
    if let Some(quorum) = quorum {
        let ends = [(0.0, quorum), (review.days(), quorum)];
        marks.push(Mark::rule(Some("quorum"), palette::MUTED, ends[0], ends[1]));
    }
    marks.push(Mark::line("turnout", palette::BLUE, points));
    Panel::over_days(
        "share of all user stake that voted",
        review.days(),
        axis,
        marks,
    )
    .tall(120)
}

fn deciders(review: &Review) -> Panel {
    let points: Points = tallied(review)
        .map(|row| (review.day(row.opened_epoch), f64::from(row.deciders)))
        .collect();
    let axis = Axis::from_zero("", Scale::Plain, ordinates(&points));
    let marks = vec![Mark::line("deciders", palette::PURPLE, points).unlisted()];
    Panel::over_days("deciders", review.days(), axis, marks).tall(120)
}
