//! Whole runs: days, GPU-hours, energy, money, local-SGD rounds, failures and checkpoints, against what was published.

use crate::assert_near;
use stakesim_training::{
    Draw, Payload, blocking_utilisation, checkpoint_size, gpu_hours, mean_time_between_failures,
    run_cost, run_energy,
};
use units::{Energy, Flop, FlopRate, Money, MoneyRate, Power, Span};

fn hours(span: Span) -> f64 {
    span.ns() as f64 / Span::from_hours(1).ns() as f64
}

#[test]
fn local_sgd_rounds_have_the_published_utilisation() {
    // Seconds of inner steps and of exchange: OpenDiLoCo (arXiv 2407.07852), INTELLECT-1 in the US, with Europe, worldwide
    // (arXiv 2412.01152), Covenant-72B (arXiv 2603.08163). Within 0.3 percentage points.
    let rows = [
        (4050.0, 300.0, 93.1),
        (2280.0, 103.0, 95.7),
        (2280.0, 382.0, 85.6),
        (2280.0, 469.0, 83.0),
        (1200.0, 70.0, 94.5),
    ];
    for (inner_s, sync_s, percent) in rows {
        let got = blocking_utilisation(inner_s, sync_s) * 100.0;
        assert!((got - percent).abs() < 0.3, "{got} against {percent}");
    }
}

#[test]
fn covenant_sends_146_times_less_than_full_precision() {
    let sparse = Payload::TopK {
        density: 0.015625,
        value_bits: 2,
        index_bits: 12,
    };
    assert_near("compression", 32.0 / sparse.bits_per_param(), 146.3, 0.003);
}

#[test]
fn narayanan_runs_take_the_published_days() {
    // Table 2: billions of parameters, GPUs, achieved TFLOP/s per GPU, days for 300 billion tokens with full recomputation.
    let rows = [
        (174.6, 384.0, 144, 90.0),
        (174.6, 768.0, 88, 74.0),
        (174.6, 1536.0, 44, 74.0),
        (529.6, 640.0, 138, 169.0),
        (529.6, 1120.0, 98, 137.0),
        (529.6, 2240.0, 48, 140.0),
        (174.6, 384.0, 153, 84.0),
        (174.6, 768.0, 149, 43.0),
        (174.6, 1536.0, 141, 23.0),
        (529.6, 560.0, 171, 156.0),
        (529.6, 1120.0, 167, 80.0),
        (529.6, 2240.0, 159, 42.0),
    ];
    for (billions, gpus, teraflop_per_s, days) in rows {
        let work = Flop::new((8.0 * billions * 1e9) as u128 * 300_000_000_000);
        let got =
            gpu_hours(work, FlopRate::new(teraflop_per_s * 1_000_000_000_000), 1.0) / gpus / 24.0;
        assert_near(&format!("{billions}B on {gpus}"), got, days, 0.035);
    }
}

#[test]
fn llama_runs_take_the_published_gpu_hours() {
    let a100 = FlopRate::new(312_000_000_000_000);
    // Llama 1 (arXiv 2302.13971, table 15) at 47 % utilisation, Llama 2 (model card) at 38.6 %.
    let rows = [
        (6_700_000_000, 1_000, 0.47, 82_432.0),
        (32_500_000_000, 1_400, 0.47, 530_432.0),
        (6_740_000_000, 2_000, 0.386, 184_320.0),
        (33_700_000_000, 2_000, 0.386, 1_038_336.0),
    ];
    for (params, billion_tokens, mfu, published) in rows {
        let work = Flop::new(6 * params * billion_tokens * 1_000_000_000);
        assert_near(
            &format!("{params}"),
            gpu_hours(work, a100, mfu),
            published,
            0.12,
        );
    }
}

#[test]
fn llama_runs_use_the_published_energy() {
    // Table 15's convention: rated power of the chip times a PUE of 1.1. Megawatt-hours, printed without decimals.
    let draw = Draw {
        tdp: Power::from_watts(400),
        server_per_chip: 1.0,
        load: 1.0,
        pue: 1.1,
    };
    let rows = [
        (82_432.0, 36.0),
        (135_168.0, 59.0),
        (530_432.0, 233.0),
        (1_022_362.0, 449.0),
        (809_472.0, 356.0),
        (1_082_880.0, 475.0),
    ];
    for (gpu_hours, megawatt_hours) in rows {
        let got = run_energy(gpu_hours, &draw).mj() as f64 / (Energy::KWH * 1_000).mj() as f64;
        assert_near(&format!("{gpu_hours} h"), got, megawatt_hours, 0.015);
    }
}

#[test]
fn deepseek_v3_costs_the_published_sum() {
    // arXiv 2412.19437, table 1.
    let cost = run_cost(2_788_000.0, 0.0, MoneyRate::per_hour(Money::from_usd(2)));
    assert_eq!(cost, Money::from_usd(5_576_000));
}

#[test]
fn failure_rates_give_the_published_times_between_failures() {
    // Meta's research clusters (arXiv 2410.21680) and Llama 3 (arXiv 2407.21783, table 5: 419 failures in 54 days on 2048 nodes).
    assert_near(
        "16 384 GPUs",
        hours(mean_time_between_failures(2048, 6.5)),
        1.8,
        0.03,
    );
    assert_near(
        "131 072 GPUs",
        hours(mean_time_between_failures(16_384, 6.5)),
        0.23,
        0.03,
    );
    let llama_3 = 419.0 / 54.0 / 2048.0 * 1000.0;
    assert_near(
        "Llama 3",
        hours(mean_time_between_failures(2048, llama_3)),
        3.09,
        0.03,
    );
}

#[test]
fn the_bloom_checkpoint_has_the_published_size() {
    assert_near(
        "BLOOM 176B",
        checkpoint_size(176_200_000_000).bytes() as f64 / 1e12,
        2.3,
        0.08,
    );
}
