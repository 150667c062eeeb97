//! Links and the closed forms of ring collectives on them.

use serde::{Deserialize, Serialize};
use units::{BitRate, Span};

use crate::calibration::Calibration;
use crate::layout::Layout;
use crate::rounding::{seconds, to_u64};

/// The links of a cluster, as stated; what share of them collectives reach is in a [`Calibration`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// Between GPUs of one node, per GPU and direction.
    pub intra: BitRate,
    /// Between nodes, per **node** and direction (all its ports together).
    pub inter: BitRate,
    /// GPUs in a node.
    pub gpus_per_node: u32,
    /// Latency of one hop between nodes.
    pub latency: Span,
}

/// Peers on a ring whose slowest link has this rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring {
    /// Members; fewer than two exchange nothing.
    pub peers: u32,
    /// Rate of the slowest link.
    pub rate: BitRate,
    /// Latency of one hop.
    pub latency: Span,
}

impl Ring {
    /// Seconds to sum `bytes` over all peers: `2(k−1)/k·S/β + 2(k−1)·α`. Infinite over a link of rate zero.
    #[must_use]
    pub fn all_reduce_s(&self, bytes: f64) -> f64 {
        2.0 * self.all_gather_s(bytes)
    }

    /// Seconds to collect `bytes` in all on every peer; a reduce-scatter takes as long.
    #[must_use]
    pub fn all_gather_s(&self, bytes: f64) -> f64 {
        if self.peers < 2 {
            return 0.0;
        }
        let peers = f64::from(self.peers);
        (peers - 1.0) / peers * send_s(bytes, self.rate) + (peers - 1.0) * seconds(self.latency)
    }
}

/// Seconds to send `bytes` over one link, latency apart. Infinite at rate zero.
pub(crate) fn send_s(bytes: f64, rate: BitRate) -> f64 {
    bytes * 8.0 / rate.bit_per_s() as f64
}

fn share_of(rate: BitRate, share: f64) -> BitRate {
    BitRate::new(to_u64(rate.bit_per_s() as f64 * share))
}

impl Network {
    /// The same links at the rates that collectives reach on them.
    pub(crate) fn reached(&self, calibration: &Calibration) -> Network {
        Network {
            intra: share_of(self.intra, calibration.intra),
            inter: share_of(self.inter, calibration.inter),
            ..*self
        }
    }

    /// The ring of one tensor-parallel group; ranks of a group are neighbours.
    pub(crate) fn tensor_ring(&self, layout: &Layout) -> Ring {
        let within = layout.tensor <= self.gpus_per_node;
        self.ring(layout.tensor, within, self.gpus_per_node)
    }

    /// The ring of one data-parallel group; replicas lie next to each other, after the tensor ranks.
    pub(crate) fn data_ring(&self, layout: &Layout) -> Ring {
        let within =
            u64::from(layout.tensor) * u64::from(layout.data) <= u64::from(self.gpus_per_node);
        let members_per_node = (self.gpus_per_node / layout.tensor).clamp(1, layout.data);
        self.ring(layout.data, within, members_per_node)
    }

    /// Rate between two pipeline stages, one GPU to one GPU.
    pub(crate) fn stage_rate(&self, layout: &Layout) -> BitRate {
        if layout.gpus() <= u64::from(self.gpus_per_node) {
            self.intra
        } else {
            self.between_nodes(1)
        }
    }

    /// A group with `members_per_node` in each node gets that share of the node's ports: its sister groups use the rest.
    fn ring(&self, peers: u32, within: bool, members_per_node: u32) -> Ring {
        if within {
            // A hop inside a node is in the launch overhead.
            return Ring {
                peers,
                rate: self.intra,
                latency: Span::ZERO,
            };
        }
        Ring {
            peers,
            rate: self.between_nodes(members_per_node).min(self.intra),
            latency: self.latency,
        }
    }

    fn between_nodes(&self, members_per_node: u32) -> BitRate {
        let share = u128::from(self.inter.bit_per_s()) * u128::from(members_per_node)
            / u128::from(self.gpus_per_node);
        BitRate::new(u64::try_from(share).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIGABIT: BitRate = BitRate::new(1_000_000_000);

    #[test]
    fn a_ring_all_reduce_follows_its_closed_form() {
        let ring = Ring {
            peers: 5,
            rate: GIGABIT,
            latency: Span::from_ns(50_000_000),
        };
        let expected = 2.0 * 4.0 / 5.0 * 1.0 + 2.0 * 4.0 * 0.05;
        assert!((ring.all_reduce_s(125e6) - expected).abs() < 1e-12);
        assert!((ring.all_gather_s(125e6) - expected / 2.0).abs() < 1e-12);
    }

    #[test]
    fn one_peer_exchanges_nothing_and_a_dead_link_never_ends() {
        assert_eq!(
            Ring {
                peers: 1,
                rate: BitRate::ZERO,
                latency: Span::from_secs(1)
            }
            .all_reduce_s(1e9),
            0.0
        );
        assert_eq!(
            Ring {
                peers: 2,
                rate: BitRate::ZERO,
                latency: Span::ZERO
            }
            .all_reduce_s(1.0),
            f64::INFINITY
        );
    }

    #[test]
    fn groups_share_the_ports_of_a_node() {
        let network = Network {
            intra: BitRate::new(2_400_000_000_000),
            inter: BitRate::new(1_600_000_000_000),
            gpus_per_node: 8,
            latency: Span::from_ns(5_000),
        };
        let layout = |tensor, data| Layout {
            tensor,
            data,
            ..Layout::SINGLE
        };
        assert_eq!(
            network.data_ring(&layout(8, 4)).rate,
            BitRate::new(200_000_000_000)
        );
        assert_eq!(network.data_ring(&layout(1, 64)).rate, network.inter);
        assert_eq!(network.data_ring(&layout(1, 8)).rate, network.intra);
        assert_eq!(network.tensor_ring(&layout(8, 4)).rate, network.intra);
        assert_eq!(network.tensor_ring(&layout(16, 1)).rate, network.inter);
        assert_eq!(
            network.stage_rate(&Layout {
                pipeline: 2,
                ..layout(8, 1)
            }),
            BitRate::new(200_000_000_000)
        );
    }
}
