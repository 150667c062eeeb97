//! The time of one optimiser step on a cluster, in its parts.
//!
//! A pipeline moves at the pace of its last stage, which also has the vocabulary head. What a stage does for one micro-batch is in
//! `pass.rs`; here passes become a step: bubble, exchange between replicas, update.

use crate::calibration::Calibration;
use crate::gpu::Gpu;
use crate::layout::{Layout, Recompute, ZeroStage};
use crate::network::{Network, send_s};
use crate::pass::{head_pass, layer_pass};
use crate::workload::Transformer;

/// One step's time in seconds, by cause, and what follows from it. `total` is the sum of `compute`, `memory`, `tensor`, `launch`,
/// `bubble`, `stages`, `exposed` and `update`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Matrix products.
    pub compute: f64,
    /// Kernels bound by device memory.
    pub memory: f64,
    /// Tensor-parallel collectives, none hidden.
    pub tensor: f64,
    /// Host launches that the GPU's work does not hide.
    pub launch: f64,
    /// Stages waiting for the pipeline to fill and drain.
    pub bubble: f64,
    /// Activations passed between stages.
    pub stages: f64,
    /// The whole exchange between replicas: gradients, and weights where those are sharded.
    pub data: f64,
    /// The part of `data` that outlasts the work it hides behind.
    pub exposed: f64,
    /// The optimiser's update, and what each step costs whatever its size.
    pub update: f64,
    /// All of it, `data` only as far as it is exposed.
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
    calibration: &Calibration,
    batch: u64,
) -> Step {
    if let Err(fault) = layout.check(workload, batch) {
        panic!("{fault}: check the layout first");
    }
    let micro_batches = layout.micro_batches(batch) as f64;
    let [pipeline, chunks] = [layout.pipeline, layout.interleave].map(f64::from);
    let layers = f64::from(workload.layers) / pipeline;
    let network = &network.reached(calibration);

    let layer = layer_pass(workload, gpu, layout, network, calibration);
    let head = head_pass(workload, gpu, layout, calibration);
    let compute = micro_batches * (layers * layer.compute + head.compute);
    let memory = micro_batches * (layers * layer.memory + head.memory);
    let tensor = micro_batches * layers * layer.tensor;
    let launch = micro_batches * (layers * layer.launch + calibration.pass_s);
    let stage = layers * layer.total() + calibration.pass_s;
    let bubble = stage * (pipeline - 1.0) / chunks;
    let stages = if layout.pipeline > 1 {
        // Each GPU sends its share of a pass forward and of its gradient back, once a chunk.
        let bytes = layer.residual_bytes / f64::from(layout.tensor);
        2.0 * chunks * micro_batches * send_s(bytes, network.stage_rate(layout))
    } else {
        0.0
    };
    let busy = compute + memory + tensor + launch;
    let data = exchange_s(workload, layout, network, calibration, micro_batches);
    let exposed = (data - hidden_s(layout, calibration, busy, micro_batches)).max(0.0);
    let update = update_s(workload, gpu, layout, calibration);
    let total = busy + bubble + stages + exposed + update;
    let peak_flop = total * layout.gpus() as f64 * gpu.peak.flop_per_s() as f64;
    Step {
        compute,
        memory,
        tensor,
        launch,
        bubble,
        stages,
        data,
        exposed,
        update,
        total,
        tokens_per_s: batch as f64 * f64::from(workload.seq) / total,
        mfu: workload.model_flop(batch).flop() as f64 / peak_flop,
        hfu: workload.hardware_flop(batch, layout.recompute).flop() as f64 / peak_flop,
    }
}

/// Parameters on a GPU of the fullest stage: its layers and one embedding, or both where there is one stage.
fn stage_params(workload: &Transformer, layout: &Layout) -> f64 {
    let embedding = u64::from(workload.vocab) * u64::from(workload.hidden);
    let params = if layout.pipeline == 1 {
        workload.params() as f64
    } else {
        workload.matrix_params() as f64 / f64::from(layout.pipeline) + embedding as f64
    };
    params / f64::from(layout.tensor)
}

/// Seconds of gradient (and under ZeRO-3 weight) exchange between replicas in a step.
fn exchange_s(
    workload: &Transformer,
    layout: &Layout,
    network: &Network,
    calibration: &Calibration,
    micro_batches: f64,
) -> f64 {
    let ring = network.data_ring(layout);
    let params = stage_params(workload, layout);
    let gradients = calibration.gradient_bytes * params;
    if layout.zero == ZeroStage::Three {
        // Weights of 2 bytes are gathered for each pass and again for its way back, and its gradients scattered.
        micro_batches * (2.0 * ring.all_gather_s(2.0 * params) + ring.all_gather_s(gradients))
    } else {
        ring.all_reduce_s(gradients)
    }
}

/// Seconds of work that an exchange hides behind: the last backward pass, or with weights gathered ahead all of it.
fn hidden_s(layout: &Layout, calibration: &Calibration, busy: f64, micro_batches: f64) -> f64 {
    let behind = if layout.zero == ZeroStage::Three {
        busy
    } else {
        backward_s(busy / micro_batches, layout.recompute)
    };
    calibration.data_overlap * behind
}

/// Seconds of the optimiser's update.
fn update_s(workload: &Transformer, gpu: &Gpu, layout: &Layout, calibration: &Calibration) -> f64 {
    let sharers = if layout.zero >= ZeroStage::One {
        f64::from(layout.data)
    } else {
        1.0
    };
    let bytes = calibration.optimiser_traffic * stage_params(workload, layout) / sharers;
    calibration.step_s + send_s(bytes, gpu.memory_bandwidth)
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
    };
    const NETWORK: Network = Network {
        intra: BitRate::new(1_000_000_000_000),
        inter: BitRate::new(1_600_000_000_000),
        gpus_per_node: 8,
        latency: Span::from_ns(5_000),
    };

    fn step(layout: Layout, batch: u64) -> Step {
        step_time(
            &WORKLOAD,
            &GPU,
            &layout,
            &NETWORK,
            &Calibration::TUNED,
            batch,
        )
    }

    #[test]
    fn one_gpu_only_computes_and_launches() {
        let step = step(Layout::SINGLE, 16);
        assert_eq!(
            [step.tensor, step.bubble, step.stages, step.exposed],
            [0.0; 4]
        );
        assert_eq!(step.total, step.compute + step.launch);
        assert!((step.launch - 16.0 * 24.0 * Calibration::TUNED.launch_s).abs() < 1e-12);
        assert!((step.tokens_per_s * step.total - 16.0 * 1024.0).abs() < 1e-6);
        assert_eq!(step.mfu, step.hfu);
        assert!(step.mfu < Calibration::TUNED.matmul);
    }

    #[test]
    fn the_bubble_is_the_stages_less_one_over_chunks_and_micro_batches() {
        // Without a head, which only the last stage has.
        let workload = Transformer {
            vocab: 0,
            ..WORKLOAD
        };
        let step =
            |layout: Layout| step_time(&workload, &GPU, &layout, &NETWORK, &Calibration::TUNED, 12);
        let plain = step(Layout {
            pipeline: 4,
            ..Layout::SINGLE
        });
        let busy = plain.compute + plain.tensor + plain.launch;
        assert!((plain.bubble / busy - 3.0 / 12.0).abs() < 1e-12);
        let interleaved = step(Layout {
            pipeline: 4,
            interleave: 3,
            ..Layout::SINGLE
        });
        assert!((interleaved.bubble / plain.bubble - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_parts_are_the_total() {
        let layout = Layout {
            tensor: 2,
            pipeline: 2,
            data: 4,
            ..Layout::SINGLE
        };
        let calibration = Calibration {
            activation_traffic: 50.0,
            optimiser_traffic: 50.0,
            launch_overlap: 2.0,
            step_s: 0.01,
            data_overlap: 0.0,
            ..Calibration::TUNED
        };
        let step = step_time(&WORKLOAD, &GPU, &layout, &NETWORK, &calibration, 16);
        let parts = [
            step.compute,
            step.memory,
            step.tensor,
            step.launch,
            step.bubble,
            step.stages,
            step.exposed,
            step.update,
        ];
        assert!(parts.iter().all(|part| *part > 0.0), "{step:?}");
        assert!((parts.iter().sum::<f64>() / step.total - 1.0).abs() < 1e-12);
        assert_eq!(step.data, step.exposed);
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
        assert_eq!(step(layout, 1024).exposed, 0.0);
        assert!(
            step_time(&WORKLOAD, &GPU, &layout, &slow, &Calibration::TUNED, 1024).exposed > 10.0
        );
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
