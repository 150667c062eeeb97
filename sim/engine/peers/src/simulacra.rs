//! The workload on `simulacra`: its kernel, without the network and tasks above it.

use simulacra::{Duration, Simulation, Time};

use crate::Peer;
use crate::host::{State, Waits};

pub struct Simulacra {
    simulation: Simulation<u32>,
    states: Vec<State>,
    waits: Waits,
}

impl Simulacra {
    pub fn new(entities: u32) -> Self {
        let mut simulation = Simulation::with_capacity(entities as usize);
        let (mut states, waits) = (State::row(entities), Waits::new());
        for (entity, state) in (0..).zip(&mut states) {
            simulation.schedule(Time::from_nanos(waits.wait(state.touch(0))), entity);
        }
        Simulacra {
            simulation,
            states,
            waits,
        }
    }
}

impl Peer for Simulacra {
    fn run(&mut self, events: u64) {
        for _ in 0..events {
            let Some(scheduled) = self.simulation.step() else {
                return;
            };
            let word = self.states[scheduled.event as usize].touch(scheduled.time.as_nanos());
            let wait = Duration::from_nanos(self.waits.wait(word));
            self.simulation.schedule_in(wait, scheduled.event);
        }
    }
}
