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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::testing::{NODE, load};

    /// The fastest step of every layout there is, feasible by the same rules, found the dull way.
    fn fastest(job: &Job) -> f64 {
        let island = &job.islands[0];
        let mut least = f64::INFINITY;
        let degrees = || 1..=island.gpus;
        for (tensor, pipeline) in degrees().flat_map(|t| degrees().map(move |p| (t, p))) {
            for data in degrees().filter(|data| tensor * pipeline * data <= island.gpus) {
                for (micro_batch, interleave) in
                    (1..=24).flat_map(|m| (1..=48).map(move |i| (m, i)))
                {
                    for (at, recompute) in [Recompute::None, Recompute::Selective, Recompute::Full]
                        .into_iter()
                        .flat_map(|recompute| (0..8).map(move |at| (at, recompute)))
                    {
                        let layout = Layout {
                            tensor,
                            pipeline,
                            data,
                            micro_batch,
                            interleave,
                            recompute,
                            sequence_parallel: at >= 4,
                            zero: ZERO[at % 4],
                        };
                        least = least.min(feasible_step_s(job, island, &layout));
                    }
                }
            }
        }
        least
    }

    fn feasible_step_s(job: &Job, island: &Island, layout: &Layout) -> f64 {
        let shape = &job.workload.shape;
        let is_legal = layout.check(shape, job.training.batch).is_ok()
            && (layout.interleave == 1
                || layout
                    .micro_batches(job.training.batch)
                    .is_multiple_of(u64::from(layout.pipeline)));
        match is_legal && memory_per_gpu(shape, layout).fits(&island.gpu) {
            true => job.step(island, layout).total,
            false => f64::INFINITY,
        }
    }

    #[test]
    fn no_layout_that_fits_is_faster_than_the_best() {
        for text in [
            NODE.to_owned(),
            NODE.replace("layers = 12", "layers = 96"),
            NODE.replace("a100_sxm_80gb", "rtx_3090"),
        ] {
            let job = load(&text).unwrap();
            let found = best(&job, &job.islands[0], 1);
            assert_eq!(found[0].step.total, fastest(&job), "{:?}", found[0].layout);
        }
    }

    #[test]
    fn layouts_come_fastest_first_and_each_degree_once() {
        let job = load(NODE).unwrap();
        let found = best(&job, &job.islands[0], 8);
        assert_eq!(found.len(), 8);
        for pair in found.windows(2) {
            assert!(pair[0].step.total <= pair[1].step.total);
            let degrees = |it: &Timed| [it.layout.tensor, it.layout.pipeline, it.layout.data];
            assert_ne!(degrees(&pair[0]), degrees(&pair[1]));
        }
    }

    #[test]
    fn among_equals_the_fewest_gpus_win_then_the_least_degrees() {
        let job = load(NODE).unwrap();
        let step = job.step(&job.islands[0], &Layout::SINGLE);
        let timed = |tensor, data| Timed {
            layout: Layout {
                tensor,
                data,
                ..Layout::SINGLE
            },
            step,
        };
        assert!(timed(4, 1).is_before(&timed(1, 8)));
        assert!(timed(1, 4).is_before(&timed(4, 1)));
        assert!(!timed(1, 4).is_before(&timed(1, 4)));
    }

    #[test]
    fn nothing_is_found_where_nothing_fits() {
        let job = load(&NODE.replace("layers = 12", "layers = 2000")).unwrap();
        assert!(best(&job, &job.islands[0], 8).is_empty());
        assert_eq!(job.answer().unwrap_err().gpus, 8);
    }
}
