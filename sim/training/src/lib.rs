//! What a training job costs: operations, memory, step time, exchange over links, checkpoints, energy and money.
//!
//! A calculator of closed formulas, without state, clock or randomness; it knows no token, provider or failure event.
//!
//! # Assumptions
//!
//! * Dense decoder-only transformers. Mixture-of-experts and context parallelism are not modelled.
//! * The vocabulary head lies on the last pipeline stage, at whose pace the others go; memory is that of evenly spread parameters.
//! * Weights are 2 bytes in the exchange; optimiser state is Adam with 4-byte master weights.
//! * A ring is as fast as its slowest link, and a group that steps together as its slowest member.
//! * What no data sheet states is a [`Calibration`]: one per kind of GPU and software stack.
//!
//! # Sources
//!
//! Narayanan et al. 2021 (arXiv 2104.04473): parameters, operations, pipeline bubble. Korthikanti et al. 2022
//! (arXiv 2205.05198): memory, recomputation, sequence parallelism. Rajbhandari et al. 2020 (arXiv 1910.02054):
//! ZeRO. Douillard et al. 2023 (arXiv 2311.08105): local SGD rounds. Young 1974, Daly 2006: checkpoint intervals.
//! Touvron et al. 2023 (arXiv 2302.13971) and Epoch AI: energy and capital.
//!
//! # Numbers
//!
//! Inside, `f64` with the four operations and square roots only, which round alike on every machine, and `libm`
//! for logarithms and powers. What the simulation consumes leaves as integers.

mod calibration;
mod checkpoint;
mod energy;
mod gang;
mod gpu;
mod group;
mod layout;
mod memory;
mod money;
mod network;
mod pass;
mod rounding;
mod rounds;
mod step;
mod workload;

pub use calibration::{Calibration, Constant};
pub use checkpoint::{Checkpointing, checkpoint_size, mean_time_between_failures};
pub use energy::{Draw, run_energy};
pub use gang::{GangRate, Island, Joined, LocalSgd, island_gpus_min};
pub use gpu::Gpu;
pub use group::{group_step_s, share_batch, straggler_factor};
pub use layout::{Layout, LayoutFault, Recompute, ZeroStage};
pub use memory::{MemoryPerGpu, memory_per_gpu};
pub use money::{capital_rate, gpu_hours, run_cost};
pub use network::{Network, Ring};
pub use rounds::{Payload, Round, blocking_utilisation};
pub use step::{Step, step_time};
pub use workload::Transformer;
