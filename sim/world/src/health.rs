//! The hourly pass: one event for the whole network. It sees what failed since the last one and steps the price controllers.

use protocol::{GroupId, Operation};

use crate::config::Group;
use crate::event::EventClass;
use crate::world::World;

impl World<'_> {
    /// One health check of everything.
    pub(crate) fn health_check(&mut self) {
        let unseen = std::mem::take(&mut self.state.fleet.unseen);
        for &node in &unseen {
            if self.state.fleet.nodes[node as usize].is_unseen {
                self.detect(node);
            }
        }
        self.state.fleet.unseen = unseen;
        self.state.fleet.unseen.clear();
        self.ask_for_proofs();
        self.dispatch_all();
        for group in Group::ALL {
            let kinds = self.setup.kinds[group as usize].clone();
            let sum = |of: &[u32]| {
                kinds
                    .clone()
                    .map(|kind| u64::from(of[usize::from(kind)]))
                    .sum()
            };
            let (busy, capacity) = (sum(&self.state.fleet.held), sum(&self.state.fleet.up));
            self.must(Operation::ObserveLoad {
                group: GroupId(group as u8),
                busy,
                capacity,
            });
        }
        let next = self.state.engine.now() + self.inputs.config.health_check;
        if next < self.end() {
            self.state
                .engine
                .schedule(EventClass::HealthCheck.class(), 0, next);
        }
    }
}
