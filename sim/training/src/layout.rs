//! How a job is spread over GPUs: tensor, pipeline and data parallelism, and what is recomputed or sharded.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::workload::Transformer;

/// What the backward pass computes again instead of keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Recompute {
    /// Nothing.
    None,
    /// The attention core (scores, softmax), as fused attention kernels do.
    Selective,
    /// Each layer from its input.
    Full,
}

/// What is sharded over the data-parallel group (ZeRO).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ZeroStage {
    /// Nothing.
    Zero,
    /// Optimiser state.
    One,
    /// Optimiser state and gradients.
    Two,
    /// Optimiser state, gradients and weights (FSDP).
    Three,
}

/// A placement of one job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Layout {
    /// GPUs that share each matrix.
    pub tensor: u32,
    /// Pipeline stages.
    pub pipeline: u32,
    /// Replicas.
    pub data: u32,
    /// Sequences per replica and pass.
    pub micro_batch: u32,
    /// Model chunks per stage (1: plain 1F1B).
    pub interleave: u32,
    /// What is recomputed.
    pub recompute: Recompute,
    /// Whether norms and dropouts are split along the sequence.
    pub sequence_parallel: bool,
    /// What is sharded over the replicas.
    pub zero: ZeroStage,
}

/// Why a layout cannot run a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutFault {
    /// A degree is zero.
    ZeroDegree,
    /// The heads or the hidden width do not split evenly over the tensor-parallel GPUs.
    UnevenTensor,
    /// The layers do not split evenly over stages and chunks.
    UnevenPipeline,
    /// The batch does not split evenly into replicas and micro-batches, or is empty.
    UnevenBatch,
}

impl fmt::Display for LayoutFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LayoutFault::ZeroDegree => "every degree of a layout is at least 1",
            LayoutFault::UnevenTensor => {
                "heads and hidden width must be multiples of the tensor-parallel degree"
            }
            LayoutFault::UnevenPipeline => {
                "layers must be a multiple of pipeline stages times interleaved chunks"
            }
            LayoutFault::UnevenBatch => {
                "the batch must be a positive multiple of replicas times micro-batch"
            }
        })
    }
}

impl core::error::Error for LayoutFault {}

impl Layout {
    /// One GPU, nothing recomputed or sharded: the starting point for struct updates.
    pub const SINGLE: Layout = Layout {
        tensor: 1,
        pipeline: 1,
        data: 1,
        micro_batch: 1,
        interleave: 1,
        recompute: Recompute::None,
        sequence_parallel: false,
        zero: ZeroStage::Zero,
    };

    /// GPUs in use.
    #[must_use]
    pub fn gpus(&self) -> u64 {
        u64::from(self.tensor) * u64::from(self.pipeline) * u64::from(self.data)
    }

    /// Micro-batches each replica works through in a step of `batch` sequences.
    #[must_use]
    pub fn micro_batches(&self, batch: u64) -> u64 {
        batch / (u64::from(self.data) * u64::from(self.micro_batch))
    }

    /// Whether the workload and the batch split evenly.
    ///
    /// # Errors
    /// The first [`LayoutFault`] found.
    pub fn check(&self, workload: &Transformer, batch: u64) -> Result<(), LayoutFault> {
        if [
            self.tensor,
            self.pipeline,
            self.data,
            self.micro_batch,
            self.interleave,
        ]
        .contains(&0)
        {
            return Err(LayoutFault::ZeroDegree);
        }
        if !workload.heads.is_multiple_of(self.tensor)
            || !workload.hidden.is_multiple_of(self.tensor)
        {
            return Err(LayoutFault::UnevenTensor);
        }
        let chunks = u64::from(self.pipeline) * u64::from(self.interleave);
        if !u64::from(workload.layers).is_multiple_of(chunks) {
            return Err(LayoutFault::UnevenPipeline);
        }
        if batch == 0 || !batch.is_multiple_of(u64::from(self.data) * u64::from(self.micro_batch)) {
            return Err(LayoutFault::UnevenBatch);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_uneven_split_is_named() {
        let workload = Transformer::gpt(96, 12_288, 96, 51_200, 2048);
        let good = Layout {
            tensor: 8,
            pipeline: 8,
            data: 2,
            interleave: 3,
            ..Layout::SINGLE
        };
        assert_eq!(good.gpus(), 128);
        assert_eq!(good.micro_batches(64), 32);
        assert_eq!(good.check(&workload, 64), Ok(()));
        let fault = |layout: Layout, batch| layout.check(&workload, batch).unwrap_err();
        assert_eq!(
            fault(Layout { data: 0, ..good }, 64),
            LayoutFault::ZeroDegree
        );
        assert_eq!(
            fault(Layout { tensor: 7, ..good }, 64),
            LayoutFault::UnevenTensor
        );
        assert_eq!(
            fault(
                Layout {
                    interleave: 5,
                    ..good
                },
                64
            ),
            LayoutFault::UnevenPipeline
        );
        assert_eq!(fault(good, 63), LayoutFault::UnevenBatch);
        assert_eq!(fault(good, 0), LayoutFault::UnevenBatch);
    }
}
