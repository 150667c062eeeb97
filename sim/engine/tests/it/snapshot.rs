//! A run that is stored and restored half-way equals one that never stopped.

use serde::de::DeserializeOwned;
use stakesim_engine::{Class, Engine, Event, Heap, Queue, Sorted, Wheel};
use units::SimTime;

use crate::workload::{advance, start};

const SEED: u64 = 11;
const ENTITIES: u32 = 700;

fn bytes<Q: Queue>(engine: &Engine<Q>) -> Vec<u8> {
    postcard::to_allocvec(engine).unwrap()
}

fn restored<Q: Queue>(bytes: &[u8]) -> Engine<Q>
where
    Engine<Q>: DeserializeOwned,
{
    postcard::from_bytes(bytes).unwrap()
}

#[test]
fn restoring_half_way_and_going_on_equals_never_having_stopped() {
    fn check<Q: Queue>() -> (Vec<Event>, Vec<u8>) {
        let mut whole = start::<Q>(SEED, ENTITIES);
        advance(&mut whole, SEED, ENTITIES, 30_000);
        let mut resumed = restored::<Q>(&bytes(&whole));
        let rest = advance(&mut whole, SEED, ENTITIES, 30_000);
        assert_eq!(advance(&mut resumed, SEED, ENTITIES, 30_000), rest);
        assert_eq!(resumed.digest(), whole.digest());
        assert_eq!(bytes(&resumed), bytes(&whole));
        (rest, bytes(&whole))
    }
    let reference = check::<Sorted>();
    assert_eq!(reference.0.len(), 30_000);
    assert!(check::<Wheel>() == reference, "the wheel");
    assert!(check::<Heap>() == reference, "the heap");
}

#[test]
fn one_queue_goes_on_where_another_stopped() {
    let mut wheel = start::<Wheel>(SEED, ENTITIES);
    advance(&mut wheel, SEED, ENTITIES, 5_000);
    let mut heap = restored::<Heap>(&bytes(&wheel));
    advance(&mut wheel, SEED, ENTITIES, 5_000);
    advance(&mut heap, SEED, ENTITIES, 5_000);
    assert_eq!(heap.digest(), wheel.digest());
}

#[test]
fn ties_half_popped_are_restored() {
    let mut engine = Engine::<Wheel>::new(3, 1);
    for entity in 0..50 {
        engine.schedule(Class(0), entity, SimTime::from_ns(9));
    }
    let end = SimTime::from_ns(10);
    for _ in 0..20 {
        engine.pop(end);
    }
    let mut resumed = restored::<Sorted>(&bytes(&engine));
    while let Some(event) = engine.pop(end) {
        assert_eq!(resumed.pop(end), Some(event));
    }
    assert_eq!(resumed.pop(end), None);
}

#[test]
fn stale_keys_leave_no_mark() {
    let mut plain = Engine::<Wheel>::new(3, 2);
    let mut stale = Engine::<Wheel>::new(3, 2);
    for engine in [&mut plain, &mut stale] {
        engine.schedule(Class(0), 0, SimTime::from_ns(9));
        engine.schedule(Class(0), 0, SimTime::from_ns(8));
    }
    // The stale key at 9 ns is swept out of one of the two.
    plain.pop(SimTime::from_ns(9));
    stale.pop(SimTime::from_ns(10));
    plain.pop(SimTime::from_ns(100));
    assert_eq!(bytes(&plain), bytes(&stale));
}

#[test]
fn a_snapshot_that_contradicts_itself_is_refused() {
    let mut engine = Engine::<Wheel>::new(3, 2);
    engine.schedule(Class(1), 4, SimTime::from_ns(9));
    let good = bytes(&engine);
    // The last three bytes are the live event: time 9, class 1, entity 4.
    assert_eq!(good[good.len() - 3..], [9, 1, 4]);
    for (offset, byte) in [(2, 2), (1, 5)] {
        let mut bad = good.clone();
        let index = bad.len() - offset;
        bad[index] = byte;
        assert!(
            postcard::from_bytes::<Engine<Wheel>>(&bad).is_err(),
            "byte {offset} from the end"
        );
    }
}
