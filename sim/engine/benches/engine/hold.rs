//! The hold model: a queue of constant length, each element popped and pushed again after a wait.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use criterion::{Criterion, Throughput};
use stakesim_engine::{Class, Heap, Key, Queue, Wheel};
use units::SimTime;

use crate::host::{Waits, mix};
use crate::{EVENTS, SIZES};

/// What a simulator usually queues: time, insertion sequence, payload; 24 bytes.
type Entry = Reverse<(u64, u64, u32)>;

fn key(ns: u64, rank: u32) -> Key {
    Key::new(SimTime::from_ns(ns), Class(0), rank, 0)
}

fn filled<Q: Queue>(entities: u32, waits: &Waits) -> Q {
    let mut queue = Q::default();
    (0..entities).for_each(|rank| queue.push(key(waits.wait(mix(rank.into())), rank)));
    queue
}

fn hold<Q: Queue>(queue: &mut Q, waits: &Waits, serial: &mut u64, elements: u64) {
    for _ in 0..elements {
        let Some(next) = queue.pop() else { return };
        *serial += 1;
        queue.push(key(next.ns() + waits.wait(mix(*serial)), next.rank()));
    }
}

fn filled_entries(entities: u32, waits: &Waits) -> BinaryHeap<Entry> {
    let entry = |rank| Reverse((waits.wait(mix(u64::from(rank))), u64::from(rank), rank));
    (0..entities).map(entry).collect()
}

fn hold_entries(heap: &mut BinaryHeap<Entry>, waits: &Waits, serial: &mut u64, elements: u64) {
    for _ in 0..elements {
        let Some(Reverse((ns, _, rank))) = heap.pop() else {
            return;
        };
        *serial += 1;
        heap.push(Reverse((ns + waits.wait(mix(*serial)), *serial, rank)));
    }
}

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hold");
    group.throughput(Throughput::Elements(EVENTS));
    let waits = Waits::new();
    let mut serial = 1 << 32;
    for (entities, name) in SIZES {
        let warm_up = 3 * u64::from(entities);
        group.bench_function(format!("wheel/{name}"), |b| {
            let mut wheel = filled::<Wheel>(entities, &waits);
            hold(&mut wheel, &waits, &mut serial, warm_up);
            b.iter(|| hold(&mut wheel, &waits, &mut serial, EVENTS));
        });
        group.bench_function(format!("heap/{name}"), |b| {
            let mut heap = filled::<Heap>(entities, &waits);
            hold(&mut heap, &waits, &mut serial, warm_up);
            b.iter(|| hold(&mut heap, &waits, &mut serial, EVENTS));
        });
        group.bench_function(format!("std heap of 24 bytes/{name}"), |b| {
            let mut heap = filled_entries(entities, &waits);
            hold_entries(&mut heap, &waits, &mut serial, warm_up);
            b.iter(|| hold_entries(&mut heap, &waits, &mut serial, EVENTS));
        });
    }
    group.finish();
}
