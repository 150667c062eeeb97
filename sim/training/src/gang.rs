//! The rate of a gang: one island of GPUs training synchronously, or several training by local SGD over their access links.
//!
//! This is what the world asks whenever a job's nodes change. Memory is decided in integers, time in `f64`, and the
//! answer is rounded.

use units::{BitRate, Bytes, Span};

use crate::calibration::Calibration;
use crate::gpu::Gpu;
use crate::layout::{Layout, Recompute, ZeroStage};
use crate::memory::usable;
use crate::network::Network;
use crate::rounding::{to_ppm, to_u64};
use crate::rounds::{Payload, Round};
use crate::step::step_time;
use crate::workload::Transformer;

/// GPUs of one provider on one fabric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Island {
    /// GPUs in all.
    pub gpus: u32,
    /// GPUs in each node.
    pub gpus_per_node: u32,
    /// Rate between nodes, per node and direction (all its ports together). Unused on a single node.
    pub fabric: BitRate,
    /// Uplink to the internet.
    pub up: BitRate,
    /// Downlink from the internet.
    pub down: BitRate,
}

/// How a gang of one GPU kind trains: synchronously on each island, by local SGD between them.
#[derive(Clone, Copy, Debug)]
pub struct LocalSgd<'a> {
    /// What is trained.
    pub workload: &'a Transformer,
    /// On which kind of GPU.
    pub gpu: &'a Gpu,
    /// What of it, and of its software, had to be measured.
    pub calibration: &'a Calibration,
    /// Inner steps between exchanges, at least 1. Unused with one island.
    pub inner_steps: u32,
    /// Bits each parameter takes in the exchange. Unused with one island.
    pub payload_bits_per_param: u32,
    /// Latency between islands.
    pub latency: Span,
    /// Training tokens each GPU works through in an inner step, at least 1.
    pub tokens_per_gpu_step: u64,
}

/// Islands put together: all of them that the rate of a gang depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joined {
    /// How many.
    pub islands: u32,
    /// GPUs of all.
    pub gpus: u64,
    /// Seconds of an inner step on the slowest, by [`LocalSgd::island_step_s`].
    pub inner_step_s: f64,
    /// Slowest uplink.
    pub up: BitRate,
    /// Slowest downlink.
    pub down: BitRate,
}

impl Joined {
    /// No island yet.
    pub const NONE: Joined = Joined {
        islands: 0,
        gpus: 0,
        inner_step_s: 0.0,
        up: BitRate::new(u64::MAX),
        down: BitRate::new(u64::MAX),
    };

    /// Takes an island in, whose inner step takes so many seconds.
    pub fn join(&mut self, island: &Island, inner_step_s: f64) {
        self.islands += 1;
        self.gpus += u64::from(island.gpus);
        self.inner_step_s = self.inner_step_s.max(inner_step_s);
        self.up = self.up.min(island.up);
        self.down = self.down.min(island.down);
    }
}

/// How fast a gang trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GangRate {
    /// Training tokens per second of the whole gang; zero when a link it needs is dead.
    pub tokens_per_s: u64,
    /// Model operations over peak, in parts per million.
    pub mfu_ppm: u32,
    /// Share of time spent in exchanges between islands, in parts per million.
    pub sync_share_ppm: u32,
}

impl LocalSgd<'_> {
    /// Training tokens of one sequence: the workload's, or all of a shorter step.
    fn sequence(&self) -> u32 {
        let step = u32::try_from(self.tokens_per_gpu_step).unwrap_or(u32::MAX);
        self.workload.seq.min(step)
    }

    /// The rate of a gang, or `None` when it has no island or the workload does not fit one island's memory.
    ///
    /// Several islands take the same number of inner steps with shares in proportion to their GPUs, so the slowest island and
    /// the slowest link set the pace. Panics on zero inner steps or zero training tokens per step.
    #[must_use]
    pub fn rate(&self, islands: &[Island]) -> Option<GangRate> {
        let mut joined = Joined::NONE;
        for island in islands {
            joined.join(island, self.island_step_s(island)?);
        }
        (joined.islands > 0).then(|| self.joined_rate(&joined))
    }

    /// The rate of at least one island. Panics on zero inner steps or zero training tokens per step.
    #[must_use]
    pub fn joined_rate(&self, joined: &Joined) -> GangRate {
        assert!(
            self.inner_steps > 0 && self.tokens_per_gpu_step > 0,
            "a gang without steps: a bug"
        );
        let round = Round {
            inner_steps: self.inner_steps,
            payload: Payload::Dense {
                bits: self.payload_bits_per_param,
            }
            .bytes(self.workload.params()),
            up: joined.up,
            down: joined.down,
            latency: self.latency,
            peers: joined.islands,
        };
        let sync_s = round.sync_s();
        let round_s = f64::from(self.inner_steps) * joined.inner_step_s + sync_s;
        if round_s.is_infinite() {
            let sync_share_ppm = if sync_s.is_infinite() { 1_000_000 } else { 0 };
            return GangRate {
                tokens_per_s: 0,
                mfu_ppm: 0,
                sync_share_ppm,
            };
        }
        let gpus = joined.gpus as f64;
        let tokens_per_round = f64::from(self.inner_steps) * gpus * self.tokens_per_gpu_step as f64;
        let tokens_per_s = tokens_per_round / round_s;
        let peak = gpus * self.gpu.peak.flop_per_s() as f64;
        GangRate {
            tokens_per_s: to_u64(tokens_per_s),
            mfu_ppm: to_ppm(tokens_per_s * self.workload.flop_per_token().flop() as f64 / peak),
            sync_share_ppm: to_ppm(sync_s / round_s),
        }
    }

    /// Seconds of one inner step on an island, `None` when the workload does not fit its memory.
    ///
    /// Every GPU is a replica and states are sharded over the fabric, by the fastest of four plans that fit (optimiser state or
    /// everything sharded; attention or everything recomputed).
    #[must_use]
    pub fn island_step_s(&self, island: &Island) -> Option<f64> {
        let mut best: Option<f64> = None;
        for sharding in [Sharding::Optimiser, Sharding::Everything] {
            for recompute in [Recompute::Selective, Recompute::Full] {
                if let Some(step_s) = plan_step_s(self, island, sharding, recompute) {
                    best = Some(best.map_or(step_s, |fastest| fastest.min(step_s)));
                }
            }
        }
        best
    }
}

/// The fewest GPUs of an island on which the workload fits in 90 % of memory with everything sharded and recomputed; [`u32::MAX`] when
/// the activations of one pass alone are too much.
#[must_use]
pub fn island_gpus_min(workload: &Transformer, gpu: &Gpu, tokens_per_gpu_step: u64) -> u32 {
    let tokens = tokens_per_gpu_step.min(u64::from(workload.seq));
    let activations =
        u128::from(tokens) * u128::from(kept_bytes_per_token(workload, Recompute::Full));
    let room = u128::from(usable(gpu).bytes()).saturating_sub(activations);
    if room == 0 {
        return u32::MAX;
    }
    let states = u128::from(workload.params()) * u128::from(REPLICATED_BYTES + OPTIMISER_BYTES);
    u32::try_from(states.div_ceil(room)).unwrap_or(u32::MAX)
}

/// Bytes per parameter: weights and gradients of 2 bytes each, which ZeRO-1 keeps on every GPU, and 12 of optimiser state.
const REPLICATED_BYTES: u64 = 4;
const OPTIMISER_BYTES: u64 = 12;

/// What is sharded over an island.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sharding {
    /// Optimiser state: one exchange a step.
    Optimiser,
    /// Everything: weights travel for every pass.
    Everything,
}

impl Sharding {
    fn stage(self) -> ZeroStage {
        match self {
            Sharding::Optimiser => ZeroStage::One,
            Sharding::Everything => ZeroStage::Three,
        }
    }
}

/// Seconds of one inner step by one plan, or `None` when it does not fit: [`step_time`] with every GPU a replica.
fn plan_step_s(
    gang: &LocalSgd<'_>,
    island: &Island,
    sharding: Sharding,
    recompute: Recompute,
) -> Option<f64> {
    let passes = passes_per_step(gang, island, sharding, recompute)?;
    let seq = gang.sequence();
    let sequences = gang.tokens_per_gpu_step.div_ceil(u64::from(seq));
    let micro_batch = u32::try_from(sequences.div_ceil(passes)).ok()?;
    let layout = Layout {
        data: island.gpus,
        micro_batch,
        recompute,
        zero: sharding.stage(),
        ..Layout::SINGLE
    };
    let network = Network {
        intra: gang.gpu.link,
        inter: island.fabric,
        gpus_per_node: island.gpus_per_node,
        // A hop on a fabric is far below a launch.
        latency: Span::ZERO,
    };
    let workload = Transformer {
        seq,
        ..*gang.workload
    };
    let each = passes * u64::from(micro_batch);
    let step = step_time(
        &workload,
        gang.gpu,
        &layout,
        &network,
        gang.calibration,
        each * u64::from(island.gpus),
    );
    // Whole passes may hold more than a step asks for.
    let asked = gang.tokens_per_gpu_step as f64 / (each as f64 * f64::from(seq));
    Some(step.total * asked)
}

/// Passes (micro-batches) a GPU needs for its share of a step, as few as memory allows; `None` when not even one sequence fits.
fn passes_per_step(
    gang: &LocalSgd<'_>,
    island: &Island,
    sharding: Sharding,
    recompute: Recompute,
) -> Option<u64> {
    let gpus = u64::from(island.gpus);
    if gpus == 0 {
        return None;
    }
    let params = gang.workload.params();
    let states = match sharding {
        Sharding::Optimiser => {
            params * REPLICATED_BYTES + (params * OPTIMISER_BYTES).div_ceil(gpus)
        }
        Sharding::Everything => (params * (REPLICATED_BYTES + OPTIMISER_BYTES)).div_ceil(gpus),
    };
    let room = usable(gang.gpu).checked_sub(Bytes::new(states))?;
    let tokens_max = room.bytes() / kept_bytes_per_token(gang.workload, recompute);
    let sequence = u64::from(gang.sequence());
    let sequences_max = tokens_max / sequence;
    if sequences_max == 0 {
        return None;
    }
    Some(
        gang.tokens_per_gpu_step
            .div_ceil(sequences_max.saturating_mul(sequence)),
    )
}

/// Activation bytes kept per token over all layers (Korthikanti et al., without tensor parallelism).
fn kept_bytes_per_token(workload: &Transformer, recompute: Recompute) -> u64 {
    let per_hidden = match recompute {
        Recompute::Full => 2,
        Recompute::None | Recompute::Selective => 34,
    };
    per_hidden * u64::from(workload.hidden) * u64::from(workload.layers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use units::{FlopRate, Power};

    const GIGABIT: u64 = 1_000_000_000;
    const WORKLOAD: Transformer = Transformer::gpt(32, 4096, 32, 50_368, 2048);
    const H100: Gpu = Gpu {
        peak: FlopRate::new(989_000_000_000_000),
        memory: Bytes::new(80_000_000_000),
        memory_bandwidth: BitRate::new(26_800 * GIGABIT),
        link: BitRate::new(3_600 * GIGABIT),
        tdp: Power::from_watts(700),
    };
    const ISLAND: Island = Island {
        gpus: 16,
        gpus_per_node: 8,
        fabric: BitRate::new(3_200 * GIGABIT),
        up: BitRate::new(GIGABIT),
        down: BitRate::new(2 * GIGABIT),
    };

    const SGD: LocalSgd<'_> = LocalSgd {
        workload: &WORKLOAD,
        gpu: &H100,
        calibration: &Calibration {
            matmul: 0.5,
            ..Calibration::TUNED
        },
        inner_steps: 100,
        payload_bits_per_param: 8,
        latency: Span::from_ns(80_000_000),
        tokens_per_gpu_step: 16_384,
    };

    fn rate(islands: &[Island]) -> GangRate {
        SGD.rate(islands).unwrap()
    }

    #[test]
    fn on_a_fast_fabric_the_rate_grows_with_the_gpus() {
        let (one, four) = (rate(&[ISLAND]), rate(&[Island { gpus: 64, ..ISLAND }]));
        assert!(one.mfu_ppm > 400_000 && one.mfu_ppm < 500_000, "{one:?}");
        assert_eq!(one.sync_share_ppm, 0);
        let growth = four.tokens_per_s as f64 / one.tokens_per_s as f64;
        assert!((3.9..4.1).contains(&growth), "{growth}");
    }

    #[test]
    fn several_islands_pay_for_their_exchange() {
        let (one, three) = (rate(&[ISLAND]), rate(&[ISLAND; 3]));
        let share = f64::from(three.sync_share_ppm) / 1e6;
        let expected = 3.0 * one.tokens_per_s as f64 * (1.0 - share);
        assert!((three.tokens_per_s as f64 / expected - 1.0).abs() < 1e-4);
        // One byte a parameter over 1 Gbit/s around a ring of three, and four hops.
        let sync_s = 4.0 / 3.0 * 8.0 * WORKLOAD.params() as f64 / 1e9 + 4.0 * 0.08;
        let inner_s = 100.0 * 16.0 * 16_384.0 / one.tokens_per_s as f64;
        assert!(
            (share - sync_s / (inner_s + sync_s)).abs() < 1e-4,
            "{share}"
        );
    }

    #[test]
    fn the_slowest_island_and_the_slowest_link_set_the_pace() {
        let slow_fabric = Island {
            fabric: BitRate::new(GIGABIT),
            ..ISLAND
        };
        let (fast, slow) = (rate(&[ISLAND; 2]), rate(&[ISLAND, slow_fabric]));
        assert!(slow.tokens_per_s < fast.tokens_per_s);
        assert_eq!(slow, rate(&[slow_fabric; 2]));
        let slow_down = Island {
            down: BitRate::new(GIGABIT / 10),
            ..ISLAND
        };
        assert!(rate(&[ISLAND, slow_down]).sync_share_ppm > fast.sync_share_ppm);
    }

    #[test]
    fn a_dead_link_stops_a_gang_and_is_no_matter_to_one_island() {
        let cut_off = Island {
            up: BitRate::ZERO,
            ..ISLAND
        };
        assert_eq!(rate(&[cut_off]), rate(&[ISLAND]));
        let stopped = GangRate {
            tokens_per_s: 0,
            mfu_ppm: 0,
            sync_share_ppm: 1_000_000,
        };
        assert_eq!(rate(&[cut_off, ISLAND]), stopped);
        let no_fabric = Island {
            fabric: BitRate::ZERO,
            ..ISLAND
        };
        assert_eq!(
            rate(&[no_fabric]),
            GangRate {
                sync_share_ppm: 0,
                ..stopped
            }
        );
    }

    #[test]
    fn a_gang_fits_exactly_from_the_least_number_of_gpus() {
        let big = Transformer::gpt(80, 8192, 64, 50_368, 2048);
        for tokens in [512, 2048, 65_536] {
            let gpus = island_gpus_min(&big, &H100, tokens);
            assert!((13..=20).contains(&gpus), "{gpus}");
            let fits = |gpus| {
                let islands = [Island { gpus, ..ISLAND }];
                let sgd = LocalSgd {
                    workload: &big,
                    tokens_per_gpu_step: tokens,
                    ..SGD
                };
                sgd.rate(&islands).is_some()
            };
            assert!(fits(gpus) && !fits(gpus - 1), "{tokens} tokens on {gpus}");
        }
    }

    #[test]
    fn no_number_of_gpus_helps_when_one_sequence_is_too_much() {
        let small = Gpu {
            memory: Bytes::new(1_000_000_000),
            ..H100
        };
        let long = Transformer {
            seq: 65_536,
            ..WORKLOAD
        };
        assert_eq!(island_gpus_min(&long, &small, 65_536), u32::MAX);
        let islands = [Island {
            gpus: u32::MAX,
            ..ISLAND
        }];
        let sgd = LocalSgd {
            workload: &long,
            gpu: &small,
            tokens_per_gpu_step: 65_536,
            ..SGD
        };
        assert_eq!(sgd.rate(&islands), None);
    }

    #[test]
    fn an_empty_gang_has_no_rate() {
        assert_eq!(SGD.rate(&[]), None);
        assert_eq!(SGD.rate(&[Island { gpus: 0, ..ISLAND }]), None);
    }

    #[test]
    fn the_rate_is_the_same_on_every_machine() {
        // Known answers: a difference here means that arithmetic was reordered or fused.
        assert_eq!(
            rate(&[ISLAND; 3]),
            GangRate {
                tokens_per_s: 355_364,
                mfu_ppm: 323_193,
                sync_share_ppm: 322_398
            }
        );
    }

    proptest! {
        #[test]
        fn a_faster_link_never_slows_a_gang(gpus in 1u32..300, fabric in 1u64..3_200, up in 1u64..2_000, more in 2u64..10) {
            let island = Island { gpus, fabric: BitRate::new(fabric * GIGABIT), up: BitRate::new(up * 1_000_000), ..ISLAND };
            prop_assume!(SGD.rate(&[island]).is_some());
            let before = rate(&[island; 2]);
            let faster_fabric = Island { fabric: island.fabric * more, ..island };
            let faster_access = Island { up: island.up * more, ..island };
            prop_assert!(rate(&[faster_fabric; 2]).tokens_per_s >= before.tokens_per_s);
            prop_assert!(rate(&[faster_access; 2]).tokens_per_s >= before.tokens_per_s);
            prop_assert!(before.mfu_ppm < 500_000 && before.sync_share_ppm < 1_000_000);
        }

        #[test]
        fn the_least_number_of_gpus_is_exact_for_any_shape(
            layers in 1u32..120, width in 1u32..160, gigabytes in 8u64..200, tokens in 1u64..10_000,
        ) {
            let workload = Transformer::gpt(layers, width * 128, width, 50_368, 2048);
            let gpu = Gpu { memory: Bytes::new(gigabytes * 1_000_000_000), ..H100 };
            let least = island_gpus_min(&workload, &gpu, tokens);
            let fits = |gpus| {
                let islands = [Island { gpus, ..ISLAND }];
                let sgd = LocalSgd { workload: &workload, gpu: &gpu, tokens_per_gpu_step: tokens, ..SGD };
                sgd.rate(&islands).is_some()
            };
            prop_assert!(!fits(least - 1));
            prop_assert!(least == u32::MAX || fits(least));
        }
    }
}
