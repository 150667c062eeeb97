//! Throughput of fully sharded training on one fabric: rows of MosaicML's table (llm-foundry, Apache-2.0) at 2048 training tokens a
//! sequence, from 8 to 512 GPUs and from 350 million to 70 billion parameters, with one efficiency for each machine.

use crate::assert_near;
use stakesim_training::{Calibration, Gpu, Island, LocalSgd, Transformer};
use units::{BitRate, Bytes, FlopRate, Power, Span};

const GIGABIT: u64 = 1_000_000_000;

const fn gpu(teraflop_per_s: u64, gigabytes: u64, link_gigabyte_per_s: u64) -> Gpu {
    Gpu {
        peak: FlopRate::new(teraflop_per_s * 1_000_000_000_000),
        memory: Bytes::new(gigabytes * 1_000_000_000),
        memory_bandwidth: BitRate::new(16_000 * GIGABIT),
        link: BitRate::new(link_gigabyte_per_s * 8 * GIGABIT),
        tdp: Power::from_watts(400),
    }
}

const fn mpt(layers: u32, hidden: u32, heads: u32) -> Transformer {
    Transformer::gpt(layers, hidden, heads, 50_368, 2048)
}

/// Training tokens per second and GPU. `sequences` is each GPU's share of a step.
fn tokens_per_gpu_s(
    (gpu, matmul): (&Gpu, f64),
    fabric_gigabit_per_s: u64,
    workload: &Transformer,
    gpus: u32,
    sequences: u64,
) -> f64 {
    let fabric = BitRate::new(fabric_gigabit_per_s * GIGABIT);
    let island = Island {
        gpus,
        gpus_per_node: 8,
        fabric,
        up: BitRate::ZERO,
        down: BitRate::ZERO,
    };
    let sgd = LocalSgd {
        workload,
        gpu,
        calibration: &Calibration {
            matmul,
            ..Calibration::TUNED
        },
        inner_steps: 1,
        payload_bits_per_param: 32,
        latency: Span::ZERO,
        tokens_per_gpu_step: sequences * 2048,
    };
    sgd.rate(&[island])
        .expect("the published row fits")
        .tokens_per_s as f64
        / f64::from(gpus)
}

#[test]
fn h100_clusters_train_at_the_published_speed_within_15_percent() {
    let h100 = (&gpu(989, 80, 450), 0.45);
    let rows = [
        (mpt(80, 8192, 64), 512, 8, 1_007.0),
        (mpt(80, 8192, 64), 128, 8, 1_058.0),
        (mpt(80, 8192, 64), 64, 32, 1_039.0),
        (mpt(48, 7168, 56), 256, 8, 2_148.0),
        (mpt(48, 7168, 56), 8, 63, 2_002.0),
        (mpt(40, 5120, 40), 512, 16, 4_952.0),
        (mpt(40, 5120, 40), 8, 2, 4_792.0),
        (mpt(32, 4096, 32), 128, 6, 10_475.0),
        (mpt(32, 4096, 32), 8, 6, 10_643.0),
        (mpt(32, 2560, 20), 64, 18, 22_525.0),
        (mpt(24, 2048, 16), 256, 12, 42_555.0),
        (mpt(24, 2048, 16), 16, 20, 46_037.0),
        (mpt(24, 1536, 12), 32, 24, 67_971.0),
    ];
    for (workload, gpus, sequences, published) in rows {
        let got = tokens_per_gpu_s(h100, 3_200, &workload, gpus, sequences);
        assert_near(
            &format!("{} GPUs, width {}", gpus, workload.hidden),
            got,
            published,
            0.15,
        );
    }
}

#[test]
fn a100_clusters_train_at_the_published_speed_within_15_percent() {
    let a100 = (&gpu(312, 40, 300), 0.62);
    let rows = [
        (mpt(48, 7168, 56), 128, 6, 865.0),
        (mpt(40, 5120, 40), 128, 16, 1_972.0),
        (mpt(40, 5120, 40), 16, 10, 1_993.0),
        (mpt(32, 2560, 20), 128, 6, 9_538.0),
        (mpt(32, 2560, 20), 8, 40, 10_065.0),
        (mpt(24, 2048, 16), 128, 10, 18_647.0),
        (mpt(24, 2048, 16), 16, 8, 19_085.0),
        (mpt(24, 1536, 12), 32, 12, 29_648.0),
        (mpt(24, 1024, 16), 16, 18, 55_413.0),
    ];
    for (workload, gpus, sequences, published) in rows {
        let got = tokens_per_gpu_s(a100, 1_600, &workload, gpus, sequences);
        assert_near(
            &format!("{} GPUs, width {}", gpus, workload.hidden),
            got,
            published,
            0.15,
        );
    }
}
