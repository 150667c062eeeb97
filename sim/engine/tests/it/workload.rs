//! A small host with every kind of scheduling, to drive any queue with the same decisions.

use stakesim_engine::{Class, Draws, Engine, Event, Purpose, Queue};
use units::{SimTime, Span};

pub const CLASSES: u8 = 4;

/// An engine with `entities` timers, some of them at one instant and some far off.
pub fn start<Q: Queue>(seed: u64, entities: u32) -> Engine<Q> {
    let draws = Draws::new(seed);
    let mut engine = Engine::new(seed, CLASSES);
    for entity in 0..entities {
        let at = match entity % 4 {
            0 => 1_000,
            1 => 1 << 50,
            _ => draws.word(Purpose(0), entity, 0) % 1_000_000,
        };
        engine.schedule(Class(1), entity, SimTime::from_ns(at));
    }
    engine
}

/// Pops up to `steps` events and lets each have consequences decided by its content alone.
pub fn advance<Q: Queue>(
    engine: &mut Engine<Q>,
    seed: u64,
    entities: u32,
    steps: u64,
) -> Vec<Event> {
    let mut trace = Vec::new();
    for _ in 0..steps {
        let Some(event) = engine.pop(SimTime::from_ns(u64::MAX)) else {
            break;
        };
        trace.push(event);
        react(engine, Draws::new(seed), event, entities);
    }
    trace
}

fn react<Q: Queue>(engine: &mut Engine<Q>, draws: Draws, event: Event, entities: u32) {
    let word = draws.word(Purpose(1), event.entity, event.time.ns() >> 1);
    let other = (word >> 32) as u32 % entities;
    let later = |ns: u64| event.time + Span::from_ns(ns);
    match word % 16 {
        0 => {
            engine.cancel(Class(1), other);
        }
        1 => engine.schedule(Class(1), other, later(1 + word % 100)),
        2 if event.class < Class(3) => {
            engine.schedule(Class(event.class.0 + 1), other, event.time);
        }
        3 => engine.schedule(Class(2), other, later(1 << 44)),
        4 => engine.schedule(Class(0), event.entity, later(10_000_000_000)),
        // A common tick, so that ties happen all along.
        5 | 6 => engine.schedule(
            Class(1),
            event.entity,
            later(65_536 - event.time.ns() % 65_536),
        ),
        _ => {}
    }
    if !engine.is_pending(Class(1), event.entity) {
        engine.schedule(Class(1), event.entity, later(1 + (word >> 8) % 1_000_000));
    }
}
