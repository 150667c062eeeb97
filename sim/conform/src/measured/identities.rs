//! Groups that follow from their inputs without a calibration: sizes, utilisation, days, energy, failures, checkpoints, money.

use training::{
    Draw, Layout, Payload, Recompute, Transformer, blocking_utilisation, gpu_hours,
    mean_time_between_failures, memory_per_gpu, run_cost, run_energy,
};
use units::{Flop, Money, MoneyRate, Power};

use super::inputs::Inputs;
use super::job::{layout, workload};
use super::stack::declared;

const GIB: f64 = (1u64 << 30) as f64;
const HOUR_S: f64 = 3600.0;
const DAY_S: f64 = 24.0 * HOUR_S;

/// Hours in a model's card are hours paid, checkpoints included. No card says how many it wrote; BLOOM's run did for 40 s every 3 h.
const CHECKPOINT_S: f64 = 40.0;
const CHECKPOINT_EVERY_S: f64 = 3.0 * HOUR_S;

/// The answer of a row that needs no calibration, or why there is none.
pub(super) fn answer(inputs: &Inputs<'_>, group: &str, metric: &str) -> Result<f64, String> {
    match (group, metric) {
        ("params", "parameters_B") => Ok(workload(inputs)?.params() as f64 / 1e9),
        ("memory", _) => memory(inputs, metric),
        ("mfu", "mfu_pct") => utilisation(inputs),
        ("duration", "days") => days(inputs),
        ("gpu_hours", "gpu_hours") => hours(inputs),
        ("energy", "MWh") => energy(inputs),
        ("diloco", "compute_util_pct") => {
            // The rows state the inner steps of a whole round.
            let share = blocking_utilisation(inputs.number("inner_s")?, inputs.number("sync_s")?);
            Ok(share * 100.0)
        }
        ("diloco", "compression vs fp32") => {
            let payload = Payload::TopK {
                density: inputs.number("density")?,
                value_bits: inputs.count("value_bits")?,
                index_bits: inputs.count("index_bits")?,
            };
            Ok(32.0 / payload.bits_per_param())
        }
        ("failure", "mttf_h") => {
            let rate = inputs.number("rf_per_1000_node_days")?;
            let mean = mean_time_between_failures(inputs.count("nodes")?, rate);
            Ok(mean.ns() as f64 / 1e9 / HOUR_S)
        }
        ("failure", "mtbf_h") => Ok(inputs.number("days")? * 24.0 / inputs.number("events")?),
        ("checkpoint", "checkpoint_TB") => {
            Ok(inputs.number("params")? * inputs.number("bytes_per_param")? / 1e12)
        }
        ("checkpoint", "write GB/s") => {
            Ok(inputs.number("size_TB")? * 1e3 / inputs.number("write_s")?)
        }
        ("money", "usd") => money(inputs),
        _ => Err(format!(
            "no evaluation of metric `{metric}` in group `{group}`"
        )),
    }
}

fn memory(inputs: &Inputs<'_>, metric: &str) -> Result<f64, String> {
    let workload = workload(inputs)?;
    let layout = layout(inputs, &declared("memory"))?;
    let activations = |recompute, sequence_parallel| {
        let layout = Layout {
            recompute,
            sequence_parallel,
            ..layout
        };
        memory_per_gpu(&workload, &layout).activations.bytes() as f64
    };
    let plain = activations(Recompute::None, false);
    match metric {
        "params+grads+optimizer GiB/gpu" => {
            let layout = Layout {
                zero: training::ZeroStage::Zero,
                ..layout
            };
            Ok(memory_per_gpu(&workload, &layout).states.bytes() as f64 / GIB)
        }
        "activations GiB/gpu none" => Ok(plain / GIB),
        "activations GiB/gpu seqpar+selective" => Ok(activations(Recompute::Selective, true) / GIB),
        "activation % of baseline: seq_parallel" => {
            Ok(activations(Recompute::None, true) / plain * 100.0)
        }
        "activation % of baseline: selective" => {
            Ok(activations(Recompute::Selective, false) / plain * 100.0)
        }
        "activation % of baseline: seq_parallel_plus_selective" => {
            Ok(activations(Recompute::Selective, true) / plain * 100.0)
        }
        "activation % of baseline: full_recompute" => {
            Ok(activations(Recompute::Full, false) / plain * 100.0)
        }
        _ => Err(format!(
            "no evaluation of metric `{metric}` in group `memory`"
        )),
    }
}

/// Model operations over peak, percent.
fn utilisation(inputs: &Inputs<'_>) -> Result<f64, String> {
    let workload: Transformer = workload(inputs)?;
    let peak = inputs.machine()?.gpu.peak.flop_per_s() as f64;
    let flop = workload
        .model_flop(u64::from(inputs.count("batch")?))
        .flop() as f64;
    Ok(flop / (inputs.number("iter_s")? * inputs.number("gpus")? * peak) * 100.0)
}

/// Narayanan et al., eq. 4: eight operations a parameter and training token, since everything is computed forward twice.
fn days(inputs: &Inputs<'_>) -> Result<f64, String> {
    let flop = 8.0 * inputs.number("params_B")? * 1e9 * inputs.number("tokens")?;
    Ok(flop / (inputs.number("gpus")? * inputs.number("tflops")? * 1e12) / DAY_S)
}

fn hours(inputs: &Inputs<'_>) -> Result<f64, String> {
    let work = Flop::new((6.0 * inputs.number("params")? * inputs.number("tokens")?) as u128);
    let trained = gpu_hours(work, inputs.machine()?.gpu.peak, inputs.number("mfu")?);
    Ok(trained * (1.0 + CHECKPOINT_S / CHECKPOINT_EVERY_S))
}

/// The chip's rated power throughout, as the sources count it.
fn energy(inputs: &Inputs<'_>) -> Result<f64, String> {
    let draw = Draw {
        tdp: Power::from_mw((inputs.number("tdp_W")? * 1e3) as u64),
        server_per_chip: 1.0,
        load: 1.0,
        pue: inputs.number("pue")?,
    };
    Ok(run_energy(inputs.number("gpu_hours")?, &draw).mj() as f64 / 1e3 / HOUR_S / 1e6)
}

fn money(inputs: &Inputs<'_>) -> Result<f64, String> {
    let rent = MoneyRate::per_hour(Money::from_nano((inputs.number("usd_h")? * 1e9) as i128));
    Ok(run_cost(inputs.number("gpu_hours")?, 0.0, rent).nano() as f64 / 1e9)
}
