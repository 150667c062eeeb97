//! The four models of Korthikanti et al. 2022 (arXiv 2205.05198), table 3, on 80 GB A100.

use stakesim_training::{Gpu, Layout, Transformer};
use units::{BitRate, Bytes, FlopRate, Power};

/// A model and the placement it was measured with.
pub struct Measured {
    pub name: &'static str,
    pub workload: Transformer,
    pub layout: Layout,
    pub batch: u64,
}

const fn measured(
    name: &'static str,
    workload: Transformer,
    pipeline: u32,
    interleave: u32,
    micro_batch: u32,
    batch: u64,
) -> Measured {
    let layout = Layout {
        tensor: 8,
        pipeline,
        interleave,
        micro_batch,
        ..Layout::SINGLE
    };
    Measured {
        name,
        workload,
        layout,
        batch,
    }
}

pub const KORTHIKANTI: [Measured; 4] = [
    measured(
        "22B",
        Transformer::gpt(48, 6144, 64, 51_200, 2048),
        1,
        1,
        4,
        4,
    ),
    measured(
        "175B",
        Transformer::gpt(96, 12_288, 96, 51_200, 2048),
        8,
        3,
        1,
        64,
    ),
    measured(
        "530B",
        Transformer::gpt(105, 20_480, 128, 51_200, 2048),
        35,
        3,
        1,
        280,
    ),
    measured(
        "1T",
        Transformer::gpt(128, 25_600, 160, 51_200, 2048),
        64,
        1,
        1,
        512,
    ),
];

/// A100 SXM 80 GB.
pub const A100: Gpu = Gpu {
    peak: FlopRate::new(312_000_000_000_000),
    memory: Bytes::new(80_000_000_000),
    memory_bandwidth: BitRate::new(16_312_000_000_000),
    link: BitRate::new(2_400_000_000_000),
    tdp: Power::from_watts(400),
};
