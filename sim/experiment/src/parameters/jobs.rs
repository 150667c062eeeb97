//! `[jobs]`: demand, from a replayed trace and from large training jobs.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

macro_rules! gang {
    ($at:literal, $name:literal, $gpus:literal, $weight:literal, $workload:literal) => {
        [
            fixed(concat!("jobs.gang.", $name, ".gpus"), U32(|d| &mut d.config.jobs.gangs[$at].gpus), "1..100000", $gpus, ASSUMPTION, "GPUs asked for."),
            fixed(concat!("jobs.gang.", $name, ".weight"), Ratio(|d| &mut d.config.jobs.gangs[$at].weight), "0 %..100 %", $weight, ASSUMPTION, "Share of the large jobs of its kind group; sums to 100 %."),
            fixed(concat!("jobs.gang.", $name, ".workload"), Name(|d| &mut d.gang_workloads[$at]), "", $workload, ASSUMPTION, "Neural network, by its name in `data.workloads_file`."),
        ]
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    trace(table);
    demand(table);
    training(table);
    table.extend(gang!(0, "consumer_16", "16", "50 %", "tinyllama_1b"));
    table.extend(gang!(1, "consumer_32", "32", "30 %", "tinyllama_1b"));
    table.extend(gang!(2, "consumer_64", "64", "20 %", "openllama_3b"));
    table.extend(gang!(3, "datacentre_64", "64", "40 %", "llama2_7b"));
    table.extend(gang!(4, "datacentre_128", "128", "30 %", "llama2_13b"));
    table.extend(gang!(5, "datacentre_256", "256", "20 %", "llama_33b"));
    table.extend(gang!(6, "datacentre_512", "512", "10 %", "llama2_70b"));
}

fn trace(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("jobs.trace_file", File(|d| &mut d.trace_file), "", "data/philly_jobs.csv", "Microsoft Philly traces, CC BY 4.0", "Trace of jobs: `submit_s,duration_s,num_gpus`, sorted by submission."),
        fixed("jobs.trace_scale", Factor(|d| &mut d.config.jobs.trace_scale), "0..1000", "12", "3.3 M jobs a year; at 1 the trace keeps 374 GPUs busy", "Copies of the trace in parallel, at the reference fleet."),
        fixed("jobs.trace_loop", Span(|d| &mut d.config.jobs.trace_loop), "1 h..3650 d", "105 d", "15 whole weeks of the trace", "Length after which the trace starts again; later rows are dropped."),
        fixed("jobs.trace_consumer_gpus_max", U32(|d| &mut d.config.jobs.trace_consumer_gpus_max), "0..100000", "4", ASSUMPTION, "Trace jobs of at most this many GPUs go to consumer cards, larger ones to data-centre cards."),
        fixed("jobs.trace_checkpoint", Span(|d| &mut d.config.jobs.trace_checkpoint), "1 min..30 d", "30 min", ASSUMPTION, "Time between checkpoints of a trace job."),
    ]);
}

fn demand(table: &mut Vec<Parameter>) {
    table.extend([
        live("jobs.load.consumer", Ratio(|d| &mut d.config.jobs.load[0]), "0 %..500 %", "65 %", ASSUMPTION, "Offered GPU-hours over expected up GPU-hours of consumer cards; large jobs fill what the trace leaves."),
        live("jobs.load.datacentre", Ratio(|d| &mut d.config.jobs.load[1]), "0 %..500 %", "65 %", ASSUMPTION, "The same for data-centre cards."),
        live("jobs.elasticity", Factor(|d| &mut d.config.jobs.elasticity), "0..5", "1", ASSUMPTION, "Elasticity of demand to price, its absolute value."),
        fixed("jobs.elasticity_lag", Span(|d| &mut d.config.jobs.elasticity_lag), "1 h..365 d", "7 d", ASSUMPTION, "Time over which customers average the price."),
        fixed("jobs.demand_max", Factor(|d| &mut d.config.jobs.demand_max), "1..10", "2", ASSUMPTION, "Largest demand over the reference."),
        live("jobs.fault_share", Ratio(|d| &mut d.config.jobs.fault_share), "0 %..100 %", "0.2 %", ASSUMPTION, "Share of settled job parts that fail by the provider's fault though its node is up."),
        live("jobs.loss_claimed", Ratio(|d| &mut d.config.jobs.loss_claimed), "0 %..10000 %", "0 %", "off: nobody claims", "What a customer claims from the insurance pool when a job part fails by the provider's fault, over the price of the work lost."),
        fixed("jobs.higher_priority", Ratio(|d| &mut d.config.jobs.higher_priority), "0 %..100 %", "0 %", ASSUMPTION, "Share of jobs above the lowest priority, and again of those above the next; it sets a price (protocol.valuation.priority), not a place in the queue."),
        fixed("jobs.patience", Span(|d| &mut d.config.jobs.patience), "1 h..3650 d", "7 d", ASSUMPTION, "How long a customer waits for a first or a new start before giving up."),
        fixed("jobs.restart", Span(|d| &mut d.config.jobs.restart), "0 ns..7 d", "600 s", "detection under 10 min at ByteDance's MegaScale", "Time from the detection of a failure until a job runs again."),
    ]);
}

fn training(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("jobs.gang_median.consumer", Span(|d| &mut d.config.jobs.gang_median[0]), "1 h..365 d", "10 d", ASSUMPTION, "Median planned length of a large job on consumer cards."),
        fixed("jobs.gang_median.datacentre", Span(|d| &mut d.config.jobs.gang_median[1]), "1 h..365 d", "5 d", ASSUMPTION, "The same on data-centre cards."),
        fixed("jobs.gang_sigma", Factor(|d| &mut d.config.jobs.gang_sigma), "0..3", "1", ASSUMPTION, "Sigma of that length's log-normal."),
        fixed("jobs.gang_max", Span(|d| &mut d.config.jobs.gang_max), "1 h..3650 d", "60 d", ASSUMPTION, "Longest planned length."),
        fixed("jobs.inner_steps", U32(|d| &mut d.config.jobs.inner_steps), "1..100000", "500", "DiLoCo (Douillard et al. 2023)", "Optimiser steps between exchanges when a gang spans providers."),
        fixed("jobs.payload_bits_per_param", U32(|d| &mut d.config.jobs.payload_bits_per_param), "1..64", "8", "INTELLECT-1 (int8)", "Payload of an exchange, in bits for each parameter."),
        fixed("jobs.training_tokens_per_gpu_step", U64(|d| &mut d.config.jobs.training_tokens_per_gpu_step), "256..16777216", "16384", ASSUMPTION, "Training tokens that one GPU works through in a step."),
        fixed("jobs.checkpoint_bandwidth", BitRate(|d| &mut d.config.jobs.checkpoint_bandwidth), "1 Mbit/s..100 Tbit/s", "8 Gbit/s", "assumption: 1 GB/s", "Storage bandwidth of one GPU for checkpoints of large jobs."),
    ]);
}
