//! The engine's one canonical form on disk: what is to come and what was counted, not how the queue holds it.
//!
//! Stale keys and the kind of queue leave no mark in it, so an engine restored half-way and one that never
//! stopped write the same bytes from there on.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::engine::ClassState;
use crate::key::{CLASS_LIMIT, GENERATION_MAX};
use crate::rank::Ranks;
use crate::slots::Slots;
use crate::{Digest, Engine, Event, Key, Queue};

/// The canonical form.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    seed: u64,
    /// The last event popped and the generation it had.
    last: Option<(Event, u32)>,
    digest: Digest,
    /// By class.
    popped: Vec<u64>,
    /// By class, then entity.
    generations: Vec<Vec<u32>>,
    /// The live events in the order in which they will happen.
    live: Vec<Event>,
}

impl<Q: Queue> Engine<Q> {
    fn snapshot(&self) -> Snapshot {
        let mut keys = self.queue.keys();
        keys.retain(|&key| self.is_live(key));
        keys.sort_unstable();
        Snapshot {
            seed: self.seed,
            last: self.last.map(|key| (self.event(key), key.generation())),
            digest: self.digest,
            popped: self.classes.iter().map(|state| state.popped).collect(),
            generations: self
                .classes
                .iter()
                .map(|state| state.slots.generations())
                .collect(),
            live: keys.into_iter().map(|key| self.event(key)).collect(),
        }
    }

    fn restore(snapshot: Snapshot) -> Result<Self, String> {
        let Snapshot {
            seed,
            last,
            digest,
            popped,
            generations,
            live,
        } = snapshot;
        let classes = class_states(seed, popped, generations)?;
        let mut engine = Engine {
            seed,
            last: None,
            queue: Q::default(),
            classes,
            pending: 0,
            digest,
        };
        if let Some((event, generation)) = last {
            engine.check_known(event)?;
            if generation > GENERATION_MAX {
                return Err(format!("the last event has generation {generation}"));
            }
            let rank = engine.classes[usize::from(event.class.0)]
                .ranks
                .rank(event.entity);
            engine.last = Some(Key::new(event.time, event.class, rank, generation));
        }
        for event in live {
            engine.check_known(event)?;
            if engine.is_pending(event.class, event.entity) {
                return Err(format!(
                    "{event:?} is not the only event of its class and entity"
                ));
            }
            if engine
                .last
                .is_some_and(|last| (event.time, event.class) < (last.time(), last.class()))
            {
                return Err(format!("{event:?} is in the past"));
            }
            engine.insert(event);
        }
        Ok(engine)
    }

    fn event(&self, key: Key) -> Event {
        let entity = self.classes[usize::from(key.class().0)]
            .ranks
            .entity(key.rank());
        Event {
            time: key.time(),
            class: key.class(),
            entity,
        }
    }

    fn check_known(&self, event: Event) -> Result<(), String> {
        let known = self
            .classes
            .get(usize::from(event.class.0))
            .is_some_and(|state| (event.entity as usize) < state.slots.len());
        if known {
            Ok(())
        } else {
            Err(format!("{event:?} has an unknown class or entity"))
        }
    }

    /// Puts back a live event under the generation its slot already has. Unlike `schedule` it allows the
    /// class of the current instant: ties of a batch may be half popped.
    fn insert(&mut self, event: Event) {
        let state = &mut self.classes[usize::from(event.class.0)];
        let generation = state.slots.arm(event.entity).generation;
        let rank = state.ranks.rank(event.entity);
        self.queue
            .push(Key::new(event.time, event.class, rank, generation));
        self.pending += 1;
    }
}

fn class_states(
    seed: u64,
    popped: Vec<u64>,
    generations: Vec<Vec<u32>>,
) -> Result<Vec<ClassState>, String> {
    if popped.len() != generations.len() || popped.len() > usize::from(CLASS_LIMIT) {
        return Err(format!(
            "{} counts for {} classes",
            popped.len(),
            generations.len()
        ));
    }
    if generations
        .iter()
        .flatten()
        .any(|&generation| generation > GENERATION_MAX)
    {
        return Err(format!("a generation is above {GENERATION_MAX}"));
    }
    let state = |(class, (popped, generations))| ClassState {
        ranks: Ranks::new(seed, class),
        slots: Slots::from_generations(generations),
        popped,
    };
    Ok((0u8..)
        .zip(popped.into_iter().zip(generations))
        .map(state)
        .collect())
}

impl<Q: Queue> Serialize for Engine<Q> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.snapshot().serialize(serializer)
    }
}

impl<'de, Q: Queue> Deserialize<'de> for Engine<Q> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Engine::restore(Snapshot::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
