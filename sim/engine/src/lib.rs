//! The discrete-event kernel: an event queue, a clock, keyed random draws, samplers and a digest.
//!
//! It knows no GPU and no coin. The host (the `world` crate) numbers its kinds of event as
//! [`Class`]es and its subjects as dense `u32` entity ids; the engine says which of them is next.
//!
//! * [`Engine`]: schedule, cancel, pop; one live event per (class, entity).
//! * [`Key`]: the event itself, 16 bytes, and the whole of the order of events.
//! * [`Queue`] and its implementations: [`Wheel`] (the fast one), [`Heap`], [`Sorted`] (the reference).
//! * [`Draws`]: random words by (seed, purpose, entity, ordinal), with no generator state.
//! * [`sample`]: monotone inverse distribution functions, one uniform each.
//! * [`Digest`]: 64 bits that tell two runs apart.
//!
//! Nothing here reads a clock, a file or the environment, and no result depends on the queue used.

mod digest;
mod draws;
mod engine;
mod event;
mod key;
mod philox;
mod prefetch;
mod queue;
mod rank;
pub mod sample;
mod slots;
mod snapshot;

pub use digest::Digest;
pub use draws::{Draws, Purpose};
pub use engine::Engine;
pub use event::{Class, Event};
pub use key::Key;
pub use prefetch::prefetch;
pub use queue::{Heap, Queue, Sorted, Wheel};
