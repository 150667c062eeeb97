//! The workload on `simcore` (the kernel of DSLab): one component holds all entities; time is in seconds.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use simcore::{Event, EventHandler, Simulation, SimulationContext, cast};

use crate::Peer;
use crate::host::{State, Waits};

#[derive(Clone, Serialize)]
struct Timer {
    entity: u32,
}

struct Timers {
    context: SimulationContext,
    states: Vec<State>,
    waits: Waits,
}

impl Timers {
    fn set(&mut self, entity: u32, seconds: f64) {
        let word = self.states[entity as usize].touch((seconds * 1e9) as u64);
        let wait = self.waits.wait(word) as f64 * 1e-9;
        self.context.emit_self(Timer { entity }, wait);
    }
}

impl EventHandler for Timers {
    fn on(&mut self, event: Event) {
        let now = event.time;
        cast!(match event.data {
            Timer { entity } => {
                self.set(entity, now);
            }
        })
    }
}

pub struct Simcore {
    simulation: Simulation,
}

impl Simcore {
    pub fn new(entities: u32) -> Self {
        let mut simulation = Simulation::new(1);
        let context = simulation.create_context("timers");
        let states = State::row(entities);
        let timers = Rc::new(RefCell::new(Timers {
            context,
            states,
            waits: Waits::new(),
        }));
        simulation.add_handler("timers", timers.clone());
        (0..entities).for_each(|entity| timers.borrow_mut().set(entity, 0.0));
        Simcore { simulation }
    }
}

impl Peer for Simcore {
    fn run(&mut self, events: u64) {
        self.simulation.steps(events);
    }
}
