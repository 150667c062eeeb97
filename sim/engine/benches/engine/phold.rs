//! The PHOLD model: as many messages as entities; one that arrives is sent on to a random entity.

use criterion::{Criterion, Throughput};
use stakesim_engine::{Class, Engine, Heap, Queue, Wheel, prefetch};
use units::{SimTime, Span};

use crate::host::{State, Waits};
use crate::{EVENTS, SIZES};

const END: SimTime = SimTime::from_ns(u64::MAX);
const ARRIVAL: Class = Class(2);
/// How many events ahead a message's destination is fetched, and then the state there.
const AHEAD: [usize; 2] = [15, 8];

struct Phold<Q: Queue> {
    engine: Engine<Q>,
    /// By message: where it is going.
    destinations: Vec<u32>,
    states: Vec<State>,
    waits: Waits,
}

impl<Q: Queue> Phold<Q> {
    fn new(entities: u32) -> Self {
        let mut phold = Phold {
            engine: Engine::new(1, 4),
            destinations: (0..entities).collect(),
            states: State::row(entities),
            waits: Waits::new(),
        };
        for message in 0..entities {
            phold.send(message, message, SimTime::ZERO);
        }
        phold
    }

    #[inline]
    fn send(&mut self, message: u32, from: u32, now: SimTime) {
        let word = self.states[from as usize].touch(now.ns());
        // The low half of the word chooses the entity, the high half the wait.
        let to = (u64::from(word as u32) * self.states.len() as u64) >> 32;
        self.destinations[message as usize] = to as u32;
        self.engine
            .schedule(ARRIVAL, message, now + Span::from_ns(self.waits.wait(word)));
    }

    /// In its steady state.
    fn warm(entities: u32) -> Self {
        let mut host = Phold::new(entities);
        host.run(3 * u64::from(entities));
        host
    }

    fn run(&mut self, events: u64) -> u64 {
        for _ in 0..events {
            let Some(event) = self.engine.pop(END) else {
                break;
            };
            if let Some((_, message)) = self.engine.upcoming(AHEAD[0]) {
                prefetch(&self.destinations, message as usize);
            }
            if let Some((_, message)) = self.engine.upcoming(AHEAD[1]) {
                prefetch(&self.states, self.destinations[message as usize] as usize);
            }
            self.send(
                event.entity,
                self.destinations[event.entity as usize],
                event.time,
            );
        }
        self.engine.digest()
    }
}

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("phold");
    group.throughput(Throughput::Elements(EVENTS));
    for (entities, name) in SIZES {
        group.bench_function(format!("wheel/{name}"), |b| {
            let mut wheel = Phold::<Wheel>::warm(entities);
            b.iter(|| wheel.run(EVENTS));
        });
        group.bench_function(format!("heap/{name}"), |b| {
            let mut heap = Phold::<Heap>::warm(entities);
            b.iter(|| heap.run(EVENTS));
        });
    }
    group.finish();
}
