//! The order of events: what decides it, what must not, and what is refused.

use proptest::prelude::*;
use stakesim_engine::{Class, Engine, Event, Heap, Queue, Sorted, Wheel};
use units::SimTime;

const END: SimTime = SimTime::from_ns(u64::MAX);

fn at(ns: u64) -> SimTime {
    SimTime::from_ns(ns)
}

fn pop_all<Q: Queue>(engine: &mut Engine<Q>) -> Vec<Event> {
    std::iter::from_fn(|| engine.pop(END)).collect()
}

fn scheduled(seed: u64, events: &[(u8, u32, u64)]) -> Engine {
    let mut engine = Engine::new(seed, 4);
    for &(class, entity, ns) in events {
        engine.schedule(Class(class), entity, at(ns));
    }
    engine
}

proptest! {
    #[test]
    fn the_order_of_scheduling_does_not_matter(
        events in prop::collection::btree_map((0u8..4, 0u32..500), 0u64..50, 1..300),
        seed: u64,
        shuffle in any::<prop::sample::Index>(),
    ) {
        let mut events: Vec<_> = events.into_iter().map(|((c, e), ns)| (c, e, ns)).collect();
        let expected = pop_all(&mut scheduled(seed, &events));
        let middle = shuffle.index(events.len());
        events.rotate_left(middle);
        events[..].reverse();
        let mut engine = scheduled(seed, &events);
        prop_assert_eq!(pop_all(&mut engine), expected);
    }
}

#[test]
fn classes_at_one_instant_happen_in_their_order_and_entities_in_a_seeded_one() {
    let events: Vec<_> = (0..100)
        .flat_map(|entity| [(2, entity, 7), (0, entity, 7), (1, entity, 6)])
        .collect();
    let order = |seed| pop_all(&mut scheduled(seed, &events));
    let entities = |trace: &[Event]| trace.iter().map(|e| e.entity).collect::<Vec<_>>();
    let trace = order(1);
    assert!(trace.is_sorted_by_key(|event| (event.time, event.class)));
    assert!(
        !trace[..100].is_sorted_by_key(|event| event.entity),
        "the ids do not rule"
    );
    assert_ne!(
        entities(&trace[..100]),
        entities(&trace[100..200]),
        "each class has its order"
    );
    assert_ne!(
        entities(&trace),
        entities(&order(2)),
        "each seed has its order"
    );
    assert_eq!(trace, order(1));
}

#[test]
fn a_new_time_replaces_the_pending_one_both_ways() {
    let mut engine = scheduled(1, &[(0, 5, 100), (0, 5, 50), (0, 6, 50), (0, 6, 100)]);
    assert_eq!(engine.pending(), 2);
    let times: Vec<_> = pop_all(&mut engine)
        .iter()
        .map(|e| (e.entity, e.time.ns()))
        .collect();
    assert_eq!(times, [(5, 50), (6, 100)]);
    assert_eq!(engine.events(), 2);
}

#[test]
fn stale_events_neither_move_the_clock_nor_count() {
    let mut engine = scheduled(1, &[(0, 1, 10), (1, 2, 20), (1, 3, 30)]);
    assert!(engine.cancel(Class(1), 2));
    assert!(!engine.cancel(Class(1), 2));
    engine.schedule(Class(1), 3, at(90));
    assert_eq!(engine.pop(END).map(|event| event.entity), Some(1));
    assert_eq!(
        engine.pop(at(90)),
        None,
        "the horizon is not part of the run"
    );
    assert_eq!(engine.now(), at(10));
    assert_eq!(
        (engine.events(), engine.count(Class(1)), engine.pending()),
        (1, 0, 1)
    );
    let digest = engine.digest();
    assert_eq!(digest, {
        let mut same = scheduled(1, &[(0, 1, 10)]);
        same.pop(END);
        same.digest()
    });
    engine.pop(END);
    assert_eq!(
        (engine.now(), engine.count(Class(1)), engine.pending()),
        (at(90), 1, 0)
    );
    assert_ne!(engine.digest(), digest);
}

#[test]
fn many_stale_events_are_swept_out() {
    fn check<Q: Queue>() {
        let mut engine = Engine::<Q>::new(1, 1);
        for round in 0..100_000 {
            engine.schedule(Class(0), round % 10, at(1_000_000_000 - u64::from(round)));
        }
        assert_eq!(engine.pending(), 10);
        assert_eq!(pop_all(&mut engine).len(), 10);
    }
    check::<Wheel>();
    check::<Heap>();
    check::<Sorted>();
}

#[test]
fn the_digest_of_a_small_run_is_known() {
    let mut engine = scheduled(1, &[(0, 1, 10), (3, 2, 20)]);
    pop_all(&mut engine);
    // Of the words 10, 0 << 32 | 1, 20, 3 << 32 | 2, computed apart.
    assert_eq!(engine.digest(), 0x1b2d_bb73_0be6_9cd5);
}

#[test]
fn an_event_may_cause_one_at_the_same_instant_in_a_later_class() {
    let mut engine = scheduled(1, &[(1, 0, 5)]);
    engine.pop(END);
    engine.schedule(Class(2), 0, at(5));
    assert_eq!(
        engine.pop(END),
        Some(Event {
            time: at(5),
            class: Class(2),
            entity: 0
        })
    );
}

#[test]
#[should_panic(expected = "does not come after the current event")]
fn an_event_at_the_same_instant_in_the_same_class_panics() {
    let mut engine = scheduled(1, &[(1, 0, 5)]);
    engine.pop(END);
    engine.schedule(Class(1), 1, at(5));
}

#[test]
#[should_panic(expected = "does not come after the current event")]
fn an_event_in_the_past_panics() {
    let mut engine = scheduled(1, &[(1, 0, 5)]);
    engine.pop(END);
    engine.schedule(Class(3), 1, at(4));
}

#[test]
#[should_panic(expected = "more than 64")]
fn too_many_classes_panic() {
    Engine::<Wheel>::new(1, 65);
}

#[test]
#[should_panic]
fn an_unknown_class_panics() {
    Engine::<Wheel>::new(1, 2).schedule(Class(2), 0, at(1));
}

#[test]
#[should_panic(expected = "returned")]
fn a_queue_that_goes_back_is_caught() {
    /// A queue that returns what was pushed last.
    #[derive(Default)]
    struct Stack(Vec<stakesim_engine::Key>);
    impl Queue for Stack {
        fn push(&mut self, key: stakesim_engine::Key) {
            self.0.push(key);
        }
        fn pop(&mut self) -> Option<stakesim_engine::Key> {
            self.0.pop()
        }
        fn peek(&mut self) -> Option<stakesim_engine::Key> {
            self.0.last().copied()
        }
        fn len(&self) -> usize {
            self.0.len()
        }
        fn keys(&self) -> Vec<stakesim_engine::Key> {
            self.0.clone()
        }
        fn retain(&mut self, mut keep: impl FnMut(stakesim_engine::Key) -> bool) {
            self.0.retain(|&key| keep(key));
        }
    }
    let mut engine = Engine::<Stack>::new(1, 1);
    engine.schedule(Class(0), 0, at(1));
    engine.schedule(Class(0), 1, at(2));
    engine.pop(END);
    engine.pop(END);
}

#[test]
fn upcoming_names_the_events_that_follow() {
    let events: Vec<_> = (0..64)
        .map(|entity| (0, entity, u64::from(entity) * 10))
        .collect();
    let mut engine = scheduled(1, &events);
    engine.pop(END);
    let guesses: Vec<_> = (0..8).map(|ahead| engine.upcoming(ahead)).collect();
    let events: Vec<_> = (0..8)
        .map(|_| engine.pop(END).map(|event| (event.class, event.entity)))
        .collect();
    assert_eq!(guesses, events);
}
