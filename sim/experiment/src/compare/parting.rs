//! Where two runs part: both are run again side by side, until they do not pop the same event or do not close an epoch alike.

use engine::Event;
use serde::Serialize;
use world::World;
use world::event::EventClass;
use world::observe::Observer;
use world::rows::EpochRow;

use crate::scenario::Scenario;

/// An event as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Simulated time, seconds.
    pub at_s: u64,
    /// Class.
    pub class: &'static str,
    /// Number of the node, job or group that it happens to.
    pub entity: u32,
}

/// Where two runs part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "parts_at")]
pub enum Parting {
    /// At an event: the first that is not the same in both.
    Event {
        /// Its number, from one.
        number: u64,
        /// What happens in the old run; nothing where it is over.
        old: Option<Side>,
        /// What happens in the new one.
        new: Option<Side>,
    },
    /// At the close of an epoch: so far the same events, but other amounts.
    Epoch {
        /// Number of the epoch.
        epoch: u32,
        /// Number of its last event.
        number: u64,
    },
}

/// Runs two scenarios side by side, each under its own seed, and says where they part; nothing where they never do.
#[must_use]
pub fn first_parting(old: &Scenario, new: &Scenario) -> Option<Parting> {
    let [mut old, mut new] = [Steps::new(old), Steps::new(new)];
    for number in 1.. {
        let (before, after) = (old.step(), new.step());
        if before != after {
            let [old, new] = [before, after].map(|event| event.map(side));
            return Some(Parting::Event { number, old, new });
        }
        before?;
        if old.rows != new.rows {
            let epoch = new.rows.first().map_or(0, |row| row.epoch);
            return Some(Parting::Epoch { epoch, number });
        }
    }
    None
}

fn side(event: Event) -> Side {
    Side {
        at_s: event.time.ns() / 1_000_000_000,
        class: EventClass::of(event.class).name(),
        entity: event.entity,
    }
}

/// A run, event by event. Broken invariants are `verify`'s to find.
struct Steps<'a> {
    world: World<'a>,
    rows: Vec<EpochRow>,
}

/// Keeps the rows of an epoch.
struct Rows<'a>(&'a mut Vec<EpochRow>);

impl Observer for Rows<'_> {
    fn epoch(&mut self, row: EpochRow) {
        self.0.push(row);
    }
}

impl<'a> Steps<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let mut rows = Vec::new();
        Self {
            world: World::new(&scenario.inputs, scenario.seed, &Rows(&mut rows)),
            rows,
        }
    }

    /// Carries out the next event and gives it. `rows` are those of the epoch that it closes, if it closes one.
    fn step(&mut self) -> Option<Event> {
        self.rows.clear();
        let event = self.world.pop()?;
        self.world.handle(event);
        if EventClass::of(event.class) == EventClass::EpochClose {
            self.world.tell(&mut Rows(&mut self.rows));
        }
        Some(event)
    }
}
