//! Names of things in the protocol: numbered, never reused, without meaning outside it. It holds no state.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($int:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $int);
    };
}

id! {
    /// A moment in the host's own units (blocks, seconds, rounds), never going back.
    Tick(u64)
}
id! {
    /// What an operation goes back to; carried by every posting and event, so that a slash can be followed to its origin.
    Cause(u64)
}
id! {
    /// Somebody who can hold tokens.
    ParticipantId(u32)
}
id! {
    /// A bonded seller of resources. One participant may own several.
    ProviderId(u32)
}
id! {
    /// A resource kind, in the order given to [`Protocol::new`](crate::Protocol::new).
    KindId(u16)
}
id! {
    /// A group of kinds that share one price multiplier.
    GroupId(u8)
}
id! {
    /// An open job: a slot in its low half and that slot's generation in its high half. Treat it as opaque.
    JobId(u64)
}

id! {
    /// A verdict that took something: numbered in the order of judgement, never reused.
    CaseId(u32)
}
id! {
    /// A proposal, counted from zero.
    ProposalId(u32)
}

impl ParticipantId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl ProviderId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl KindId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl GroupId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl JobId {
    pub(crate) const fn new(slot: u32, generation: u32) -> JobId {
        JobId(((generation as u64) << 32) | slot as u64)
    }

    pub(crate) const fn slot(self) -> usize {
        (self.0 & 0xffff_ffff) as usize
    }

    pub(crate) const fn generation(self) -> u32 {
        (self.0 >> 32) as u32
    }
}
