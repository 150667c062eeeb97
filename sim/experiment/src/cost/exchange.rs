//! How islands exchange what they learned: `[local_sgd]`.

use training::Payload;
use units::Span;

use super::keys::{Assumed, Key, Optional};
use crate::sweep::{Reader, Section};

/// Keys of `[local_sgd]`.
const KEYS: [&str; 6] = [
    "inner_steps",
    "payload",
    "exchange",
    "overlap",
    "uneven",
    "latency",
];
const LATENCY: Optional = Optional {
    key: Key {
        name: "latency",
        least: "0 s",
        most: "10 s",
    },
    default: "75 ms",
    source: "a transatlantic round trip",
};

/// How a change of the weights travels, by its word; the first where the key is left out.
const PAYLOADS: [(&str, Payload); 5] = [
    ("fp32", Payload::Dense { bits: 32 }),
    ("bf16", Payload::Dense { bits: 16 }),
    ("int8", Payload::Dense { bits: 8 }),
    ("int4", Payload::Dense { bits: 4 }),
    (
        "sparse",
        Payload::TopK {
            density: 64.0 / 4096.0,
            value_bits: 2,
            index_bits: 12,
        },
    ),
];

/// By which way islands exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// Around a ring of all of them.
    Ring,
    /// By way of a store: each writes its own contribution and reads those of all others.
    Hub,
}

/// Whether training stands still during the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// It does.
    Blocking,
    /// The exchange runs beside the next inner steps.
    Streaming,
}

/// What faster islands do until the slowest has finished its inner steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uneven {
    /// They wait: every island takes the same number of steps.
    Wait,
    /// They take more steps, as many whole ones as fit the slowest island's time.
    Window,
}

/// Local SGD between islands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalSgd {
    /// Inner steps of the slowest island in a round.
    pub inner_steps: u32,
    /// What each island sends.
    pub payload: Payload,
    /// By which way.
    pub exchange: Exchange,
    /// Whether training stands still meanwhile.
    pub overlap: Overlap,
    /// What faster islands do.
    pub uneven: Uneven,
    /// Latency between islands.
    pub latency: Span,
}

impl Reader<'_> {
    /// Reads `[local_sgd]`, which islands need and a single fabric must not have. The outer nothing is a fault.
    pub fn local_sgd(
        &mut self,
        top: &Section<'_>,
        assumed: &mut Vec<Assumed>,
    ) -> Option<Option<LocalSgd>> {
        let has_islands = top.table.contains_key("islands");
        if !has_islands {
            if top.table.contains_key("local_sgd") {
                let fault = self.fault(top, "local_sgd", "only [[islands]] exchange");
                self.faults.push(fault);
                return None;
            }
            return Some(None);
        }
        let hint = "begin it with a line [local_sgd]; it holds inner_steps";
        let section = self.section(top, "local_sgd", hint)?;
        self.refuse_unknown(&section, &KEYS);
        let inner_steps = self.count(&section, "inner_steps", 1_000_000);
        let payload = self.word(&section, "payload", &PAYLOADS);
        let exchange = [("ring", Exchange::Ring), ("hub", Exchange::Hub)];
        let exchange = self.word(&section, "exchange", &exchange);
        let overlap = [
            ("blocking", Overlap::Blocking),
            ("streaming", Overlap::Streaming),
        ];
        let overlap = self.word(&section, "overlap", &overlap);
        let uneven = [("wait", Uneven::Wait), ("window", Uneven::Window)];
        let uneven = self.word(&section, "uneven", &uneven);
        let latency = self.quantity_or(Some(&section), "local_sgd", LATENCY, assumed);
        Some(Some(LocalSgd {
            inner_steps: inner_steps?,
            payload: payload?,
            exchange: exchange?,
            overlap: overlap?,
            uneven: uneven?,
            latency: latency?,
        }))
    }
}
