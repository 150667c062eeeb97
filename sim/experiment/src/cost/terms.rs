//! What surrounds training: failures and checkpoints, electricity and buildings. Every key may be left out.

use units::{EnergyPrice, Ratio, Span};

use super::keys::{Assumed, Key, Optional};
use crate::sweep::{Reader, Section};

const NODE_MTBF: Optional = Optional {
    key: Key {
        name: "node_mtbf",
        least: "1 h",
        most: "100 y",
    },
    default: "264 d",
    source: "3.79 interruptions per 1000 node-days of Llama 3 405B on 16,384 H100 (Meta 2024)",
};
const CHECKPOINT: Optional = Optional {
    key: Key {
        name: "checkpoint_blocking",
        least: "1 ms",
        most: "1 d",
    },
    default: "40 s",
    source: "time to write a checkpoint of BLOOM 176B (BigScience 2022)",
};
const RESTART: Optional = Optional {
    key: Key {
        name: "restart",
        least: "0 s",
        most: "30 d",
    },
    default: "25 min",
    source: "detection within 10 min and catching up within 15 min (MegaScale, Jiang et al. 2024)",
};
const ELECTRICITY: Optional = Optional {
    key: Key {
        name: "electricity",
        least: "0 USD/kWh",
        most: "10 USD/kWh",
    },
    default: "0.161 USD/kWh",
    source: "world mean for businesses, 2025 Q2 (scenarios/data/electricity.csv)",
};
const PUE: Optional = Optional {
    key: Key {
        name: "pue",
        least: "1",
        most: "3",
    },
    default: "1.25",
    source: "buildings of other than the largest operators (Epoch AI)",
};
const LOAD: Optional = Optional {
    key: Key {
        name: "load",
        least: "1 %",
        most: "100 %",
    },
    default: "75 %",
    source: "mean draw of training servers over their rated power (Epoch AI)",
};
const NETWORK_SHARE: Optional = Optional {
    key: Key {
        name: "network_share",
        least: "0 %",
        most: "90 %",
    },
    default: "19 %",
    source: "interconnect's share of the price of a cluster (Epoch AI)",
};
const SERVER_PRICE: Optional = Optional {
    key: Key {
        name: "server_price",
        least: "1",
        most: "5",
    },
    default: "1.64",
    source: "price of a server per chip, over the chip's (Epoch AI)",
};

/// Failures and checkpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// Mean time between failures of one node.
    pub node_mtbf: Span,
    /// Time that training stands still for a checkpoint; none between islands.
    pub checkpoint_blocking: Span,
    /// From a failure to training again.
    pub restart: Span,
}

/// What power and machines cost besides the GPUs' own prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// Price of electricity.
    pub electricity: EnergyPrice,
    /// Power usage effectiveness of the building.
    pub pue: Ratio,
    /// Mean draw over rated power.
    pub load: Ratio,
    /// Interconnect's share of the price of a cluster.
    pub network_share: Ratio,
    /// Price of a server per chip, over the chip's.
    pub server_price: Ratio,
}

impl Reader<'_> {
    /// Reads `[failures]`.
    pub fn failures(&mut self, top: &Section<'_>, assumed: &mut Vec<Assumed>) -> Option<Failures> {
        let section = self.optional_section(top, "failures");
        let section = section.as_ref();
        // Islands hold each other's state: what one loses is its part of a round.
        let writes = !top.table.contains_key("islands");
        if let Some(section) = section {
            let keys = [NODE_MTBF, RESTART, CHECKPOINT].map(|it| it.key.name);
            self.refuse_unknown(section, &keys[..if writes { 3 } else { 2 }]);
        }
        let mut span = |wanted| self.quantity_or(section, "failures", wanted, assumed);
        let node_mtbf = span(NODE_MTBF);
        let restart = span(RESTART);
        let checkpoint_blocking = match writes {
            true => span(CHECKPOINT),
            false => Some(Span::ZERO),
        };
        Some(Failures {
            node_mtbf: node_mtbf?,
            checkpoint_blocking: checkpoint_blocking?,
            restart: restart?,
        })
    }

    /// Reads `[prices]`.
    pub fn prices(&mut self, top: &Section<'_>, assumed: &mut Vec<Assumed>) -> Option<Prices> {
        let section = self.optional_section(top, "prices");
        let section = section.as_ref();
        let ratios = [PUE, LOAD, NETWORK_SHARE, SERVER_PRICE];
        if let Some(section) = section {
            let keys: Vec<&str> = ratios
                .iter()
                .chain([&ELECTRICITY])
                .map(|it| it.key.name)
                .collect();
            self.refuse_unknown(section, &keys);
        }
        let electricity = self.quantity_or(section, "prices", ELECTRICITY, assumed);
        let [pue, load, network_share, server_price] =
            ratios.map(|wanted| self.quantity_or(section, "prices", wanted, assumed));
        Some(Prices {
            electricity: electricity?,
            pue: pue?,
            load: load?,
            network_share: network_share?,
            server_price: server_price?,
        })
    }
}
