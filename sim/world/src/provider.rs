//! A provider: who it is, what it owns, and the clockwork of its epoch.

use protocol::{ParticipantId, ProviderId};
use serde::{Deserialize, Serialize};
use units::{EnergyPrice, SimTime};

use crate::config::Class;

/// Identity of a provider under every scenario with the same seed: class and ordinal, never the place in a list.
/// Nodes add their number in the low byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderKey(pub u32);

impl ProviderKey {
    /// Most nodes of one provider.
    pub const NODES_MAX: u32 = 256;
    /// Ordinals of entrants start here, so that a larger first fleet leaves their draws as they were.
    pub const ENTRANTS: u32 = 1 << 21;

    /// The key of the `ordinal`-th provider of a class.
    #[must_use]
    pub fn new(class: Class, ordinal: u32) -> Self {
        assert!(
            ordinal < 1 << 22,
            "more than four million providers in a class"
        );
        Self((class as u32) << 30 | ordinal << 8)
    }

    /// The key of the `number`-th provider of a role beside compute: the fourth of the classes that the key has room for.
    #[must_use]
    pub fn of_role(place: u32, number: u32) -> Self {
        assert!(
            place < 4 && number < 1 << 20,
            "more than a million providers of a role"
        );
        Self(3 << 30 | place << 28 | number << 8)
    }

    /// The place of its role among those beside compute; none for a class's provider.
    #[must_use]
    pub fn role_place(self) -> Option<usize> {
        (self.0 >> 30 == 3).then_some((self.0 >> 28 & 3) as usize)
    }

    /// Key of one of its nodes.
    #[must_use]
    pub fn node(self, number: u32) -> u32 {
        debug_assert!(number < Self::NODES_MAX);
        self.0 | number
    }

    /// Ordinal in the class.
    #[must_use]
    pub fn ordinal(self) -> u32 {
        self.0 << 2 >> 10
    }
}

/// What a provider does with the work that it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum Behaviour {
    /// Does the work.
    Honest,
    /// Claims work that it does not do, and saves the power.
    Lazy,
    /// Does the work, and buys its own idle time to look busy.
    SelfDealing,
}

impl Behaviour {
    /// The name used in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["honest", "lazy", "self_dealing"][self as usize]
    }
}

/// One provider: what events on its nodes need. Its money stands apart, in `Fleet::books`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Provider {
    /// Identity.
    pub key: ProviderKey,
    /// Class.
    pub class: Class,
    /// Behaviour.
    pub behaviour: Behaviour,
    /// Whether it is in business.
    pub in_business: bool,
    /// Whether the protocol lets it take jobs; refreshed when epochs close.
    pub is_open: bool,
    /// Whether its running jobs had to leave it: it is jailed or gone.
    pub is_shut: bool,
    /// GPU kind, an index into the configuration.
    pub kind: u8,
    /// Region, an index into the configuration.
    pub region: u8,
    /// GPUs owned.
    pub gpus: u32,
    /// First of its nodes; the rest follow.
    pub first_node: u32,
    /// Number of its nodes.
    pub nodes: u32,
    /// Its account at the protocol.
    pub owner: ParticipantId,
    /// Its name at the protocol.
    pub rules: ProviderId,
    /// What it pays for electricity.
    pub power_price: EnergyPrice,
    /// GPUs up now.
    pub up_gpus: u32,
    /// GPUs up and held by jobs now.
    pub held_gpus: u32,
    /// Until when the integrals below are exact.
    pub integrated: SimTime,
    /// GPU-nanoseconds up since the epoch began.
    pub up_ns: u64,
    /// GPU-nanoseconds held since the epoch began.
    pub held_ns: u64,
    /// Job parts settled since the epoch began.
    pub settled: u32,
    /// Job parts failed by its fault since the epoch began.
    pub failed: u32,
    /// Job parts interrupted on its nodes since the epoch began.
    pub interrupted: u32,
    /// Provider share of fees since the epoch began, with what its delegators have of it, in base units.
    pub fees: units::Amount,
    /// What its delegators have of them.
    pub fees_shared: units::Amount,
    /// What the protocol holds back of the rest.
    pub fees_held: units::Amount,
    /// Epoch of entry.
    pub entered: u32,
    /// Epoch of exit.
    pub exited: Option<u32>,
}

impl Provider {
    /// Brings the integrals up to `now`; call before any change of `up_gpus` or `held_gpus`.
    pub fn integrate(&mut self, now: SimTime) {
        let ns = (now - self.integrated).ns();
        self.up_ns += u64::from(self.up_gpus) * ns;
        self.held_ns += u64::from(self.held_gpus) * ns;
        self.integrated = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_holds_class_ordinal_and_node_apart() {
        let key = ProviderKey::new(Class::Datacentre, ProviderKey::ENTRANTS + 5);
        assert_eq!(key.ordinal(), ProviderKey::ENTRANTS + 5);
        assert_eq!(key.node(255) & 255, 255);
        assert_eq!(key.node(0), key.0);
        assert_ne!(
            ProviderKey::new(Class::Edge, 7),
            ProviderKey::new(Class::Individual, 7)
        );
    }

    #[test]
    fn integrals_grow_with_what_is_up_and_held() {
        let mut books = crate::fleet::tests::provider();
        books.up_gpus = 4;
        books.held_gpus = 3;
        books.integrate(SimTime::from_ns(10));
        books.held_gpus = 0;
        books.integrate(SimTime::from_ns(15));
        assert_eq!((books.up_ns, books.held_ns), (60, 30));
    }
}
