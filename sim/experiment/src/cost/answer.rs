//! The document that tells what a job costs: its fields. How they come about is in `course.rs` and `bill.rs`.

use serde::Serialize;
use training::{Layout, Recompute};

use super::Assumed;
use super::best::Timed;
use super::layout::RECOMPUTE;

/// Everything that is told of a job.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Number of the schema.
    pub schema: u32,
    /// Version of the program.
    pub version: &'static str,
    /// Name of the job.
    pub name: String,
    /// Name of the workload.
    pub workload: String,
    /// Parameters.
    pub params: u64,
    /// Model operations of a training token, in FLOP.
    pub flop_per_token: f64,
    /// Training tokens of the whole run.
    pub training_tokens: u64,
    /// GPUs in use.
    pub gpus: u64,
    /// Each kind of island; one where everything is on one fabric.
    pub groups: Vec<Group>,
    /// The exchange between islands.
    pub round: Option<Round>,
    /// Training tokens a second while nothing fails.
    pub tokens_per_s: f64,
    /// Model operations over peak.
    pub mfu: f64,
    /// The same with recomputed operations counted.
    pub hfu: f64,
    /// Whether it fits the memory everywhere.
    pub fits: bool,
    /// Checkpoints and failures.
    pub checkpoint: Checkpoint,
    /// Days from the first step to the last, failures and checkpoints included.
    pub days: f64,
    /// Hours that GPUs are held.
    pub gpu_hours: f64,
    /// Energy at the meter.
    pub energy_kwh: f64,
    /// What is paid.
    pub money: Money,
    /// Values that the file leaves out.
    pub assumed: Vec<Assumed>,
}

/// Islands of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Islands like this one.
    pub count: u32,
    /// GPU kind.
    pub gpu: String,
    /// GPUs of each in use.
    pub gpus: u64,
    /// GPUs that each has.
    pub gpus_held: u32,
    /// Sequences of an (inner) step of each.
    pub batch: u64,
    /// How the job is spread over each.
    pub layout: LayoutUsed,
    /// One (inner) step.
    pub step: StepTimes,
    /// Memory of the fullest GPU.
    pub memory: Memory,
    /// The fastest feasible layouts, the best first.
    pub candidates: Vec<Candidate>,
}

/// A layout that might have been used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Layout.
    pub layout: LayoutUsed,
    /// One step.
    pub step: StepTimes,
}

/// A layout in words and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayoutUsed {
    /// GPUs that share each matrix.
    pub tensor: u32,
    /// Pipeline stages.
    pub pipeline: u32,
    /// Replicas.
    pub data: u32,
    /// Sequences of a pass.
    pub micro_batch: u32,
    /// Model chunks of a stage.
    pub interleave: u32,
    /// What is recomputed.
    pub recompute: &'static str,
    /// Whether norms and dropouts are split along the sequence.
    pub sequence_parallel: bool,
    /// ZeRO stage.
    pub zero: u8,
}

/// Seconds of a step by cause.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StepTimes {
    /// Matrix products.
    pub compute_s: f64,
    /// Kernels bound by device memory.
    pub memory_s: f64,
    /// Stages waiting for the pipeline to fill and drain.
    pub bubble_s: f64,
    /// Tensor-parallel collectives.
    pub tensor_s: f64,
    /// Activations passed between stages.
    pub stages_s: f64,
    /// The whole exchange between replicas.
    pub data_s: f64,
    /// The part of it that nothing hides.
    pub exposed_s: f64,
    /// Host launches that nothing hides.
    pub launch_s: f64,
    /// The optimiser's update, and what each step costs whatever its size.
    pub update_s: f64,
    /// All of it, the exchange only as far as it is exposed.
    pub total_s: f64,
    /// Training tokens a second.
    pub tokens_per_s: f64,
    /// Model operations over peak.
    pub mfu: f64,
    /// The same with recomputed operations counted.
    pub hfu: f64,
}

/// Memory of one GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Memory {
    /// Weights, gradients, optimiser state.
    pub states_bytes: u64,
    /// Activations kept.
    pub activations_bytes: u64,
    /// What the device has.
    pub device_bytes: u64,
    /// Whether both fit in what is usable of it.
    pub fits: bool,
}

/// One round of local SGD.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Round {
    /// Islands of all kinds.
    pub islands: u32,
    /// Inner steps of the slowest.
    pub inner_steps: u32,
    /// Seconds of its inner steps.
    pub inner_s: f64,
    /// What each island sends.
    pub payload_bytes: u64,
    /// Seconds of the exchange.
    pub sync_s: f64,
    /// Seconds of a round.
    pub total_s: f64,
    /// Share of a round that the slowest island trains.
    pub utilisation: f64,
}

/// Checkpoints and failures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Checkpoint {
    /// Size of one.
    pub size_bytes: u64,
    /// Time that training stands still for one.
    pub blocking_s: f64,
    /// Mean time between failures of the whole job.
    pub mtbf_s: f64,
    /// Training between two: Daly's interval on one fabric, a round between islands.
    pub interval_s: f64,
    /// Expected share of the time spent on steps that count.
    pub effective_time_ratio: f64,
}

/// What is paid, in dollars.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Money {
    /// For rented GPUs; nothing where a rent is unknown.
    pub rent_usd: Option<f64>,
    /// For one's own; nothing where a purchase price is unknown.
    pub owned: Option<Owned>,
}

/// What one's own machines cost, in dollars.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Owned {
    /// Value that servers and network lose meanwhile.
    pub capital_usd: f64,
    /// Electricity.
    pub energy_usd: f64,
    /// Both.
    pub total_usd: f64,
}

/// No layout of a job fits an island's memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// GPUs of the island.
    pub gpus: u32,
    /// Their kind.
    pub kind: String,
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "no layout fits the memory of {} {}\n  hint: more GPUs, GPUs with more memory, or a larger batch that splits over more replicas",
            self.gpus, self.kind
        )
    }
}

impl LayoutUsed {
    pub(super) fn of(layout: &Layout) -> Self {
        let word = |wanted: Recompute| {
            let found = RECOMPUTE.iter().find(|(_, known)| *known == wanted);
            found.map_or("", |(word, _)| word)
        };
        Self {
            tensor: layout.tensor,
            pipeline: layout.pipeline,
            data: layout.data,
            micro_batch: layout.micro_batch,
            interleave: layout.interleave,
            recompute: word(layout.recompute),
            sequence_parallel: layout.sequence_parallel,
            zero: layout.zero as u8,
        }
    }
}

impl StepTimes {
    /// The parts that add up to the step, with their names.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, f64); 8] {
        [
            ("compute", self.compute_s),
            ("memory", self.memory_s),
            ("bubble", self.bubble_s),
            ("tensor", self.tensor_s),
            ("stages", self.stages_s),
            ("exposed", self.exposed_s),
            ("launch", self.launch_s),
            ("update", self.update_s),
        ]
    }

    pub(super) fn of(timed: &Timed) -> Self {
        let step = &timed.step;
        Self {
            compute_s: step.compute,
            memory_s: step.memory,
            bubble_s: step.bubble,
            tensor_s: step.tensor,
            stages_s: step.stages,
            data_s: step.data,
            exposed_s: step.exposed,
            launch_s: step.launch,
            update_s: step.update,
            total_s: step.total,
            tokens_per_s: step.tokens_per_s,
            mfu: step.mfu,
            hfu: step.hfu,
        }
    }
}
