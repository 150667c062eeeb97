//! Slashes by cause, and how much of them honest providers carried.

use world::rows::EpochRow;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};
use crate::review::{Points, Review, ordinates};
use crate::stats;

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let mut marks = Vec::new();
    let mut tops = vec![0.0];
    for (from, to, part) in review.months() {
        let gap = (to - from) * 0.1;
        let causes = [
            (
                "downtime",
                palette::BLUE,
                part.iter().map(|row| row.slashed_downtime_base_units).sum(),
            ),
            (
                "failed jobs",
                palette::ORANGE,
                part.iter()
                    .map(|row| row.slashed_failed_job_base_units)
                    .sum(),
            ),
            (
                "malicious results",
                palette::VERMILION,
                part.iter()
                    .map(|row| row.slashed_malicious_base_units)
                    .sum(),
            ),
            (
                "other violations",
                palette::PURPLE,
                part.iter().map(|row| row.slashed_other_base_units).sum(),
            ),
        ];
        let mut below = 0.0;
        for (cause, color, base_units) in causes {
            let top = below + review.tokens(base_units);
            marks.push(Mark::bar(
                cause,
                color,
                (from + gap, below),
                (to - gap, top),
            ));
            below = top;
        }
        tops.push(below);
    }
    let axis = Axis::from_zero("", Scale::Plain, tops);
    let burden = honest_burden(review);
    let burden_axis = Axis::from_zero("", Scale::Percent, ordinates(&burden));
    Figure {
        name: "slashes".to_owned(),
        title: "Slashes by cause, and what honest providers lost".to_owned(),
        reading: "The simulator knows who is honest; the network does not. The lower panel adds up what honest providers and their \
                  delegators lost, over the mean of what was bonded and delegated."
            .to_owned(),
        panels: vec![
            Panel::over_days(&format!("{} slashed in about 30 days", review.bond_unit()), review.days(), axis, marks),
            Panel::over_days(
                "slashed from honest providers so far, over mean bonds and delegations",
                review.days(),
                burden_axis,
                vec![Mark::line("honest", palette::PURPLE, burden).unlisted()],
            )
            .tall(150),
        ],
    }
}

fn honest_burden(review: &Review) -> Points {
    let held = |row: &EpochRow| (row.bonded_base_units + row.delegated_base_units) as f64;
    let bonds = stats::mean(&review.run.epochs.iter().map(held).collect::<Vec<_>>());
    let mut lost = 0.0;
    let mut add = |row: &EpochRow| {
        lost += row.slashed_honest_base_units as f64;
        (review.day(row.epoch), lost / bonds)
    };
    review.run.epochs.iter().map(&mut add).collect()
}
