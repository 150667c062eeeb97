//! The time of one optimiser step on a cluster, in its parts.

use crate::gpu::Gpu;
use crate::layout::{Layout, Recompute, ZeroStage};
use crate::network::{Network, send_s};
use crate::workload::Transformer;

/// Host time to launch one layer's kernels for one micro-batch, forward and backward, in seconds: a fit to tuned kernels
/// (see the crate's assumptions). Untuned software needs several times as much.
pub const LAUNCH_S: f64 = 0.6e-3;

/// One step's time in seconds, by cause, and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Arithmetic.
    pub compute: f64,
    /// Tensor-parallel collectives, none hidden.
    pub tensor: f64,
    /// Host launches.
    pub launch: f64,
    /// Stages waiting for the pipeline to fill and drain.
    pub bubble: f64,
    /// Activations passed between stages.
    pub stages: f64,
    /// Gradient exchange that outlasts the backward pass it hides behind.
    pub data_exposed: f64,
    /// All of it.
    pub total: f64,
    /// Training tokens per second of the whole job.
    pub tokens_per_s: f64,
    /// Model operations over peak (model FLOPs utilisation).
    pub mfu: f64,
    /// The same with recomputed operations counted (hardware FLOPs utilisation).
    pub hfu: f64,
}

/// The time of one step over `batch` sequences. Panics when [`Layout::check`] would refuse.
#[must_use]
pub fn step_time(
    workload: &Transformer,
    gpu: &Gpu,
    layout: &Layout,
    network: &Network,
    batch: u64,
) -> Step {
    if let Err(fault) = layout.check(workload, batch) {
        panic!("{fault}: check the layout first");
    }
    let gpus = layout.gpus() as f64;
    let micro_batches = layout.micro_batches(batch) as f64;
    let [tensor_gpus, pipeline, chunks] =
        [layout.tensor, layout.pipeline, layout.interleave].map(f64::from);
    let layer_passes = f64::from(workload.layers) / pipeline * micro_batches;
    let tokens_per_pass = f64::from(layout.micro_batch) * f64::from(workload.seq);
    let pass_bytes = 2.0 * tokens_per_pass * f64::from(workload.hidden);

    let hardware_flop = workload.hardware_flop(batch, layout.recompute).flop() as f64;
    let side = (f64::from(workload.hidden) / tensor_gpus).min(tokens_per_pass);
    let compute = hardware_flop / (gpus * gpu.achieved_flop_per_s(side));
    // Two all-reduces a layer forward, two backward, two more when the forward pass is repeated. With sequence
    // parallelism each is a reduce-scatter and an all-gather of the same bytes.
    let all_reduces = if layout.recompute == Recompute::Full {
        6.0
    } else {
        4.0
    };
    let tensor = all_reduces * layer_passes * network.tensor_ring(layout).all_reduce_s(pass_bytes);
    let launch = layer_passes * LAUNCH_S;
    let busy = compute + tensor + launch;
    let bubble = busy * (pipeline - 1.0) / (chunks * micro_batches);
    let stages = if layout.pipeline > 1 {
        // Each GPU sends its share of a pass forward and of its gradient back, once a chunk.
        2.0 * chunks * micro_batches * send_s(pass_bytes / tensor_gpus, network.stage_rate(layout))
    } else {
        0.0
    };
    let data_exposed = (data_exchange_s(workload, layout, network)
        - backward_s(compute / micro_batches, layout.recompute))
    .max(0.0);
    let total = busy + bubble + stages + data_exposed;
    let peak_flop = total * gpus * gpu.peak.flop_per_s() as f64;
    Step {
        compute,
        tensor,
        launch,
        bubble,
        stages,
        data_exposed,
        total,
        tokens_per_s: batch as f64 * f64::from(workload.seq) / total,
        mfu: workload.model_flop(batch).flop() as f64 / peak_flop,
        hfu: hardware_flop / peak_flop,
    }
}

/// Seconds of gradient (and under ZeRO-3 weight) exchange between replicas.
fn data_exchange_s(workload: &Transformer, layout: &Layout, network: &Network) -> f64 {
    let bytes =
        2.0 * workload.params() as f64 / (f64::from(layout.tensor) * f64::from(layout.pipeline));
    // Weights are gathered twice and gradients scattered once: half as much again as one all-reduce.
    let factor = if layout.zero == ZeroStage::Three {
        1.5
    } else {
        1.0
    };
    factor * network.data_ring(layout).all_reduce_s(bytes)
}

/// The backward part of a pass: two of three equal parts, or three of four when the forward pass is repeated in it.
pub(crate) fn backward_s(pass_s: f64, recompute: Recompute) -> f64 {
    match recompute {
        Recompute::None | Recompute::Selective => pass_s * 2.0 / 3.0,
        Recompute::Full => pass_s * 3.0 / 4.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use units::{BitRate, Bytes, FlopRate, Power, Span};

    const WORKLOAD: Transformer = Transformer::gpt(24, 2048, 16, 51_200, 1024);
    const GPU: Gpu = Gpu {
        peak: FlopRate::new(312_000_000_000_000),
        memory: Bytes::new(80_000_000_000),
        memory_bandwidth: BitRate::new(16_000_000_000_000),
        link: BitRate::new(1_000_000_000_000),
        tdp: Power::from_watts(400),
        efficiency: 0.7,
    };
    const NETWORK: Network = Network {
        intra: BitRate::new(1_000_000_000_000),
        inter: BitRate::new(1_600_000_000_000),
        gpus_per_node: 8,
        latency: Span::from_ns(5_000),
    };

    fn step(layout: Layout, batch: u64) -> Step {
        step_time(&WORKLOAD, &GPU, &layout, &NETWORK, batch)
    }

    #[test]
    fn one_gpu_only_computes_and_launches() {
        let step = step(Layout::SINGLE, 16);
        assert_eq!(
            [step.tensor, step.bubble, step.stages, step.data_exposed],
            [0.0; 4]
        );
        assert_eq!(step.total, step.compute + step.launch);
        assert!((step.launch - 16.0 * 24.0 * LAUNCH_S).abs() < 1e-12);
        assert!((step.tokens_per_s * step.total - 16.0 * 1024.0).abs() < 1e-6);
        assert_eq!(step.mfu, step.hfu);
        assert!(step.mfu < GPU.efficiency);
    }

    #[test]
    fn the_bubble_is_the_stages_less_one_over_chunks_and_micro_batches() {
        let plain = step(
            Layout {
                pipeline: 4,
                ..Layout::SINGLE
            },
            12,
        );
        let busy = plain.compute + plain.tensor + plain.launch;
        assert!((plain.bubble / busy - 3.0 / 12.0).abs() < 1e-12);
        let interleaved = step(
            Layout {
                pipeline: 4,
                interleave: 3,
                ..Layout::SINGLE
            },
            12,
        );
        assert!((interleaved.bubble / plain.bubble - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn full_recomputation_costs_time_but_earns_no_model_utilisation() {
        let layout = Layout {
            tensor: 2,
            ..Layout::SINGLE
        };
        let [plain, full] = [Recompute::None, Recompute::Full].map(|recompute| {
            step(
                Layout {
                    recompute,
                    ..layout
                },
                8,
            )
        });
        assert!(full.total > plain.total && full.mfu < plain.mfu && full.hfu > full.mfu);
        assert!((full.tensor / plain.tensor - 1.5).abs() < 1e-12);
    }

    #[test]
    fn a_slow_fabric_exposes_the_gradient_exchange() {
        let layout = Layout {
            data: 16,
            micro_batch: 8,
            ..Layout::SINGLE
        };
        let slow = Network {
            inter: BitRate::new(1_000_000_000),
            ..NETWORK
        };
        assert_eq!(step(layout, 1024).data_exposed, 0.0);
        assert!(step_time(&WORKLOAD, &GPU, &layout, &slow, 1024).data_exposed > 10.0);
    }

    #[test]
    #[should_panic(expected = "check the layout first")]
    fn an_uneven_layout_panics() {
        let _ = step(
            Layout {
                data: 3,
                ..Layout::SINGLE
            },
            16,
        );
    }
}
