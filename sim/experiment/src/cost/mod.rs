//! What a training job costs: from a file of workload, hardware and parallelism to step time, memory, days, energy and money.
//!
//! It reads files, tries layouts and adds up; every formula is `training`'s. It knows no coin, network or provider.

mod answer;
mod best;
mod bill;
mod course;
mod exchange;
mod file;
mod hardware;
mod keys;
mod layout;
mod software;
mod terms;
mod workload;

use training::{Layout, Step, step_time};

pub use answer::{
    Answer, Candidate, Checkpoint, Group, LayoutUsed, Memory, Misfit, Money, Owned, Round,
    StepTimes,
};
pub use exchange::{Exchange, LocalSgd, Overlap, Uneven};
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
            &island.calibration,
            self.training.batch,
        )
    }
}

#[cfg(test)]
mod testing {
    //! Jobs for the tests of this folder.

    use std::fs;
    use std::path::{Path, PathBuf};

    use super::Job;
    use crate::scenario::Faults;

    /// Eight A100 in one node, spread by the best layout.
    pub const NODE: &str = "schema = 1\nname = \"node\"\nparallelism = \"best\"\n\n[workload]\nkind = \"gpt\"\nlayers = 12\nhidden = 2048\n\
        heads = 16\nvocab = 50_000\nseq = 1024\n\n[training]\nbatch = 24\ntraining_tokens = 1_000_000_000\n\n[hardware]\n\
        gpu = \"a100_sxm_80gb\"\ngpus = 8\ngpus_per_node = 8\n";

    /// Two kinds of islands; the second is faster.
    pub const ISLANDS: &str = "schema = 1\nname = \"islands\"\nparallelism = \"best\"\n\n[workload]\nshape = \"tinyllama_1b\"\n\n[training]\n\
        batch = 64\ntraining_tokens = 1_000_000_000\n\n[local_sgd]\ninner_steps = 50\nuneven = \"window\"\n\n[[islands]]\ncount = 3\n\
        gpu = \"rtx_4090\"\ngpus = 1\ngpus_per_node = 1\nup = \"50 Mbit/s\"\ndown = \"300 Mbit/s\"\n\n[[islands]]\n\
        gpu = \"h100_sxm\"\ngpus = 2\ngpus_per_node = 8\nup = \"1 Gbit/s\"\ndown = \"1 Gbit/s\"\n";

    /// A job from a text.
    pub fn load(text: &str) -> Result<Job, Faults> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("job.toml");
        fs::write(&file, text).unwrap();
        Job::load(&file)
    }

    /// The committed examples.
    pub fn examples() -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/training");
        let files = fs::read_dir(folder).unwrap();
        let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files
    }
}
