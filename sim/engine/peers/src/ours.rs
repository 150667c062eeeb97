//! The workload on Stakesim's engine.

use stakesim_engine::{Class, Engine, Queue, prefetch};
use stakesim_units::{SimTime, Span};

use crate::Peer;
use crate::host::{State, Waits};

const TIMER: Class = Class(1);
const AHEAD: usize = 12;

pub struct Ours<Q: Queue> {
    engine: Engine<Q>,
    states: Vec<State>,
    waits: Waits,
    is_prefetching: bool,
}

impl<Q: Queue> Ours<Q> {
    pub fn new(entities: u32, is_prefetching: bool) -> Self {
        let mut engine = Engine::new(1, 4);
        let (mut states, waits) = (State::row(entities), Waits::new());
        for (entity, state) in (0..).zip(&mut states) {
            engine.schedule(TIMER, entity, SimTime::from_ns(waits.wait(state.touch(0))));
        }
        Ours {
            engine,
            states,
            waits,
            is_prefetching,
        }
    }
}

impl<Q: Queue> Peer for Ours<Q> {
    fn run(&mut self, events: u64) {
        for _ in 0..events {
            let Some(event) = self.engine.pop(SimTime::from_ns(u64::MAX)) else {
                return;
            };
            if self.is_prefetching
                && let Some((_, entity)) = self.engine.upcoming(AHEAD)
            {
                prefetch(&self.states, entity as usize);
            }
            let word = self.states[event.entity as usize].touch(event.time.ns());
            let at = event.time + Span::from_ns(self.waits.wait(word));
            self.engine.schedule(TIMER, event.entity, at);
        }
    }
}
