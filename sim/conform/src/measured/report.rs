//! The answer to a file of measurements: each row, and each group with its errors.

use serde::Serialize;

use super::calibrations::Calibrations;
use super::fault::Fault;
use super::inputs::Inputs;
use super::job::workload;
use super::predict::predict;
use super::rows::{Row, read};
use super::target::{Judged, mean, target};

/// What a file of measurements says about the model. Errors are absolute, in percent of the published value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Groups, in the order in which the file names them.
    pub groups: Vec<GroupLine>,
    /// Rows, in the file's order.
    pub rows: Vec<RowLine>,
}

/// One group. Its errors are those of rows that no constant was fitted on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupLine {
    /// Its name.
    pub group: String,
    /// Rows in the file.
    pub rows: usize,
    /// Rows that were answered.
    pub evaluated: usize,
    /// Of those, rows that constants were fitted on.
    pub fitted: usize,
    /// Answered rows, not fitted on, within their own tolerance.
    pub within: usize,
    /// Mean absolute error, percent.
    pub mape: f64,
    /// Median absolute error, percent.
    pub median_ape: f64,
    /// The absolute error that nine of ten rows stay within, percent.
    pub p90_ape: f64,
    /// Mean absolute error of the rows fitted on, percent.
    pub mape_fitted: f64,
    /// The row that is furthest off.
    pub worst: Option<String>,
    /// What the group has to reach; nothing for a group without target.
    pub target: Option<String>,
    /// Whether it does. A group with a row that was not answered does not.
    pub met: Option<bool>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RowLine {
    /// Its name.
    pub id: String,
    /// Its group.
    pub group: String,
    /// What was measured.
    pub metric: String,
    /// The model's answer, where it has one.
    pub predicted: Option<f64>,
    /// The published value.
    pub expected: f64,
    /// Unit of both.
    pub unit: String,
    /// Absolute error, percent of the published value.
    pub ape: Option<f64>,
    /// Whether the answer lies within the row's tolerance.
    pub within: bool,
    /// Whether a constant was fitted on the row.
    pub fitted: bool,
    /// Why there is no answer, or which inputs were not understood.
    pub reason: Option<String>,
}

impl Report {
    /// Whether every group with a target meets it, and every row was answered.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.groups
            .iter()
            .all(|group| group.met != Some(false) && group.evaluated == group.rows)
    }
}

/// Answers every row of a file.
///
/// # Errors
/// All faults of the file's form. A row that cannot be answered is no fault: its line says why.
pub fn evaluate(csv_text: &str, calibrations: &Calibrations) -> Result<Report, Vec<Fault>> {
    let rows = read(csv_text)?;
    let lines: Vec<RowLine> = rows.iter().map(|row| line(row, calibrations)).collect();
    let mut names: Vec<&str> = Vec::new();
    for row in &rows {
        if !names.contains(&row.group.as_str()) {
            names.push(&row.group);
        }
    }
    let groups = names
        .iter()
        .map(|name| group_line(name, &rows, &lines))
        .collect();
    Ok(Report {
        groups,
        rows: lines,
    })
}

fn line(row: &Row, calibrations: &Calibrations) -> RowLine {
    let answer = predict(row, calibrations);
    let (predicted, reason) = match answer.value {
        Ok(value) => (Some(value), answer.note),
        Err(why) => (None, Some(why)),
    };
    let ape = predicted.map(|value| (value / row.expected - 1.0).abs() * 100.0);
    RowLine {
        id: row.id.clone(),
        group: row.group.clone(),
        metric: row.metric.clone(),
        predicted,
        expected: row.expected,
        unit: row.unit.clone(),
        ape,
        within: ape.is_some_and(|ape| ape <= row.tolerance * 100.0),
        fitted: calibrations.is_fitted(&row.id),
        reason,
    }
}

fn group_line(name: &str, rows: &[Row], lines: &[RowLine]) -> GroupLine {
    let of_group = || rows.iter().zip(lines).filter(|(row, _)| row.group == name);
    let answered = || of_group().filter_map(|(row, line)| Some((row, line, line.ape?)));
    let fitted: Vec<f64> = answered()
        .filter(|(_, line, _)| line.fitted)
        .map(|(.., ape)| ape)
        .collect();
    let judged: Vec<Judged> = answered()
        .filter(|(_, line, _)| !line.fitted)
        .map(|(row, line, ape)| judged(row, line, ape))
        .collect();
    let mut apes: Vec<f64> = judged.iter().map(|row| row.ape).collect();
    let mape = mean(&apes);
    apes.sort_by(f64::total_cmp);
    let count = of_group().count();
    let evaluated = answered().count();
    let worst = answered()
        .filter(|(_, line, _)| !line.fitted)
        .max_by(|a, b| a.2.total_cmp(&b.2))
        .map(|(row, ..)| row.id.clone());
    let target = target(name);
    GroupLine {
        group: name.to_owned(),
        rows: count,
        evaluated,
        fitted: fitted.len(),
        within: judged.iter().filter(|row| row.within).count(),
        mape,
        median_ape: median(&apes),
        p90_ape: percentile(&apes, 90),
        mape_fitted: mean(&fitted),
        worst,
        target: target.map(|target| target.words()),
        met: target.map(|target| evaluated == count && target.is_met(&judged)),
    }
}

fn judged(row: &Row, line: &RowLine, ape: f64) -> Judged {
    Judged {
        ape,
        off: ape / 100.0 * row.expected,
        within: line.within,
        is_share: row.unit == "%",
        params: workload(&Inputs::new(&row.inputs, &row.metric))
            .ok()
            .map(|workload| workload.params()),
    }
}

/// The middle of sorted values, 0 of none.
fn median(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[half],
        _ => (sorted[half - 1] + sorted[half]) / 2.0,
    }
}

/// The least of sorted values that `percent` of them do not exceed, 0 of none.
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    match (sorted.len() * percent).div_ceil(100) {
        0 => 0.0,
        rank => sorted[rank - 1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_and_nine_of_ten_stay_within_the_90th_percentile() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!((median(&ten), percentile(&ten, 90)), (5.5, 9.0));
        assert_eq!((median(&ten[..3]), percentile(&ten[..3], 90)), (2.0, 3.0));
        assert_eq!((median(&[]), percentile(&[], 90)), (0.0, 0.0));
    }
}
