//! What one GPU does for one micro-batch: a layer, and the vocabulary head, forward and backward.

use crate::calibration::Calibration;
use crate::gpu::Gpu;
use crate::layout::{Layout, Recompute};
use crate::network::{Network, send_s};
use crate::workload::Transformer;

/// Seconds of one pass through a layer (or the head) on one GPU, forward and backward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pass {
    /// Matrix products.
    pub compute: f64,
    /// Kernels bound by device memory.
    pub memory: f64,
    /// Tensor-parallel collectives.
    pub tensor: f64,
    /// Launches that these do not hide.
    pub launch: f64,
    /// Bytes of the residual stream of the micro-batch, 2 a value.
    pub residual_bytes: f64,
}

impl Pass {
    pub(crate) fn total(&self) -> f64 {
        self.compute + self.memory + self.tensor + self.launch
    }
}

/// Of 34 bytes kept per residual element, 24 belong to what tensor parallelism splits (Korthikanti et al., table 2); traffic is taken to
/// be divided alike.
const SPLIT_SHARE: f64 = 24.0 / 34.0;

/// One layer.
pub(crate) fn layer_pass(
    workload: &Transformer,
    gpu: &Gpu,
    layout: &Layout,
    network: &Network,
    calibration: &Calibration,
) -> Pass {
    let tensor_gpus = f64::from(layout.tensor);
    let tokens = f64::from(layout.micro_batch) * f64::from(workload.seq);
    let elements = tokens * f64::from(workload.hidden);
    let residual_bytes = 2.0 * elements;
    let (layer_repeats, core_repeats) = match layout.recompute {
        Recompute::None => (1.0, 1.0),
        Recompute::Selective => (1.0, 4.0 / 3.0),
        Recompute::Full => (4.0 / 3.0, 4.0 / 3.0),
    };
    let peak = gpu.peak.flop_per_s() as f64;
    let side = (f64::from(workload.hidden) / tensor_gpus).min(tokens);
    let (matrix, core) = workload.layer_flop_per_token();
    let compute = tokens / tensor_gpus
        * (layer_repeats * matrix / calibration.achieved_flop_per_s(peak, side)
            + core_repeats * core / (peak * calibration.attention));

    let share = if layout.sequence_parallel {
        1.0 / tensor_gpus
    } else {
        1.0 - SPLIT_SHARE + SPLIT_SHARE / tensor_gpus
    };
    let scores = tokens * f64::from(workload.seq) * f64::from(workload.heads) / tensor_gpus;
    let traffic = layer_repeats * calibration.activation_traffic * elements * share
        + core_repeats * calibration.attention_traffic * scores;
    let memory = send_s(traffic, gpu.memory_bandwidth);
    // Two all-reduces a layer forward, two backward, two more when the forward pass is repeated. With sequence
    // parallelism each is a reduce-scatter and an all-gather of the same bytes.
    let all_reduces = if layout.recompute == Recompute::Full {
        6.0
    } else {
        4.0
    };
    let tensor = all_reduces * network.tensor_ring(layout).all_reduce_s(residual_bytes);
    let host = calibration.launch_s + calibration.tensor_launch_s * (tensor_gpus - 1.0);
    let busy = compute + memory + tensor;
    Pass {
        compute,
        memory,
        tensor,
        launch: calibration.launched_s(busy, host) - busy,
        residual_bytes,
    }
}

/// The vocabulary head and the loss.
pub(crate) fn head_pass(
    workload: &Transformer,
    gpu: &Gpu,
    layout: &Layout,
    calibration: &Calibration,
) -> Pass {
    let tensor_gpus = f64::from(layout.tensor);
    let tokens = f64::from(layout.micro_batch) * f64::from(workload.seq);
    let logits = tokens * f64::from(workload.vocab) / tensor_gpus;
    let side = f64::from(workload.hidden).min(tokens);
    let rate = calibration.achieved_flop_per_s(gpu.peak.flop_per_s() as f64, side);
    Pass {
        compute: 6.0 * logits * f64::from(workload.hidden) / rate,
        memory: send_s(calibration.logit_traffic * logits, gpu.memory_bandwidth),
        tensor: 0.0,
        launch: 0.0,
        residual_bytes: 2.0 * tokens * f64::from(workload.hidden),
    }
}
