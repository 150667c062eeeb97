//! The machines that published measurements were made on: data sheets, no prices.

use training::{Gpu, Network};
use units::{BitRate, Bytes, FlopRate, Power, Span};

/// A kind of GPU, and the links of the machines it is sold in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// The kind's name.
    pub name: &'static str,
    /// The GPU, by its data sheet.
    pub gpu: Gpu,
    /// Links, as stated; eight GPUs in a node.
    pub network: Network,
}

const fn kind(
    name: &'static str,
    teraflop_per_s: u64,
    gigabytes: u64,
    bandwidth_gb_per_s: u64,
    link_gb_per_s: u64,
    ports_gbit_per_s: u64,
    tdp_w: u64,
) -> Machine {
    const GIGABIT: u64 = 1_000_000_000;
    let link = BitRate::new(link_gb_per_s * 8 * GIGABIT);
    Machine {
        name,
        gpu: Gpu {
            peak: FlopRate::new(teraflop_per_s * 1_000_000_000_000),
            memory: Bytes::new(gigabytes * 1_000_000_000),
            memory_bandwidth: BitRate::new(bandwidth_gb_per_s * 8 * GIGABIT),
            link,
            tdp: Power::from_watts(tdp_w),
        },
        network: Network {
            intra: link,
            inter: BitRate::new(ports_gbit_per_s * GIGABIT),
            gpus_per_node: 8,
            latency: Span::from_ns(5_000),
        },
    }
}

/// Dense bf16 peak, memory, its bandwidth and the link to other GPUs of a node by the vendors' data sheets; eight ports between
/// nodes, of 200 Gbit/s each beside A100, 400 beside later kinds.
const MACHINES: [Machine; 8] = [
    kind("A100 SXM 80GB", 312, 80, 2039, 300, 1600, 400),
    kind("A100 SXM 40GB", 312, 40, 1555, 300, 1600, 400),
    kind("A100 PCIe 80GB", 312, 80, 1935, 31, 1600, 300),
    kind("H100 SXM", 989, 80, 3350, 450, 3200, 700),
    kind("H100 PCIe", 756, 80, 2040, 63, 3200, 350),
    kind("H200 SXM", 989, 141, 4800, 450, 3200, 700),
    kind("B200 SXM", 2250, 180, 8000, 900, 3200, 1000),
    kind("MI300X", 1307, 192, 5300, 448, 3200, 750),
];

/// All machines.
#[must_use]
pub fn machines() -> &'static [Machine] {
    &MACHINES
}

/// The machine with GPUs of this name.
#[must_use]
pub fn machine(gpu: &str) -> Option<&'static Machine> {
    MACHINES.iter().find(|machine| machine.name == gpu)
}
