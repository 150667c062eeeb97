//! Checkpoints: their size, how often to write them, and what failures cost in time.

use units::{Bytes, Span};

use crate::rounding::{seconds, span_of, to_u64};

/// Bytes per parameter of a checkpoint: 2-byte weights and 12 bytes of optimiser state, no gradients.
const CHECKPOINT_BYTES: u64 = 14;

/// Size of a checkpoint that training can resume from.
#[must_use]
pub fn checkpoint_size(params: u64) -> Bytes {
    Bytes::new(params * CHECKPOINT_BYTES)
}

/// Mean time between failures of a job on `nodes` nodes at a rate of failures per 1000 node-days. The longest span when it does not fail.
#[must_use]
pub fn mean_time_between_failures(nodes: u32, failures_per_1000_node_days: f64) -> Span {
    let day_s = seconds(Span::from_days(1));
    Span::from_ns(to_u64(
        1000.0 * day_s / (f64::from(nodes) * failures_per_1000_node_days) * 1e9,
    ))
}

/// How a job is interrupted and how it saves itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpointing {
    /// Time that training stands still for each checkpoint (not the background upload).
    pub blocking: Span,
    /// Mean time between failures of the whole job.
    pub mtbf: Span,
    /// From failure to training again: detection, rescheduling, reload.
    pub restart: Span,
}

impl Checkpointing {
    /// Young's interval between checkpoints, `√(2δM)`: first order, good while `δ` is far below `M`.
    #[must_use]
    pub fn young_interval(&self) -> Span {
        span_of((2.0 * seconds(self.blocking) * seconds(self.mtbf)).sqrt())
    }

    /// Daly's interval, of higher order; `M` when writing takes twice the time between failures or more.
    #[must_use]
    pub fn daly_interval(&self) -> Span {
        let (blocking, mtbf) = (seconds(self.blocking), seconds(self.mtbf));
        if blocking >= 2.0 * mtbf {
            return self.mtbf;
        }
        let half_ratio = blocking / (2.0 * mtbf);
        let stretch = 1.0 + half_ratio.sqrt() / 3.0 + half_ratio / 9.0;
        span_of((2.0 * blocking * mtbf).sqrt() * stretch - blocking)
    }

    /// Time lost per time trained when a checkpoint follows every `interval` of training: writing, half an interval of lost work
    /// a failure, and restarts, `δ/τ + (τ/2 + R)/M`. First order, for intervals well below `M`.
    #[must_use]
    pub fn overhead(&self, interval: Span) -> f64 {
        let interval = seconds(interval);
        seconds(self.blocking) / interval
            + (interval / 2.0 + seconds(self.restart)) / seconds(self.mtbf)
    }

    /// Expected effective training time ratio: trained time over elapsed time, `1/(1 + overhead)`.
    #[must_use]
    pub fn effective_time_ratio(&self, interval: Span) -> f64 {
        1.0 / (1.0 + self.overhead(interval))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Daly's exact expected slowdown under exponential failures, up to a constant factor.
    fn exact_slowdown(blocking: f64, mtbf: f64, interval: f64) -> f64 {
        libm::expm1((interval + blocking) / mtbf) / interval
    }

    #[test]
    fn daly_is_nearer_the_exact_optimum_than_young() {
        for (blocking, mtbf) in [(60, 36_000), (600, 7_200), (1_800, 7_200)] {
            let job = Checkpointing {
                blocking: Span::from_secs(blocking),
                mtbf: Span::from_secs(mtbf),
                restart: Span::ZERO,
            };
            let slowdown = |interval: f64| exact_slowdown(blocking as f64, mtbf as f64, interval);
            let optimum = (1..40_000)
                .map(f64::from)
                .min_by(|a, b| slowdown(*a).total_cmp(&slowdown(*b)))
                .unwrap();
            let miss = |interval: Span| (seconds(interval) - optimum).abs() / optimum;
            assert!(miss(job.daly_interval()) < 0.01, "{blocking} {mtbf}");
            assert!(
                miss(job.daly_interval()) < miss(job.young_interval()),
                "{blocking} {mtbf}"
            );
        }
    }

    #[test]
    fn the_young_interval_minimises_the_first_order_overhead() {
        let job = Checkpointing {
            blocking: Span::from_secs(40),
            mtbf: Span::from_hours(100),
            restart: Span::from_secs(600),
        };
        let interval = job.young_interval();
        let overhead = job.overhead(interval);
        let closed_form = (2.0f64 * 40.0 / 360_000.0).sqrt() + 600.0 / 360_000.0;
        assert!((overhead - closed_form).abs() < 1e-9);
        assert!(overhead < job.overhead(interval / 2) && overhead < job.overhead(interval * 2));
        assert!((job.effective_time_ratio(interval) - 1.0 / (1.0 + closed_form)).abs() < 1e-9);
    }

    #[test]
    fn when_writing_outlasts_the_uptime_the_interval_is_the_uptime() {
        let job = Checkpointing {
            blocking: Span::from_secs(20),
            mtbf: Span::from_secs(10),
            restart: Span::ZERO,
        };
        assert_eq!(job.daly_interval(), job.mtbf);
    }

    #[test]
    fn a_fleet_that_never_fails_has_the_longest_span() {
        assert_eq!(mean_time_between_failures(8, 0.0), Span::MAX);
    }
}
