//! Tables of the validation: a line for each group, and what rows are off by.

use conform::measured::{GroupLine, Report, RowLine};

use crate::kit::number;
use crate::table::{Cell, Table};

/// One row a group.
pub fn groups(report: &Report) -> Table {
    let row = |group: &GroupLine| {
        let held_out = group.evaluated - group.fitted;
        let error = |value: f64, rows: usize| match rows {
            0 => Cell::text("–"),
            _ => percent(value),
        };
        vec![
            Cell::text(group.group.clone()),
            Cell::count(group.rows),
            Cell::count(group.evaluated),
            Cell::count(group.fitted),
            Cell::spelled(
                group.within as f64,
                format!("{} of {held_out}", group.within),
            ),
            error(group.mape, held_out),
            error(group.median_ape, held_out),
            error(group.p90_ape, held_out),
            error(group.mape_fitted, group.fitted),
            Cell::text(group.target.clone().unwrap_or_else(|| "–".to_owned())),
            Cell::text(met(group.met)),
        ]
    };
    Table {
        caption: "Errors of each group, on the rows that were not fitted on",
        columns: vec![
            "group",
            "rows",
            "answered",
            "fitted on",
            "within tolerance",
            "MAPE",
            "median",
            "p90",
            "MAPE fitted",
            "target",
            "met",
        ],
        rows: report.groups.iter().map(row).collect(),
    }
}

/// What rows are off by; `most` of each group, the furthest first, of those not fitted on. Without `most` all rows, in the file's order.
pub fn residuals(report: &Report, most: Option<usize>) -> Table {
    let mut kept: Vec<&RowLine> = Vec::new();
    match most {
        None => kept.extend(&report.rows),
        Some(most) => {
            for group in &report.groups {
                kept.extend(furthest(report, &group.group, most));
            }
        }
    }
    Table {
        caption: match most {
            None => "Every row of the file",
            Some(_) => "The rows of each group that are furthest off, of those not fitted on",
        },
        columns: vec![
            "row",
            "group",
            "metric",
            "unit",
            "published",
            "predicted",
            "off",
            "within tolerance",
            "fitted on",
            "remark",
        ],
        rows: kept.into_iter().map(residual).collect(),
    }
}

fn furthest<'a>(report: &'a Report, group: &str, most: usize) -> Vec<&'a RowLine> {
    let mut rows: Vec<&RowLine> = report
        .rows
        .iter()
        .filter(|row| row.group == group && !row.fitted)
        .collect();
    // A row without an answer is off by more than any.
    let off = |row: &RowLine| row.ape.unwrap_or(f64::INFINITY);
    rows.sort_by(|a, b| off(b).total_cmp(&off(a)));
    rows.truncate(most);
    rows
}

fn residual(row: &RowLine) -> Vec<Cell> {
    let yes = |is: bool| Cell::text(if is { "yes" } else { "no" });
    let off = |predicted: f64| {
        let off = predicted / row.expected - 1.0;
        let sign = if off > 0.0 { "+" } else { "" };
        Cell::spelled(off, format!("{sign}{} %", number::fixed(off * 100.0, 2)))
    };
    vec![
        Cell::text(row.id.clone()),
        Cell::text(row.group.clone()),
        Cell::text(row.metric.clone()),
        Cell::text(row.unit.clone()),
        Cell::short(row.expected),
        row.predicted.map_or_else(|| Cell::text("–"), Cell::short),
        row.predicted.map_or_else(|| Cell::text("–"), off),
        yes(row.within),
        yes(row.fitted),
        Cell::text(row.reason.clone().unwrap_or_default()),
    ]
}

fn percent(value: f64) -> Cell {
    Cell::spelled(value, format!("{} %", number::fixed(value, 2)))
}

fn met(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "yes",
        Some(false) => "no",
        None => "–",
    }
}
