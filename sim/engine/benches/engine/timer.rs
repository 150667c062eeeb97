//! Each entity has one timer and sets it again when it fires.

use criterion::{BatchSize, Criterion, Throughput};
use stakesim_engine::{Class, Engine, Heap, Queue, Wheel, prefetch};
use units::{SimTime, Span};

use crate::host::{State, Waits};
use crate::{EVENTS, SIZES};

const END: SimTime = SimTime::from_ns(u64::MAX);
const TIMER: Class = Class(1);
/// How many events ahead state is fetched.
const AHEAD: usize = 12;

/// A host whose every event is a timer.
pub struct Timers<Q: Queue> {
    engine: Engine<Q>,
    states: Vec<State>,
    waits: Waits,
}

impl<Q: Queue> Timers<Q> {
    pub fn new(entities: u32) -> Self {
        let mut timers = Timers {
            engine: Engine::new(1, 4),
            states: State::row(entities),
            waits: Waits::new(),
        };
        for entity in 0..entities {
            let word = timers.states[entity as usize].touch(0);
            timers
                .engine
                .schedule(TIMER, entity, SimTime::from_ns(timers.waits.wait(word)));
        }
        timers
    }

    /// In its steady state.
    fn warm(entities: u32) -> Self {
        let mut host = Timers::new(entities);
        host.run(3 * u64::from(entities));
        host
    }

    /// Lives through so many events; returns the digest.
    pub fn run(&mut self, events: u64) -> u64 {
        for _ in 0..events {
            let Some(event) = self.engine.pop(END) else {
                break;
            };
            if let Some((_, entity)) = self.engine.upcoming(AHEAD) {
                prefetch(&self.states, entity as usize);
            }
            let word = self.states[event.entity as usize].touch(event.time.ns());
            let at = event.time + Span::from_ns(self.waits.wait(word));
            self.engine.schedule(TIMER, event.entity, at);
        }
        self.engine.digest()
    }
}

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("timer");
    group.throughput(Throughput::Elements(EVENTS));
    for (entities, name) in SIZES {
        group.bench_function(format!("wheel/{name}"), |b| {
            let mut wheel = Timers::<Wheel>::warm(entities);
            b.iter(|| wheel.run(EVENTS));
        });
        group.bench_function(format!("heap/{name}"), |b| {
            let mut heap = Timers::<Heap>::warm(entities);
            b.iter(|| heap.run(EVENTS));
        });
    }
    // What a run of fresh timers costs when set-up and first plan are counted.
    group.throughput(Throughput::Elements(1_000_000));
    group
        .sample_size(10)
        .bench_function("wheel/1M, from the start", |b| {
            b.iter_batched(
                || (),
                |()| Timers::<Wheel>::new(1_000_000).run(1_000_000),
                BatchSize::PerIteration,
            );
        });
    group.finish();
}
