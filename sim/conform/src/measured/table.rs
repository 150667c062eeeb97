//! A report as text for people.

use std::fmt::Write;

use super::fit::{Fitted, LeftOut};
use super::report::Report;

/// One line a group, then every row that has no answer or something to say about it.
#[must_use]
pub fn table(report: &Report) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<14} {:>5} {:>9} {:>6} {:>6} {:>7} {:>7} {:>7}  {:<22} {:<4} target",
        "group",
        "rows",
        "evaluated",
        "fitted",
        "within",
        "MAPE",
        "median",
        "p90",
        "worst row",
        "met"
    );
    for line in &report.groups {
        let met = match line.met {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "-",
        };
        let _ = writeln!(
            text,
            "{:<14} {:>5} {:>9} {:>6} {:>6} {:>6.2}% {:>6.2}% {:>6.2}%  {:<22} {met:<4} {}",
            line.group,
            line.rows,
            line.evaluated,
            line.fitted,
            line.within,
            line.mape,
            line.median_ape,
            line.p90_ape,
            line.worst.as_deref().unwrap_or("-"),
            line.target.as_deref().unwrap_or("none"),
        );
    }
    text.push_str("Errors are those of rows that no constant was fitted on.\n");
    for row in &report.rows {
        if let Some(reason) = &row.reason {
            let answered = if row.predicted.is_some() {
                "note"
            } else {
                "not evaluated"
            };
            let _ = writeln!(
                text,
                "{} ({}, {}): {answered}: {reason}",
                row.id, row.group, row.metric
            );
        }
    }
    text
}

/// What a fit found: rows and errors a set, then the errors with each model size left out.
#[must_use]
pub fn fit_table(fitted: &Fitted, left_out: &[LeftOut]) -> String {
    let mut text = format!(
        "{:<14} {:<15} {:>11} {:>9}\n",
        "stack", "GPU", "fitted rows", "their MAPE"
    );
    for set in &fitted.sets {
        let _ = writeln!(
            text,
            "{:<14} {:<15} {:>11} {:>9.2}%",
            set.stack.name(),
            set.gpu,
            set.rows,
            set.mape
        );
    }
    for size in left_out {
        let _ = writeln!(
            text,
            "vtrain_multi, hidden width {} left out: MAPE {:.2}% on its {} rows",
            size.hidden, size.mape, size.rows
        );
    }
    text
}
