//! What the host sees of an event: when, of which class, and whose. The key that orders it is in `key.rs`.

use serde::{Deserialize, Serialize};
use units::SimTime;

/// A kind of event. At one instant, classes happen in ascending order, so the host's
/// numbering is part of its meaning. A class is below 64.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Class(pub u8);

/// One event: the engine hands it out and keeps nothing else about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// When it happens.
    pub time: SimTime,
    /// What happens.
    pub class: Class,
    /// To whom: a dense id, unique within the class, never reused.
    pub entity: u32,
}
