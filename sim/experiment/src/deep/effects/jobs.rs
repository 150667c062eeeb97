//! `[jobs]`, `[scheduler]`, `[data]`.

use super::Direction::{Along, Down, Either, Up};
use super::preset::*;
use super::{Effect, Preset, effect, unseen};

/// GPUs that a large job asks for, and nothing else to do.
const ONE_TEMPLATE: Preset = Preset {
    name: "only template *",
    set: &[
        "jobs.gang.consumer_16.weight=0 %", "jobs.gang.consumer_32.weight=0 %", "jobs.gang.consumer_64.weight=0 %",
        "jobs.gang.consumer_*.weight=100 %", "jobs.gang.consumer_*.gpus=8",
        "jobs.load.datacentre=0 %", "jobs.gang_median.consumer=1 d",
    ],
};

const ONE_TEMPLATE_DATACENTRE: Preset = Preset {
    name: "only template *",
    set: &[
        "jobs.gang.datacentre_64.weight=0 %", "jobs.gang.datacentre_128.weight=0 %", "jobs.gang.datacentre_256.weight=0 %", "jobs.gang.datacentre_512.weight=0 %",
        "jobs.gang.datacentre_*.weight=100 %", "jobs.gang.datacentre_*.gpus=8", "jobs.gang.datacentre_*.workload=tinyllama_1b",
        "jobs.load.consumer=0 %", "jobs.gang_median.datacentre=1 d",
    ],
};

/// Another template, of small jobs, has all the weight, from which this one takes.
macro_rules! weightless {
    ($group:literal, $all:literal, [$($name:literal),+], $load:literal) => {
        Preset {
            name: "large jobs of another, smaller template",
            set: &[
                $(concat!("jobs.gang.", $group, "_", $name, ".weight=0 %"), concat!("jobs.gang.", $group, "_", $name, ".gpus=4"), concat!("jobs.gang.", $group, "_", $name, ".workload=tinyllama_1b"),)+
                concat!("jobs.gang.", $group, "_", $all, ".weight=100 %"),
                $load, concat!("jobs.gang_median.", $group, "=1 d"),
            ],
        }
    };
}

/// Providers that are small in every class, so that the least memory of an island decides who can take part.
const SMALL_ISLANDS: Preset = Preset {
    name: "small islands",
    set: &[
        "fleet.individual.share=80 %", "fleet.edge.share=0 %", "fleet.datacentre.share=20 %",
        "fleet.datacentre.gpus_min=1", "fleet.datacentre.gpus_mean=1.3", "fleet.datacentre.gpus_max=4",
    ],
};

const LARGEST_FIRST: &[&str] = &["llama2_70b", "llama_33b", "llama2_13b", "llama2_7b", "openllama_3b", "tinyllama_1b"];

const LARGER_JOBS: &str = "the same load in larger jobs is fewer jobs";

const LONGER_JOBS: &str = "the same load in longer jobs is fewer jobs";

/// Prices that fall to their floor, and customers who answer.
const CHEAP: Preset = Preset {
    name: "prices at their floor, elastic demand",
    set: &["jobs.trace_scale=0", "jobs.elasticity=4", "jobs.load.consumer=20 %", "protocol.price.target=85 %", "protocol.price.floor=0.5"],
};

/// Prices that rise to their cap.
const DEAR: Preset = Preset { name: "prices at their cap", set: &["protocol.price.target=15 %", "protocol.price.band=1 %"] };

const SLOW_CHECKPOINTS: Preset = Preset {
    name: "gangs inside data centres that save slowly and fail often",
    set: &["jobs.checkpoint_bandwidth=10 Mbit/s", "failures.datacentre.up_mean=2 d", "jobs.load.consumer=0 %", "fleet.datacentre.gpus_min=32"],
};

const FILE: &str = "a file: its contents are data, and there is no second file to try; the digest in run.json tells which one was read";

pub(super) const EFFECTS: &[Effect] = &[
    unseen(&["jobs.trace_file", "data.gpus_file", "data.workloads_file"], "data that a run reads", FILE),
    effect(&["jobs.trace_scale"], &[("jobs.finished", Up)], "more copies of the trace submit more jobs").with(&[NO_GANGS]),
    effect(&["jobs.trace_loop"], &[("jobs.finished", Either("a shorter loop leaves out the trace's last weeks, a longer one adds weeks without jobs: which are busier is the trace's to say"))], "which weeks of the trace are replayed").with(&[NO_GANGS]),
    effect(&["jobs.trace_consumer_gpus_max"], &[("utilisation.consumer", Up), ("utilisation.datacentre", Down)], "more of the trace's jobs go to consumer cards").with(&[NO_GANGS]).to(&["1", "8"]),
    effect(&["jobs.trace_checkpoint"], &[("jobs.goodput", Down)], "a failure takes the work since the last checkpoint").with(&[NO_GANGS]).to(&["12 h"]),
    effect(&["jobs.load.consumer"], &[("utilisation.consumer", Up)], "more work").with(&[NO_TRACE]),
    effect(&["jobs.load.datacentre"], &[("utilisation.datacentre", Up)], "more work").with(&[NO_TRACE]),
    effect(&["jobs.elasticity"], &[("utilisation.consumer", Down)], "at prices above the list, demand that answers is less").with(&[NO_TRACE, DEAR]),
    effect(&["jobs.elasticity_lag"], &[("utilisation.consumer", Up)], "high prices are felt later").with(&[NO_TRACE, DEAR, only!("jobs.elasticity=2")]),
    effect(&["jobs.demand_max"], &[("utilisation.consumer", Up)], "low prices may raise demand further").with(&[CHEAP]),
    effect(&["jobs.fault_share"], &[("slashes.honest_share_of_bonds", Up)], "failed jobs are slashed").with(&[only!("protocol.ladder.penalty_at=1")]).to(&["20 %"]),
    effect(&["jobs.patience"], &[("jobs.abandoned_share", Down)], "who waits longer gives up less").with(&[HOT]),
    effect(&["jobs.restart"], &[("jobs.goodput", Down)], "GPUs that restart a job do no work").to(&["6 h"]),
    effect(&["jobs.gang_median.consumer"], &[("jobs.finished", Down)], LONGER_JOBS).with(&[NO_TRACE, only!("jobs.load.datacentre=0 %"), SMALL_GANGS]),
    effect(&["jobs.gang_median.datacentre"], &[("jobs.finished", Down)], LONGER_JOBS).with(&[NO_TRACE, only!("jobs.load.consumer=0 %"), SMALL_GANGS]),
    effect(&["jobs.gang_sigma"], &[("jobs.finished", Down)], "the mean of a log-normal length rises with its sigma, and the same load in longer jobs is fewer jobs").with(&[NO_TRACE, SMALL_GANGS]),
    effect(&["jobs.gang_max"], &[("jobs.finished", Down)], LONGER_JOBS).with(&[NO_TRACE, SMALL_GANGS, only!("jobs.gang_max=2 d")]),
    effect(&["jobs.inner_steps"], &[("utilisation.consumer", Down)], "fewer exchanges let GPUs go sooner").with(&[ONLY_INDIVIDUALS, SMALL_GANGS, EXCHANGE]),
    effect(&["jobs.payload_bits_per_param"], &[("utilisation.consumer", Up)], "longer exchanges hold GPUs longer").with(&[ONLY_INDIVIDUALS, SMALL_GANGS, EXCHANGE]),
    effect(&["jobs.training_tokens_per_gpu_step"], &[("utilisation.consumer", Down)], "more work between exchanges lets GPUs go sooner").with(&[ONLY_INDIVIDUALS, SMALL_GANGS, EXCHANGE]),
    effect(&["jobs.checkpoint_bandwidth"], &[("jobs.goodput", Up)], "weights that are saved faster are saved more often, and a failure takes less").with(&[NO_TRACE, SMALL_GANGS, SLOW_CHECKPOINTS]).to(&["160 Mbit/s"]),
    effect(&["jobs.gang.consumer_*.gpus"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, ONE_TEMPLATE]),
    effect(&["jobs.gang.consumer_16.weight"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, weightless!("consumer", "32", ["16", "32", "64"], "jobs.load.datacentre=0 %"), only!("jobs.gang.consumer_16.gpus=16")]),
    effect(&["jobs.gang.consumer_32.weight"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, weightless!("consumer", "16", ["16", "32", "64"], "jobs.load.datacentre=0 %"), only!("jobs.gang.consumer_32.gpus=16")]),
    effect(&["jobs.gang.consumer_64.weight"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, weightless!("consumer", "16", ["16", "32", "64"], "jobs.load.datacentre=0 %"), only!("jobs.gang.consumer_64.gpus=16")]),
    effect(&["jobs.gang.consumer_*.workload"], &[("utilisation.consumer", Along(LARGEST_FIRST))], "the larger the workload, the fewer providers have the memory for their part").with(&[NO_TRACE, ONE_TEMPLATE, SMALL_ISLANDS]).to(&["tinyllama_1b", "openllama_3b"]),
    effect(&["jobs.gang.datacentre_*.gpus"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, ONE_TEMPLATE_DATACENTRE]),
    effect(&["jobs.gang.datacentre_64.weight"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, weightless!("datacentre", "128", ["64", "128", "256", "512"], "jobs.load.consumer=0 %"), only!("jobs.gang.datacentre_64.gpus=16")]),
    effect(&["jobs.gang.datacentre_128.weight"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, weightless!("datacentre", "64", ["64", "128", "256", "512"], "jobs.load.consumer=0 %"), only!("jobs.gang.datacentre_128.gpus=16")]),
    effect(&["jobs.gang.datacentre_256.weight"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, weightless!("datacentre", "64", ["64", "128", "256", "512"], "jobs.load.consumer=0 %"), only!("jobs.gang.datacentre_256.gpus=16")]),
    effect(&["jobs.gang.datacentre_512.weight"], &[("jobs.finished", Down)], LARGER_JOBS).with(&[NO_TRACE, weightless!("datacentre", "64", ["64", "128", "256", "512"], "jobs.load.consumer=0 %"), only!("jobs.gang.datacentre_512.gpus=16")]),
    effect(&["jobs.gang.datacentre_*.workload"], &[("utilisation.datacentre", Along(LARGEST_FIRST))], "the larger the workload, the fewer providers have the memory for their part").with(&[NO_TRACE, ONE_TEMPLATE_DATACENTRE, SMALL_ISLANDS]).to(&["llama2_13b", "openllama_3b"]),
    effect(&["scheduler.policy"], &[("jobs.wait_mean_h", Along(&["backfill", "first_come"]))], "the head of a strict queue keeps those waiting who would fit"),
];
