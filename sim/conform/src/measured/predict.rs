//! What the model answers to a row: from its group, its metric and its inputs, never from its name.

use training::{Calibration, Recompute};

use super::calibrations::Calibrations;
use super::identities;
use super::inputs::Inputs;
use super::job::Job;
use super::rows::Row;
use super::stack::Stack;

/// A row that a calibration answers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Seconds of a step.
    StepSeconds(Job),
    /// Operations of the hardware, recomputed ones included, per GPU: TFLOP/s.
    HardwareTeraflops(Job),
    /// Training tokens per second and GPU.
    TokensPerGpu(Job),
    /// Step time with everything recomputed, over that with attention only and sequence parallelism.
    FullOverSelective(Job),
}

impl Question {
    /// The question of a row, or why it is none.
    pub fn of(inputs: &Inputs<'_>, group: &str, metric: &str) -> Result<Question, String> {
        if let Some(method) = inputs.text("method")
            && method != "Megatron-LM"
        {
            return Err(format!(
                "input method: `{method}`: only Megatron-LM is modelled"
            ));
        }
        let job = || Job::of(inputs, group);
        match (group, metric) {
            ("vtrain_single" | "vtrain_multi" | "iteration", "iter_s") => {
                Ok(Question::StepSeconds(job()?))
            }
            ("throughput", "hardware_tflops_per_gpu") => Ok(Question::HardwareTeraflops(job()?)),
            ("mosaic", "tokens_per_s_per_gpu") => Ok(Question::TokensPerGpu(job()?)),
            ("ratio", "full/selective") => Ok(Question::FullOverSelective(job()?)),
            _ => Err(format!(
                "no evaluation of metric `{metric}` in group `{group}`"
            )),
        }
    }

    /// The model's answer under a calibration.
    pub fn answer(&self, calibration: &Calibration) -> f64 {
        match self {
            Question::StepSeconds(job) => job.step(calibration).total,
            Question::HardwareTeraflops(job) => {
                let peak = job.gpu.peak.flop_per_s() as f64;
                job.step(calibration).hfu * peak / 1e12
            }
            Question::TokensPerGpu(job) => {
                job.step(calibration).tokens_per_s / job.layout.gpus() as f64
            }
            Question::FullOverSelective(job) => {
                let full = job.recomputing(Recompute::Full, false);
                let selective = job.recomputing(Recompute::Selective, true);
                full.step(calibration).total / selective.step(calibration).total
            }
        }
    }
}

/// An answer, and what has to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// The value in the row's unit, or why there is none.
    pub value: Result<f64, String>,
    /// Inputs that were not understood, constants that were borrowed.
    pub note: Option<String>,
}

/// The model's answer to a row.
pub(super) fn predict(row: &Row, calibrations: &Calibrations) -> Answer {
    let inputs = Inputs::new(&row.inputs, &row.metric);
    let answer = match Stack::of_group(&row.group) {
        Some(stack) => timed(&inputs, row, stack, calibrations),
        None => identities::answer(&inputs, &row.group, &row.metric).map(|value| (value, None)),
    };
    let (value, borrowed) = match answer {
        Ok((value, borrowed)) if value.is_finite() => (Ok(value), borrowed),
        Ok(_) => (Err("the inputs have no finite answer".to_owned()), None),
        Err(why) => (Err(why), None),
    };
    let notes: Vec<String> = borrowed.into_iter().chain(inputs.unknown()).collect();
    Answer {
        value,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    }
}

/// The answer, and a note where the constants are those of another kind of GPU.
fn timed(
    inputs: &Inputs<'_>,
    row: &Row,
    stack: Stack,
    calibrations: &Calibrations,
) -> Result<(f64, Option<String>), String> {
    let question = Question::of(inputs, &row.group, &row.metric)?;
    let machine = inputs.machine()?;
    if let Some(set) = calibrations.of(stack, machine.name) {
        return Ok((question.answer(&set.calibration), None));
    }
    let unmeasured = format!(
        "stack {} was not measured on {}",
        stack.name(),
        machine.name
    );
    let nearest = calibrations.nearest(stack, machine.gpu.peak);
    let set = nearest.ok_or_else(|| format!("{unmeasured}, nor on any other GPU"))?;
    let note = format!("{unmeasured}: the constants of {} were used", set.gpu);
    Ok((question.answer(&set.calibration), Some(note)))
}
