//! The 16-byte key that is an event in the queue, and that alone decides the order of events.
//!
//! From the most significant bit: time 64 | class 6 | rank 32 | generation 26. There is no insertion
//! sequence in it, so the order does not move when handlers are reordered. The rank is a seeded
//! permutation of the entity id (see `rank.rs`).

use units::SimTime;

use crate::Class;

const CLASS_BITS: u32 = 6;
const RANK_BITS: u32 = 32;
const GENERATION_BITS: u32 = 26;
const TAIL_BITS: u32 = CLASS_BITS + RANK_BITS + GENERATION_BITS;

/// How many classes a key can tell apart.
pub(crate) const CLASS_LIMIT: u8 = 1 << CLASS_BITS;
/// The greatest generation that fits in a key.
pub(crate) const GENERATION_MAX: u32 = (1 << GENERATION_BITS) - 1;

/// An event in the queue; keys order by time, then class, then entity rank, then generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u128);

impl Key {
    /// Packs the four parts. `class` is below 64 and `generation` below 2^26: the engine checks both
    /// where they arise.
    #[inline]
    pub fn new(time: SimTime, class: Class, rank: u32, generation: u32) -> Self {
        debug_assert!(class.0 < CLASS_LIMIT && generation <= GENERATION_MAX);
        let tail = u64::from(class.0) << (RANK_BITS + GENERATION_BITS)
            | u64::from(rank) << GENERATION_BITS
            | u64::from(generation);
        Key(u128::from(time.ns()) << TAIL_BITS | u128::from(tail))
    }

    /// When the event happens.
    #[inline]
    pub fn time(self) -> SimTime {
        SimTime::from_ns(self.ns())
    }

    /// When the event happens, in nanoseconds since the start.
    #[inline]
    pub fn ns(self) -> u64 {
        (self.0 >> TAIL_BITS) as u64
    }

    /// The class of the event.
    #[inline]
    pub fn class(self) -> Class {
        Class((self.tail() >> (RANK_BITS + GENERATION_BITS)) as u8)
    }

    /// The permuted entity id that breaks ties.
    #[inline]
    pub fn rank(self) -> u32 {
        (self.tail() >> GENERATION_BITS) as u32
    }

    /// Which of the entity's successive timers of this class the key belongs to.
    #[inline]
    pub fn generation(self) -> u32 {
        self.tail() as u32 & GENERATION_MAX
    }

    fn tail(self) -> u64 {
        self.0 as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_as_they_went_in() {
        let time = SimTime::from_ns(u64::MAX - 5);
        let key = Key::new(time, Class(63), u32::MAX - 1, GENERATION_MAX);
        assert_eq!(key.time(), time);
        assert_eq!(key.class(), Class(63));
        assert_eq!(key.rank(), u32::MAX - 1);
        assert_eq!(key.generation(), GENERATION_MAX);
    }

    #[test]
    fn time_outranks_class_outranks_rank_outranks_generation() {
        let key = |ns, class, rank, generation| {
            Key::new(SimTime::from_ns(ns), Class(class), rank, generation)
        };
        let ascending = [
            key(1, 63, u32::MAX, GENERATION_MAX),
            key(2, 0, u32::MAX, GENERATION_MAX),
            key(2, 1, 0, GENERATION_MAX),
            key(2, 1, 1, 0),
            key(2, 1, 1, 1),
        ];
        assert!(ascending.is_sorted());
    }

    #[test]
    fn a_key_is_sixteen_bytes() {
        assert_eq!(size_of::<Key>(), 16);
    }
}
