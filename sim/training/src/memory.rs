//! Device memory: training states and kept activations, per GPU of the first (fullest) pipeline stage.

use units::Bytes;

use crate::gpu::Gpu;
use crate::layout::{Layout, Recompute, ZeroStage};
use crate::rounding::to_u64;
use crate::workload::Transformer;

/// Bytes per parameter in Megatron mixed precision: 2-byte weights, 4-byte gradients, 4-byte master weights and two Adam moments.
const WEIGHT_BYTES: f64 = 2.0;
const GRADIENT_BYTES: f64 = 4.0;
const OPTIMISER_BYTES: f64 = 12.0;

/// What one GPU has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryPerGpu {
    /// Weights, gradients and optimiser state.
    pub states: Bytes,
    /// Activations kept for the backward pass.
    pub activations: Bytes,
}

impl MemoryPerGpu {
    /// Whether both fit in 90 % of the device: the rest is for buffers, fragmentation and the driver.
    #[must_use]
    pub fn fits(&self, gpu: &Gpu) -> bool {
        self.states + self.activations <= usable(gpu)
    }
}

/// Memory that states and activations may take: 90 % of the device, rounded down.
pub(crate) fn usable(gpu: &Gpu) -> Bytes {
    Bytes::new(gpu.memory.bytes() / 10 * 9)
}

/// Memory on one GPU. States are spread evenly over tensor and pipeline ranks (the embeddings' imbalance is neglected); activations
/// are those of a full pipeline, as when there are at least as many micro-batches as stages.
#[must_use]
pub fn memory_per_gpu(workload: &Transformer, layout: &Layout) -> MemoryPerGpu {
    MemoryPerGpu {
        states: Bytes::new(to_u64(state_bytes(workload, layout))),
        activations: Bytes::new(to_u64(activation_bytes(workload, layout))),
    }
}

fn state_bytes(workload: &Transformer, layout: &Layout) -> f64 {
    let replicas = f64::from(layout.data);
    let shared_from = |stage| if layout.zero >= stage { replicas } else { 1.0 };
    let per_param = WEIGHT_BYTES / shared_from(ZeroStage::Three)
        + GRADIENT_BYTES / shared_from(ZeroStage::Two)
        + OPTIMISER_BYTES / shared_from(ZeroStage::One);
    workload.params() as f64 * per_param / (f64::from(layout.tensor) * f64::from(layout.pipeline))
}

fn activation_bytes(workload: &Transformer, layout: &Layout) -> f64 {
    let [layers, hidden, heads, seq] = [
        workload.layers,
        workload.hidden,
        workload.heads,
        workload.seq,
    ]
    .map(f64::from);
    let [tensor, pipeline, micro_batch, chunks] = [
        layout.tensor,
        layout.pipeline,
        layout.micro_batch,
        layout.interleave,
    ]
    .map(f64::from);
    let split = if layout.sequence_parallel {
        tensor
    } else {
        1.0
    };
    let scores = 5.0 * heads * seq / (hidden * tensor);
    let (whole, divided) = kept_per_element(workload);
    // Korthikanti et al., table 2: bytes kept per layer, in units of seq·micro_batch·hidden.
    let per_layer = match layout.recompute {
        Recompute::None => whole / split + divided / tensor + scores,
        Recompute::Selective => whole / split + divided / tensor,
        Recompute::Full => 2.0 / split,
    };
    // The first stage holds a pipeline's worth of micro-batches, so as much as all layers do once; interleaving starts some earlier.
    let in_flight = if layout.interleave > 1 {
        1.0 + (pipeline - 1.0) / (pipeline * chunks)
    } else {
        1.0
    };
    seq * micro_batch * hidden * per_layer * layers * in_flight
}

/// Bytes that a layer keeps per residual element, scores apart: those that every tensor-parallel GPU holds, and those divided among them.
/// For GPT's shape 10 and 24 (Korthikanti et al., section 4.1), for others by the same count.
fn kept_per_element(workload: &Transformer) -> (f64, f64) {
    let ffn = f64::from(workload.ffn) / f64::from(workload.hidden);
    let kv = f64::from(workload.kv_heads) / f64::from(workload.heads);
    // Inputs of the two norms, of attention and of the feed-forward layer; and two dropout masks of one byte, which gated shapes lack.
    let whole = 8.0 + if workload.gated { 0.0 } else { 2.0 };
    // Queries, keys, values and the output projection's input; what the activation function takes and gives, with a gate and its
    // product besides.
    let feed_forward = if workload.gated { 8.0 } else { 4.0 } * ffn;
    (whole, 4.0 + 4.0 * kv + feed_forward)
}

#[cfg(test)]
mod tests {
    use super::*;
    use units::{BitRate, FlopRate, Power};

    const WORKLOAD: Transformer = Transformer::gpt(24, 2048, 16, 51_200, 1024);

    #[test]
    fn each_zero_stage_shards_one_state_more() {
        let layout = Layout {
            data: 4,
            ..Layout::SINGLE
        };
        let params = WORKLOAD.params();
        let states = |zero| {
            memory_per_gpu(&WORKLOAD, &Layout { zero, ..layout })
                .states
                .bytes()
        };
        assert_eq!(states(ZeroStage::Zero), params * 18);
        assert_eq!(states(ZeroStage::One), params * 9);
        assert_eq!(states(ZeroStage::Two), params * 6);
        assert_eq!(states(ZeroStage::Three), params * 18 / 4);
    }

    #[test]
    fn grouped_queries_and_a_gate_change_what_is_kept() {
        assert_eq!(kept_per_element(&WORKLOAD), (10.0, 24.0));
        let llama = Transformer {
            gated: true,
            ffn: 7168,
            kv_heads: 2,
            ..WORKLOAD
        };
        assert_eq!(kept_per_element(&llama), (8.0, 4.0 + 4.0 / 8.0 + 8.0 * 3.5));
    }

    #[test]
    fn a_tenth_of_the_device_is_kept_free() {
        let memory = memory_per_gpu(&WORKLOAD, &Layout::SINGLE);
        let needed = (memory.states + memory.activations).bytes();
        let gpu = |bytes| Gpu {
            peak: FlopRate::new(1),
            memory: Bytes::new(bytes),
            memory_bandwidth: BitRate::new(1),
            link: BitRate::new(1),
            tdp: Power::from_watts(1),
        };
        assert!(memory.fits(&gpu(needed * 10 / 9 + 10)));
        assert!(!memory.fits(&gpu(needed * 10 / 9 - 10)));
    }
}
