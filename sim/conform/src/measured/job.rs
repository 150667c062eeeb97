//! A timed row as a job: workload, machine, layout and batch from its inputs.

use training::{
    Calibration, Gpu, Layout, Network, Recompute, Step, Transformer, ZeroStage, step_time,
};
use units::FlopRate;

use super::inputs::Inputs;
use super::stack::{Declared, declared};

/// All that a step's time depends on but its calibration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    pub workload: Transformer,
    pub gpu: Gpu,
    pub network: Network,
    pub layout: Layout,
    pub batch: u64,
    /// Peak of the matrix products over that of attention, which stays in 16 bits.
    pub narrow_speedup: f64,
}

impl Job {
    /// The job of a row, or why it is none.
    pub fn of(inputs: &Inputs<'_>, group: &str) -> Result<Job, String> {
        let declared = declared(group);
        let workload = workload(inputs)?;
        let machine = inputs.machine()?;
        let layout = layout(inputs, &declared)?;
        let per_replica = inputs.optional("grad_accum")?.unwrap_or(0.0) as u64;
        let batch = match inputs.optional_count("batch")? {
            Some(batch) => u64::from(batch),
            None if per_replica > 0 => {
                per_replica * u64::from(layout.data) * u64::from(layout.micro_batch)
            }
            None => u64::from(inputs.count("batch")?),
        };
        layout
            .check(&workload, batch)
            .map_err(|fault| fault.to_string())?;
        let narrow_speedup = match inputs.text("precision") {
            Some("amp_fp8") => 2.0,
            _ => 1.0,
        };
        let peak = machine.gpu.peak.flop_per_s() * narrow_speedup as u64;
        let gpu = Gpu {
            peak: FlopRate::new(peak),
            ..machine.gpu
        };
        Ok(Job {
            workload,
            gpu,
            network: machine.network,
            layout,
            batch,
            narrow_speedup,
        })
    }

    /// The same with this much recomputed.
    pub fn recomputing(self, recompute: Recompute, sequence_parallel: bool) -> Job {
        let layout = Layout {
            recompute,
            sequence_parallel,
            ..self.layout
        };
        Job { layout, ..self }
    }

    /// Its step under a calibration.
    pub fn step(&self, calibration: &Calibration) -> Step {
        let calibration = Calibration {
            attention: calibration.attention / self.narrow_speedup,
            ..*calibration
        };
        step_time(
            &self.workload,
            &self.gpu,
            &self.layout,
            &self.network,
            &calibration,
            self.batch,
        )
    }
}

/// The shape: GPT's, as in every source of these groups.
pub(super) fn workload(inputs: &Inputs<'_>) -> Result<Transformer, String> {
    Ok(Transformer::gpt(
        inputs.count("layers")?,
        inputs.count("hidden")?,
        inputs.count("heads")?,
        inputs.count("vocab")?,
        inputs.count("seq")?,
    ))
}

/// The placement. Replicas are what is left of the GPUs.
pub(super) fn layout(inputs: &Inputs<'_>, declared: &Declared) -> Result<Layout, String> {
    let tensor = inputs.optional_count("tp")?.unwrap_or(1);
    let pipeline = inputs.optional_count("pp")?.unwrap_or(1);
    let gpus = inputs.count("gpus")?;
    let (group, left) = (u64::from(tensor) * u64::from(pipeline), u64::from(gpus));
    if !left.is_multiple_of(group) {
        return Err(format!(
            "{gpus} gpus are no multiple of tp {tensor} times pp {pipeline}"
        ));
    }
    let data = u32::try_from(left / group).unwrap_or(u32::MAX);
    if let Some(stated) = inputs.optional_count("dp")?
        && stated != data
    {
        return Err(format!("dp {stated} is not gpus / (tp × pp) = {data}"));
    }
    let micro_batch = match (inputs.optional_count("microbatch")?, declared.micro_batch) {
        (Some(stated), _) | (None, Some(stated)) => stated,
        (None, None) => inputs.count("microbatch")?,
    };
    let (recompute, sequence_parallel) = recomputation(inputs, declared)?;
    let zero = match inputs.text("sharding") {
        None => declared.zero,
        Some("FULL_SHARD") => ZeroStage::Three,
        Some("SHARD_GRAD_OP") => ZeroStage::Two,
        Some(other) => {
            return Err(format!(
                "input sharding: unknown `{other}`: FULL_SHARD or SHARD_GRAD_OP"
            ));
        }
    };
    Ok(Layout {
        tensor,
        pipeline,
        data,
        micro_batch,
        interleave: inputs.optional_count("interleave")?.unwrap_or(1),
        recompute,
        sequence_parallel,
        zero,
    })
}

fn recomputation(inputs: &Inputs<'_>, declared: &Declared) -> Result<(Recompute, bool), String> {
    if let Some(checkpointing) = inputs.flag("activation_checkpointing")? {
        let recompute = if checkpointing {
            Recompute::Full
        } else {
            Recompute::None
        };
        return Ok((recompute, false));
    }
    let Some(stated) = inputs.text("recompute") else {
        return Ok((declared.recompute, declared.sequence_parallel));
    };
    let (mut recompute, mut sequence_parallel) = (Recompute::None, false);
    for part in stated.split('+') {
        match part {
            "none" => {}
            "full" => recompute = Recompute::Full,
            "selective" => recompute = Recompute::Selective,
            "seqpar" => sequence_parallel = true,
            _ => {
                return Err(format!(
                    "input recompute: unknown `{part}`: none, full, selective or seqpar, joined by +"
                ));
            }
        }
    }
    Ok((recompute, sequence_parallel))
}
