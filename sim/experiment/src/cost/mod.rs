//! What a training job costs: from a file of workload, hardware and parallelism to step time, memory, days, energy and money.
//!
//! It reads files, tries layouts and adds up; every formula is `training`'s. It knows no coin, network or provider.

mod answer;
mod best;
mod exchange;
mod file;
mod hardware;
mod keys;
mod layout;
mod terms;
mod workload;

use training::{Layout, Step, step_time};

pub use answer::{
    Answer, Candidate, Checkpoint, Group, LayoutUsed, Memory, Misfit, Money, Owned, Round,
    StepTimes,
};
pub use exchange::{LocalSgd, Overlap, Uneven};
pub use hardware::Island;
pub use keys::Assumed;
pub use layout::Parallelism;
pub use terms::{Failures, Prices};
pub use workload::{Training, Workload};

/// Name of the document; a folder that has it holds the cost of a job.
pub const COST: &str = "cost.json";
/// Number of the document's schema.
pub const COST_SCHEMA: u32 = 1;

/// A checked job: what is trained, on what, spread how.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Name, which also names its folder.
    pub name: String,
    /// What is trained.
    pub workload: Workload,
    /// How much of it.
    pub training: Training,
    /// One fabric, or several kinds of islands.
    pub islands: Vec<Island>,
    /// How islands exchange; nothing on one fabric.
    pub local_sgd: Option<LocalSgd>,
    /// How it is spread.
    pub parallelism: Parallelism,
    /// Failures and checkpoints.
    pub failures: Failures,
    /// Electricity and machines.
    pub prices: Prices,
    /// Values that the file leaves out.
    pub assumed: Vec<Assumed>,
}

impl Job {
    /// One step of an island under a layout that it can run.
    fn step(&self, island: &Island, layout: &Layout) -> Step {
        step_time(
            &self.workload.shape,
            &island.gpu,
            layout,
            &island.network,
            self.training.batch,
        )
    }
}
