//! A provider's standing: the protocol's only state machine about people. The hardware's state is not known here.

use serde::{Deserialize, Serialize};

/// Where a provider stands with the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Known, without the minimum bond.
    Registered,
    /// Bonded, working and earning.
    Active,
    /// Set aside for a severe failure; comes back by itself when the term is over.
    Suspended,
    /// Set aside for malicious work; comes back by itself when the term is over.
    Jailed,
    /// Out for ever; earns nothing again.
    Tombstoned,
    /// Left.
    Exited,
}
