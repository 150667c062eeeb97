//! The workload on `desque`: its serial simulation; events are boxed by its interface.

use desque::SimState;
use desque::serial::{OkEvent, Simulation};

use crate::Peer;
use crate::host::{State, Waits};

struct Shared {
    states: Vec<State>,
    waits: Waits,
    /// Events until the simulation pauses.
    left: u64,
}

impl SimState<u64> for Shared {
    fn is_complete(&self, _: &u64) -> bool {
        self.left == 0
    }
}

#[derive(Debug)]
struct Timer(u32);

impl OkEvent<Shared, u64> for Timer {
    fn execute(&mut self, simulation: &mut Simulation<Shared, u64>) {
        let now = *simulation.current_time();
        let shared = simulation.state_mut();
        shared.left -= 1;
        let word = shared.states[self.0 as usize].touch(now);
        let at = now + shared.waits.wait(word);
        simulation
            .schedule(Timer(self.0), at)
            .expect("a wait is above zero");
    }
}

pub struct Desque {
    simulation: Simulation<Shared, u64>,
}

impl Desque {
    pub fn new(entities: u32) -> Self {
        let shared = Shared {
            states: State::row(entities),
            waits: Waits::new(),
            left: 0,
        };
        let mut simulation = Simulation::new(shared, 0);
        for entity in 0..entities {
            let shared = simulation.state_mut();
            let at = shared.waits.wait(shared.states[entity as usize].touch(0));
            simulation
                .schedule(Timer(entity), at)
                .expect("a wait is above zero");
        }
        Desque { simulation }
    }
}

impl Peer for Desque {
    fn run(&mut self, events: u64) {
        self.simulation.state_mut().left = events;
        self.simulation.run().expect("no event fails");
    }
}
