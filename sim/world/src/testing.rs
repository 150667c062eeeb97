//! Configurations with round numbers for unit tests. No run uses them.

use units::{BitRate, Ratio, Span};

use crate::config::Jobs;

/// Demand without large jobs, of elasticity one.
#[must_use]
pub fn jobs() -> Jobs {
    Jobs {
        trace_scale: Ratio::ONE,
        trace_loop: Span::from_days(7),
        trace_consumer_gpus_max: 4,
        trace_checkpoint: Span::from_hours(1),
        load: [Ratio::from_percent(65); 2],
        gang_median: [Span::from_days(1); 2],
        gang_sigma: Ratio::ONE,
        gang_max: Span::from_days(30),
        gangs: Vec::new(),
        inner_steps: 500,
        payload_bits_per_param: 8,
        training_tokens_per_gpu_step: 16_384,
        checkpoint_bandwidth: BitRate::new(8_000_000_000),
        restart: Span::from_secs(600),
        fault_share: Ratio::ZERO,
        loss_claimed: Ratio::ZERO,
        higher_priority: Ratio::ZERO,
        patience: Span::from_days(7),
        elasticity: Ratio::ONE,
        // Short, so that a month of tests suffices to feel a price wholly.
        elasticity_lag: Span::from_days(5),
        demand_max: Ratio::from_percent(200),
    }
}
