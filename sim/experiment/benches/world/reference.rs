//! The yardstick beside every speed of the world: the engine alone with a standard heap for its queue, each entity setting its
//! one timer again whenever it fires.

use engine::{Class, Draws, Engine, Heap, Purpose, sample};
use units::{SimTime, Span};

const TIMER: Class = Class(1);
const MEAN_NS: f64 = 1e9;

/// Entities with their timers.
pub struct Timers {
    engine: Engine<Heap>,
    draws: Draws,
    /// How often each has fired.
    fired: Vec<u64>,
}

impl Timers {
    /// All timers set.
    pub fn new(entities: u32) -> Self {
        let mut timers = Self {
            engine: Engine::new(1, 2),
            draws: Draws::new(1),
            fired: vec![0; entities as usize],
        };
        for entity in 0..entities {
            let wait = timers.wait(entity);
            timers.engine.schedule(TIMER, entity, SimTime::ZERO + wait);
        }
        timers
    }

    /// Lives through so many events; returns the digest, so that nothing is optimised away.
    pub fn run(&mut self, events: u64) -> u64 {
        for _ in 0..events {
            let end = SimTime::from_ns(u64::MAX);
            let event = self.engine.pop(end).expect("timers never end");
            self.fired[event.entity as usize] += 1;
            let at = event.time + self.wait(event.entity);
            self.engine.schedule(TIMER, event.entity, at);
        }
        self.engine.digest()
    }

    fn wait(&self, entity: u32) -> Span {
        let fired = self.fired[entity as usize];
        let unit = self.draws.unit(Purpose(1), entity, fired);
        Span::from_ns(1 + sample::exponential(unit, MEAN_NS) as u64)
    }
}
