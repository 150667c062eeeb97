//! Which (class, entity) has a live event: for each entity of one class, a generation and a pending bit.
//!
//! A key in the queue is live when its entity is pending and the generations agree. Replacing or cancelling
//! raises the generation, which makes the old key stale where it lies; popping leaves it, as no key remains.

use crate::key::GENERATION_MAX;
use crate::prefetch;

const PENDING: u32 = 1 << 31;

/// What [`Slots::arm`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Armed {
    /// The generation for the new key.
    pub generation: u32,
    /// Whether an older key became stale.
    pub replaced: bool,
}

/// The slots of one class, indexed by entity, grown on demand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    slots: Vec<u32>,
}

impl Slots {
    /// Slots of the given generations, none pending.
    pub fn from_generations(generations: Vec<u32>) -> Self {
        Slots { slots: generations }
    }

    pub fn generations(&self) -> Vec<u32> {
        self.slots.iter().map(|slot| slot & !PENDING).collect()
    }

    pub fn len(&self) -> usize {
        self.slots.len()
    }

    #[inline]
    pub fn is_pending(&self, entity: u32) -> bool {
        self.slots
            .get(entity as usize)
            .is_some_and(|slot| slot & PENDING != 0)
    }

    /// Asks for the slot of `entity` to be at hand soon.
    #[inline]
    pub fn prefetch(&self, entity: u32) {
        prefetch(&self.slots, entity as usize);
    }

    #[inline]
    pub fn is_live(&self, entity: u32, generation: u32) -> bool {
        self.slots.get(entity as usize) == Some(&(generation | PENDING))
    }

    /// Makes `entity` pending under a generation that no key in the queue has.
    #[inline]
    pub fn arm(&mut self, entity: u32) -> Armed {
        let index = entity as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, 0);
        }
        let slot = &mut self.slots[index];
        let replaced = *slot & PENDING != 0;
        if replaced {
            *slot = raised(*slot, entity);
        }
        *slot |= PENDING;
        Armed {
            generation: *slot & !PENDING,
            replaced,
        }
    }

    /// Clears the pending bit if this generation is the live one; says whether it was.
    #[inline]
    pub fn take(&mut self, entity: u32, generation: u32) -> bool {
        match self.slots.get_mut(entity as usize) {
            Some(slot) if *slot == generation | PENDING => {
                *slot = generation;
                true
            }
            _ => false,
        }
    }

    /// Makes the live key, if any, stale; says whether there was one.
    pub fn disarm(&mut self, entity: u32) -> bool {
        match self.slots.get_mut(entity as usize) {
            Some(slot) if *slot & PENDING != 0 => {
                *slot = raised(*slot, entity);
                true
            }
            _ => false,
        }
    }
}

/// The next generation, not pending.
fn raised(slot: u32, entity: u32) -> u32 {
    let generation = slot & !PENDING;
    assert!(
        generation < GENERATION_MAX,
        "the generation of entity {entity} overflows: its timer was replaced or cancelled {generation} times"
    );
    generation + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_and_cancelling_raise_the_generation_and_popping_does_not() {
        let mut slots = Slots::default();
        assert_eq!(
            slots.arm(3),
            Armed {
                generation: 0,
                replaced: false
            }
        );
        assert_eq!(
            slots.arm(3),
            Armed {
                generation: 1,
                replaced: true
            }
        );
        assert!(!slots.take(3, 0), "generation 0 is stale");
        assert!(slots.take(3, 1));
        assert!(!slots.take(3, 1), "popped once only");
        assert_eq!(
            slots.arm(3),
            Armed {
                generation: 1,
                replaced: false
            }
        );
        assert!(slots.disarm(3));
        assert!(!slots.disarm(3));
        assert_eq!(
            slots.arm(3),
            Armed {
                generation: 2,
                replaced: false
            }
        );
    }

    #[test]
    fn an_unknown_entity_is_not_pending() {
        let mut slots = Slots::default();
        assert!(!slots.is_pending(9) && !slots.disarm(9) && !slots.take(9, 0));
        assert_eq!(slots.len(), 0);
    }

    #[test]
    #[should_panic(expected = "the generation of entity 0 overflows")]
    fn a_generation_that_overflows_panics() {
        let mut slots = Slots::from_generations(vec![GENERATION_MAX]);
        slots.arm(0);
        slots.arm(0);
    }
}
