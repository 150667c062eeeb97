//! The engine: a clock and the events to come, at most one live event per (class, entity).
//!
//! It decides what is next and nothing else; what an event does is the host's business.

use units::SimTime;

use crate::key::CLASS_LIMIT;
use crate::rank::Ranks;
use crate::slots::Slots;
use crate::{Class, Digest, Event, Key, Queue, Wheel};

/// Stale keys are swept out when they outnumber the live ones by this many: the sweep then costs O(1) a key.
const STALE_MARGIN: usize = 1024;

/// What the engine knows of one class.
#[derive(Clone, Debug)]
pub(crate) struct ClassState {
    pub ranks: Ranks,
    pub slots: Slots,
    pub popped: u64,
}

/// The discrete-event engine. `Q` changes its speed, never a result.
#[derive(Clone, Debug)]
pub struct Engine<Q: Queue = Wheel> {
    pub(crate) seed: u64,
    /// The key of the last event popped: nothing at or below it can happen any more.
    pub(crate) last: Option<Key>,
    pub(crate) queue: Q,
    pub(crate) classes: Vec<ClassState>,
    pub(crate) pending: usize,
    pub(crate) digest: Digest,
}

impl<Q: Queue> Engine<Q> {
    /// An engine at time zero with nothing scheduled. The seed decides ties only: another seed permutes the
    /// entities within each instant and class.
    ///
    /// # Panics
    /// When there are more than 64 classes.
    pub fn new(seed: u64, classes: u8) -> Self {
        assert!(
            classes <= CLASS_LIMIT,
            "{classes} classes are more than {CLASS_LIMIT}"
        );
        let state = |class| ClassState {
            ranks: Ranks::new(seed, class),
            slots: Slots::default(),
            popped: 0,
        };
        Engine {
            seed,
            last: None,
            queue: Q::default(),
            classes: (0..classes).map(state).collect(),
            pending: 0,
            digest: Digest::new(),
        }
    }

    /// The time of the last event popped; zero before the first.
    #[inline]
    pub fn now(&self) -> SimTime {
        self.last.map_or(SimTime::ZERO, Key::time)
    }

    /// Schedules the event of `class` for `entity`, in place of the pending one if there is one.
    ///
    /// # Panics
    /// When `at` is before now, or is now and `class` is not later than the class of the current event; when
    /// the class is unknown; when a timer was replaced or cancelled 2^26 times.
    #[inline]
    #[track_caller]
    pub fn schedule(&mut self, class: Class, entity: u32, at: SimTime) {
        self.check_order(class, entity, at);
        let state = &mut self.classes[usize::from(class.0)];
        let armed = state.slots.arm(entity);
        let key = Key::new(at, class, state.ranks.rank(entity), armed.generation);
        self.queue.push(key);
        if armed.replaced {
            self.sweep_if_many_stale();
        } else {
            self.pending += 1;
        }
    }

    /// Cancels the pending event of `class` for `entity`; says whether there was one.
    ///
    /// # Panics
    /// When the class is unknown; when a timer was replaced or cancelled 2^26 times.
    #[track_caller]
    pub fn cancel(&mut self, class: Class, entity: u32) -> bool {
        let was_pending = self.classes[usize::from(class.0)].slots.disarm(entity);
        if was_pending {
            self.pending -= 1;
            self.sweep_if_many_stale();
        }
        was_pending
    }

    /// Whether `entity` has an event of `class` to come.
    #[inline]
    pub fn is_pending(&self, class: Class, entity: u32) -> bool {
        self.classes
            .get(usize::from(class.0))
            .is_some_and(|state| state.slots.is_pending(entity))
    }

    /// The next live event strictly before `horizon`, at which the clock then stands. `None` leaves the clock.
    #[inline]
    pub fn pop(&mut self, horizon: SimTime) -> Option<Event> {
        loop {
            let key = self.queue.pop_before(horizon)?;
            let state = &mut self.classes[usize::from(key.class().0)];
            let entity = state.ranks.entity(key.rank());
            if !state.slots.take(entity, key.generation()) {
                continue;
            }
            state.popped += 1;
            self.pending -= 1;
            assert!(
                self.last < Some(key),
                "the queue returned {key:?} after {:?}",
                self.last
            );
            self.last = Some(key);
            let event = Event {
                time: key.time(),
                class: key.class(),
                entity,
            };
            self.digest.mix(event.time.ns());
            self.digest
                .mix(u64::from(event.class.0) << 32 | u64::from(entity));
            return Some(event);
        }
    }

    /// The class and entity of the key `ahead` places further on, for prefetching their state. A guess: the
    /// event may be stale, and what is scheduled meanwhile may come before it.
    #[inline]
    pub fn upcoming(&self, ahead: usize) -> Option<(Class, u32)> {
        let key = self.queue.upcoming(ahead)?;
        let class = key.class();
        let state = &self.classes[usize::from(class.0)];
        let entity = state.ranks.entity(key.rank());
        // The engine will need its own slot of that entity as well.
        state.slots.prefetch(entity);
        Some((class, entity))
    }

    /// The digest of every event popped: for each, its time in nanoseconds and then `class << 32 | entity`.
    pub fn digest(&self) -> u64 {
        self.digest.value()
    }

    /// How many events were popped.
    pub fn events(&self) -> u64 {
        self.classes.iter().map(|state| state.popped).sum()
    }

    /// How many events of `class` were popped.
    pub fn count(&self, class: Class) -> u64 {
        self.classes
            .get(usize::from(class.0))
            .map_or(0, |state| state.popped)
    }

    /// How many live events are to come.
    pub fn pending(&self) -> usize {
        self.pending
    }

    /// Whether `key` is in force: not replaced, cancelled or popped.
    pub(crate) fn is_live(&self, key: Key) -> bool {
        let state = &self.classes[usize::from(key.class().0)];
        state
            .slots
            .is_live(state.ranks.entity(key.rank()), key.generation())
    }

    #[inline]
    #[track_caller]
    fn check_order(&self, class: Class, entity: u32, at: SimTime) {
        let Some(last) = self.last else { return };
        let is_after = at > last.time() || (at == last.time() && class > last.class());
        assert!(
            is_after,
            "class {} of entity {entity} at {} ns does not come after the current event, class {} at {} ns",
            class.0,
            at.ns(),
            last.class().0,
            last.ns()
        );
    }

    fn sweep_if_many_stale(&mut self) {
        if self.queue.len() > 2 * self.pending + STALE_MARGIN {
            self.sweep();
        }
    }

    #[cold]
    fn sweep(&mut self) {
        let mut queue = std::mem::take(&mut self.queue);
        queue.retain(|key| self.is_live(key));
        self.queue = queue;
    }
}
