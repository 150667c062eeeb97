//! Fitting the constants: which rows, in which order, from where.
//!
//! The rows of a stack are split by their place in the file: of each stack and kind of GPU every second row is fitted on, beginning with the
//! second, so at most half. Groups of fewer than eight rows are never fitted on. Each set is found by [`descend`] in the logarithm
//! of its constants, near a start that is declared here, and written with four digits.

mod descent;
mod stages;

use training::Calibration;

use super::calibrations::{Calibrated, Calibrations};
use super::inputs::Inputs;
use super::predict::Question;
use super::rows::Row;
use super::stack::Stack;
use super::target::mean;
use descent::descend;
use stages::{STAGES, Stage};

/// Groups with fewer rows are never fitted on.
const ROWS_MIN: usize = 8;

/// What a fit found.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The constants, with the rows they were fitted on.
    pub calibrations: Calibrations,
    /// Each set, in the order of the fit.
    pub sets: Vec<FittedSet>,
}

/// One set of constants and how near it came.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedSet {
    /// Software and cluster.
    pub stack: Stack,
    /// Kind of GPU.
    pub gpu: &'static str,
    /// Rows fitted on.
    pub rows: usize,
    /// Their mean absolute error, percent.
    pub mape: f64,
}

/// The constants with one model size left out of a fit, tried on that size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeftOut {
    /// Hidden width of the size.
    pub hidden: u32,
    /// Its rows.
    pub rows: usize,
    /// Their mean absolute error, percent.
    pub mape: f64,
}

/// Fits every set of constants. Deterministic: the same rows give the same constants on every machine.
///
/// # Errors
/// The stack and GPU that too few rows are there for, or a row that cannot be answered, by name.
pub fn fit(rows: &[Row]) -> Result<Fitted, String> {
    let mut sets: Vec<Calibrated> = Vec::new();
    let mut lines = Vec::new();
    for stage in &STAGES {
        let measured = measured(rows, stage, |_| true)?;
        let chosen: Vec<Measured<'_>> = measured.into_iter().skip(1).step_by(2).collect();
        let calibration = solve(stage, &sets, &chosen);
        lines.push(FittedSet {
            stack: stage.stack,
            gpu: stage.gpu,
            rows: chosen.len(),
            mape: error(&chosen, &calibration),
        });
        sets.push(Calibrated {
            stack: stage.stack,
            gpu: stage.gpu.to_owned(),
            calibration,
            origins: stage.origins(chosen.len()),
            fitted: chosen.iter().map(|row| row.id.to_owned()).collect(),
        });
    }
    Ok(Fitted {
        calibrations: Calibrations::new(sets),
        sets: lines,
    })
}

/// Fits the constants of vTrain's many-node rows once for each model size, on all rows of the others, and tries them on that size.
///
/// # Errors
/// As [`fit()`].
pub fn leave_one_size_out(rows: &[Row]) -> Result<Vec<LeftOut>, String> {
    let fitted = fit(rows)?;
    let stage = STAGES
        .iter()
        .find(|stage| stage.stack == Stack::VtrainMulti)
        .expect("vTrain's many-node rows have a stage");
    let sets = fitted.calibrations.all();
    let width = |row: &Row| row.inputs.get("hidden").and_then(serde_json::Value::as_u64);
    let mut widths: Vec<u64> = rows
        .iter()
        .filter(|row| row.group == stage.group)
        .filter_map(width)
        .collect();
    widths.sort_unstable();
    widths.dedup();
    widths
        .into_iter()
        .map(|hidden| {
            let others = measured(rows, stage, |row| width(row) != Some(hidden))?;
            let own = measured(rows, stage, |row| width(row) == Some(hidden))?;
            let calibration = solve(stage, sets, &others);
            Ok(LeftOut {
                hidden: u32::try_from(hidden).unwrap_or(u32::MAX),
                rows: own.len(),
                mape: error(&own, &calibration),
            })
        })
        .collect()
}

/// A row ready to be asked again and again.
struct Measured<'a> {
    id: &'a str,
    question: Question,
    expected: f64,
}

/// The rows of a stage's group and GPU that are wanted.
fn measured<'a>(
    rows: &'a [Row],
    stage: &Stage,
    wanted: impl Fn(&Row) -> bool,
) -> Result<Vec<Measured<'a>>, String> {
    let of_group: Vec<&Row> = rows.iter().filter(|row| row.group == stage.group).collect();
    if of_group.len() < ROWS_MIN {
        return Err(format!(
            "group {}: {} rows, of which {ROWS_MIN} are needed to fit on half",
            stage.group,
            of_group.len()
        ));
    }
    let mut found = Vec::new();
    for row in of_group {
        let inputs = Inputs::new(&row.inputs, &row.metric);
        if inputs.text("gpu") != Some(stage.gpu) || !wanted(row) {
            continue;
        }
        let question = Question::of(&inputs, &row.group, &row.metric)
            .map_err(|why| format!("row {}: {why}", row.id))?;
        found.push(Measured {
            id: &row.id,
            question,
            expected: row.expected,
        });
    }
    Ok(found)
}

fn solve(stage: &Stage, sets: &[Calibrated], rows: &[Measured<'_>]) -> Calibration {
    let start = stage.start(sets);
    let free: Vec<usize> = stage.free_constants().collect();
    let constants = &Calibration::CONSTANTS;
    let with = |logs: &[f64]| {
        let mut calibration = start;
        for (at, log) in free.iter().zip(logs) {
            *(constants[*at].of)(&mut calibration) = libm::exp(*log);
        }
        calibration
    };
    let mut base = start;
    let first: Vec<f64> = free
        .iter()
        .map(|at| libm::log(*(constants[*at].of)(&mut base)))
        .collect();
    // A range from zero has no logarithm: a millionth of its end stands for it.
    let range: Vec<(f64, f64)> = free
        .iter()
        .map(|at| {
            let constant = &constants[*at];
            (
                libm::log(constant.min.max(constant.max * 1e-6)),
                libm::log(constant.max),
            )
        })
        .collect();
    let residuals = |logs: &[f64]| {
        let calibration = with(logs);
        rows.iter()
            .map(|row| libm::log(row.question.answer(&calibration) / row.expected))
            .collect()
    };
    let mut found = with(&descend(&first, &range, stage.stiffness, &residuals));
    for at in free {
        let value = (constants[at].of)(&mut found);
        *value = four_digits(*value);
    }
    found
}

/// Four significant digits: more than the rows can tell, and the same on every machine.
fn four_digits(value: f64) -> f64 {
    format!("{value:.3e}")
        .parse()
        .expect("a number as it was just written")
}

fn error(rows: &[Measured<'_>], calibration: &Calibration) -> f64 {
    let apes: Vec<f64> = rows
        .iter()
        .map(|row| (row.question.answer(calibration) / row.expected - 1.0).abs() * 100.0)
        .collect();
    mean(&apes)
}
