//! Local SGD over the internet (DiLoCo and its kin): many inner steps, then one exchange of what changed.

use units::{BitRate, Bytes, Span};

use crate::network::{Ring, send_s};
use crate::rounding::{seconds, to_u64};

/// One round of local SGD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Inner optimiser steps before each exchange.
    pub inner_steps: u32,
    /// What each peer contributes to the exchange.
    pub payload: Bytes,
    /// Slowest uplink of any peer.
    pub up: BitRate,
    /// Slowest downlink of any peer.
    pub down: BitRate,
    /// Latency between peers.
    pub latency: Span,
    /// Peers; one alone exchanges nothing.
    pub peers: u32,
}

impl Round {
    /// Seconds of the exchange: a ring all-reduce, in which every peer sends and receives at once, over the slowest link.
    #[must_use]
    pub fn sync_s(&self) -> f64 {
        let ring = Ring {
            peers: self.peers,
            rate: self.up.min(self.down),
            latency: self.latency,
        };
        ring.all_reduce_s(self.payload.bytes() as f64)
    }

    /// Seconds of the exchange by way of a store that everybody reaches: each peer writes its contribution, then reads those of
    /// `others` peers (its sample, or all the rest).
    #[must_use]
    pub fn hub_sync_s(&self, others: u32) -> f64 {
        if self.peers < 2 {
            return 0.0;
        }
        let bytes = self.payload.bytes() as f64;
        let read = f64::from(others.min(self.peers - 1));
        send_s(bytes, self.up) + read * send_s(bytes, self.down) + 2.0 * seconds(self.latency)
    }

    /// Share of time spent training when training stops for the exchange, given one inner step's seconds.
    #[must_use]
    pub fn utilisation(&self, inner_step_s: f64) -> f64 {
        blocking_utilisation(f64::from(self.inner_steps) * inner_step_s, self.sync_s())
    }

    /// The same when the exchange runs beside the next inner steps (streaming, eager) and only `blocking_s` seconds a round stop training.
    #[must_use]
    pub fn streaming_utilisation(&self, inner_step_s: f64, blocking_s: f64) -> f64 {
        let inner_s = f64::from(self.inner_steps) * inner_step_s;
        inner_s / (inner_s.max(self.sync_s()) + blocking_s)
    }
}

/// `inner / (inner + sync)`: the share of a blocking round spent training.
#[must_use]
pub fn blocking_utilisation(inner_s: f64, sync_s: f64) -> f64 {
    inner_s / (inner_s + sync_s)
}

/// How a change of the weights is written for the exchange.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Payload {
    /// Every value in this many bits: 32, 16, 8 (INTELLECT-1), 4 (Streaming DiLoCo).
    Dense {
        /// Bits per value.
        bits: u32,
    },
    /// The largest values only (SparseLoCo): `density` of them, each with its value and its place.
    TopK {
        /// Kept fraction of the values.
        density: f64,
        /// Bits of a kept value.
        value_bits: u32,
        /// Bits of its place within its chunk.
        index_bits: u32,
    },
}

impl Payload {
    /// Bits per parameter of the workload.
    #[must_use]
    pub fn bits_per_param(&self) -> f64 {
        match *self {
            Payload::Dense { bits } => f64::from(bits),
            Payload::TopK {
                density,
                value_bits,
                index_bits,
            } => density * (f64::from(value_bits) + f64::from(index_bits)),
        }
    }

    /// Bytes for `params` parameters.
    #[must_use]
    pub fn bytes(&self, params: u64) -> Bytes {
        Bytes::new(to_u64(params as f64 * self.bits_per_param() / 8.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUND: Round = Round {
        inner_steps: 100,
        payload: Bytes::new(10_000_000_000),
        up: BitRate::new(500_000_000),
        down: BitRate::new(1_000_000_000),
        latency: Span::from_ns(100_000_000),
        peers: 10,
    };

    #[test]
    fn the_slower_direction_decides_the_exchange() {
        let expected = 2.0 * 9.0 / 10.0 * 160.0 + 2.0 * 9.0 * 0.1;
        assert!((ROUND.sync_s() - expected).abs() < 1e-9);
        assert_eq!(
            Round {
                up: ROUND.down,
                down: ROUND.up,
                ..ROUND
            }
            .sync_s(),
            ROUND.sync_s()
        );
        assert_eq!(Round { peers: 1, ..ROUND }.utilisation(20.0), 1.0);
    }

    #[test]
    fn through_a_store_a_payload_goes_up_once_and_comes_down_from_each() {
        let expected = 160.0 + 4.0 * 80.0 + 0.2;
        assert!((ROUND.hub_sync_s(4) - expected).abs() < 1e-9);
        assert_eq!(ROUND.hub_sync_s(100), ROUND.hub_sync_s(9));
        assert_eq!(Round { peers: 1, ..ROUND }.hub_sync_s(4), 0.0);
    }

    #[test]
    fn streaming_hides_the_exchange_until_it_outlasts_training() {
        assert!(ROUND.utilisation(20.0) < 0.9);
        assert_eq!(ROUND.streaming_utilisation(20.0, 0.0), 1.0);
        let bound = ROUND.streaming_utilisation(1.0, 0.0);
        assert!((bound - 100.0 / ROUND.sync_s()).abs() < 1e-12);
        assert!(ROUND.streaming_utilisation(1.0, 5.0) < bound);
    }

    #[test]
    fn a_payload_has_its_bits_per_parameter() {
        assert_eq!(Payload::Dense { bits: 8 }.bytes(1_000), Bytes::new(1_000));
        let sparse = Payload::TopK {
            density: 64.0 / 4096.0,
            value_bits: 2,
            index_bits: 12,
        };
        assert_eq!(sparse.bytes(4096), Bytes::new(64 * 14 / 8));
    }
}
