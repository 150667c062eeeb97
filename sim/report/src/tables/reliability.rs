//! Reliability as users feel it, in numbers.

use crate::kit::number;
use crate::review::Review;
use crate::stats;
use crate::table::{Cell, Table};

/// The table.
pub fn table(review: &Review) -> Table {
    let epochs = &review.run.epochs;
    let column = |value: fn(&world::rows::EpochRow) -> f64| stats::sorted(epochs.iter().map(value));
    let goodput = column(|row| row.goodput);
    let waits = column(|row| row.wait_mean_h);
    let sum = |value: fn(&world::rows::EpochRow) -> f64| epochs.iter().map(value).sum::<f64>();
    let finished = sum(|row| f64::from(row.jobs_finished));
    let held = sum(|row| row.held_gpu_h);
    let longest = column(|row| row.wait_max_h)
        .last()
        .copied()
        .unwrap_or(f64::NAN);
    let row = |name: &str, value: f64, text: String, meaning: &str| {
        vec![
            Cell::text(name),
            Cell::spelled(value, text),
            Cell::text(meaning),
        ]
    };
    let share =
        |name: &str, value: f64, meaning: &str| row(name, value, number::percent(value), meaning);
    let hours = |name: &str, value: f64, meaning: &str| {
        row(
            name,
            value,
            format!("{} h", number::fixed(value, 2)),
            meaning,
        )
    };
    let count = |name: &str, value: f64, meaning: &str| {
        row(name, value, number::whole(value as u64), meaning)
    };
    Table {
        caption: "Reliability as users feel it",
        columns: vec!["quantity", "value", "meaning"],
        rows: vec![
            share(
                "goodput, median epoch",
                stats::quantile(&goodput, 0.5),
                "work kept over GPU time held",
            ),
            share(
                "goodput, worst epoch",
                stats::quantile(&goodput, 0.0),
                "the lowest of any epoch",
            ),
            share(
                "work lost to failures",
                sum(|row| row.lost_gpu_h) / held,
                "GPU-hours lost over GPU-hours held",
            ),
            hours(
                "waiting time, median epoch",
                stats::quantile(&waits, 0.5),
                "mean wait of the jobs started in an epoch",
            ),
            hours(
                "waiting time, p95 of epochs",
                stats::quantile(&waits, 0.95),
                "one epoch in twenty is worse",
            ),
            hours("longest wait", longest, "of any job that started"),
            count("jobs finished", finished, "over the run"),
            count(
                "jobs withdrawn while waiting",
                sum(|row| f64::from(row.jobs_abandoned)),
                "given up, or too large for the fleet",
            ),
            row(
                "interruptions per 1 000 jobs finished",
                sum(|row| f64::from(row.jobs_interrupted)) / finished * 1000.0,
                number::fixed(
                    sum(|row| f64::from(row.jobs_interrupted)) / finished * 1000.0,
                    1,
                ),
                "by failures of nodes",
            ),
        ],
    }
}
