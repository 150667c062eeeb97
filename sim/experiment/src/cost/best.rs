//! Looks at every feasible layout of a job on its GPUs and keeps the fastest.
//!
//! The order is fixed: by step time, then by fewest GPUs, then by the degrees themselves. What does not fit the memory is never timed.

use std::collections::BTreeMap;

use training::{Layout, Recompute, Step, ZeroStage, memory_per_gpu};

use super::Job;
use super::hardware::Island;
use super::layout::ZERO;

/// A layout with its step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timed {
    /// Layout.
    pub layout: Layout,
    /// Its step.
    pub step: Step,
}

impl Timed {
    /// Whether this one is to be preferred.
    fn is_before(&self, other: &Timed) -> bool {
        let order = self.step.total.total_cmp(&other.step.total);
        let order = order.then(self.layout.gpus().cmp(&other.layout.gpus()));
        order.then(self.layout.cmp(&other.layout)).is_lt()
    }
}

/// The fastest feasible layouts, the best first: at most `wanted`, and of each tensor, pipeline and data degree only the best.
pub fn best(job: &Job, island: &Island, wanted: usize) -> Vec<Timed> {
    let mut search = Search {
        job,
        island,
        found: BTreeMap::new(),
    };
    search.degrees();
    let mut found: Vec<Timed> = search.found.into_values().collect();
    found.sort_by(|a, b| match a.is_before(b) {
        true => std::cmp::Ordering::Less,
        false => std::cmp::Ordering::Greater,
    });
    found.truncate(wanted);
    found
}

struct Search<'a> {
    job: &'a Job,
    island: &'a Island,
    found: BTreeMap<[u32; 3], Timed>,
}

impl Search<'_> {
    /// Tensor parallelism inside a node, stages that divide the layers, replicas that divide the batch.
    fn degrees(&mut self) {
        let shape = self.job.workload.shape;
        let gpus = self.island.gpus;
        let tensor_max = self.island.network.gpus_per_node.min(gpus);
        for tensor in divisors(shape.heads, tensor_max) {
            for pipeline in divisors(shape.layers, gpus / tensor) {
                let replicas_max = gpus / (tensor * pipeline);
                let batch = u32::try_from(self.job.training.batch).unwrap_or(u32::MAX);
                for data in divisors(batch, replicas_max) {
                    self.passes(Layout {
                        tensor,
                        pipeline,
                        data,
                        sequence_parallel: tensor > 1,
                        ..Layout::SINGLE
                    });
                }
            }
        }
    }

    /// What is sharded and recomputed, and how the batch is cut.
    fn passes(&mut self, degrees: Layout) {
        let stages: &[ZeroStage] = match degrees.data {
            1 => &ZERO[..1],
            _ => &ZERO,
        };
        let share = u32::try_from(self.job.training.batch).unwrap_or(u32::MAX) / degrees.data;
        for &zero in stages {
            for recompute in [Recompute::None, Recompute::Selective, Recompute::Full] {
                for micro_batch in divisors(share, share) {
                    let layout = Layout {
                        micro_batch,
                        recompute,
                        zero,
                        ..degrees
                    };
                    // A larger micro-batch keeps more.
                    if !self.fits(&layout) {
                        break;
                    }
                    self.chunks(layout);
                }
            }
        }
    }

    /// Interleaving, where the micro-batches go round the stages evenly.
    fn chunks(&mut self, layout: Layout) {
        self.consider(layout);
        let is_even = layout
            .micro_batches(self.job.training.batch)
            .is_multiple_of(u64::from(layout.pipeline));
        if layout.pipeline == 1 || !is_even {
            return;
        }
        let per_stage = self.job.workload.shape.layers / layout.pipeline;
        for interleave in divisors(per_stage, per_stage).filter(|chunks| *chunks > 1) {
            let layout = Layout {
                interleave,
                ..layout
            };
            if self.fits(&layout) {
                self.consider(layout);
            }
        }
    }

    fn fits(&self, layout: &Layout) -> bool {
        memory_per_gpu(&self.job.workload.shape, layout).fits(&self.island.gpu)
    }

    fn consider(&mut self, layout: Layout) {
        let shape = &self.job.workload.shape;
        if layout.check(shape, self.job.training.batch).is_err() {
            return;
        }
        let timed = Timed {
            layout,
            step: self.job.step(self.island, &layout),
        };
        let degrees = [layout.tensor, layout.pipeline, layout.data];
        let known = self.found.entry(degrees).or_insert(timed);
        if timed.is_before(known) {
            *known = timed;
        }
    }
}

/// Divisors of a number up to a limit, from 1.
fn divisors(number: u32, most: u32) -> impl Iterator<Item = u32> {
    (1..=most.min(number)).filter(move |of| number.is_multiple_of(*of))
}
