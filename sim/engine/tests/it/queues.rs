//! The wheel and the heap against the ordered set, under random pushes, pops, jumps and bursts.

use proptest::prelude::*;
use stakesim_engine::{Class, Heap, Key, Queue, Sorted, Wheel};
use units::SimTime;

use crate::workload::{advance, start};

/// One thing to do to a queue.
#[derive(Clone, Debug)]
enum Step {
    /// Push so many keys, so far after the last key popped.
    Push {
        keys: u32,
        reach: u64,
    },
    /// Push so many keys at one instant, so far after the last key popped.
    Burst {
        keys: u32,
        after: u64,
    },
    Pop(u32),
    PopBefore(u64),
    Peek,
    /// Keep the keys whose rank is not a multiple of this.
    Retain(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let distance = (0u32..62).prop_map(|bits| 1u64 << bits);
    prop_oneof![
        6 => (1u32..400, distance.clone()).prop_map(|(keys, reach)| Step::Push { keys, reach }),
        1 => (1u32..6000, distance.clone()).prop_map(|(keys, after)| Step::Burst { keys, after }),
        6 => (1u32..600).prop_map(Step::Pop),
        1 => distance.prop_map(Step::PopBefore),
        1 => Just(Step::Peek),
        1 => (2u32..9).prop_map(Step::Retain),
    ]
}

/// The answers of a queue to the steps, as one list.
fn answers<Q: Queue>(steps: &[Step]) -> Vec<Option<Key>> {
    let mut queue = Q::default();
    let mut answers = Vec::new();
    let mut now = 0u64;
    let mut serial = 0u32;
    for step in steps {
        let from = answers.len();
        match *step {
            Step::Push { keys, reach } => (0..keys).for_each(|i| {
                let offset = (u64::from(i) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) % reach;
                queue.push(key(now.saturating_add(offset), &mut serial));
            }),
            Step::Burst { keys, after } => (0..keys).for_each(|_| {
                queue.push(key(now.saturating_add(after), &mut serial));
            }),
            Step::Pop(keys) => answers.extend((0..keys).map(|_| queue.pop())),
            Step::PopBefore(span) => {
                let horizon = SimTime::from_ns(now.saturating_add(span));
                answers.push(queue.pop_before(horizon));
            }
            Step::Peek => answers.push(queue.peek()),
            Step::Retain(divisor) => queue.retain(|key| !key.rank().is_multiple_of(divisor)),
        }
        // A peek and a failed pop leave the clock; what is pushed next may come before what was peeked.
        let moved = !matches!(step, Step::Peek);
        let last = answers[from..].iter().flatten().last();
        now = last.filter(|_| moved).map_or(now, |key| key.ns());
    }
    let mut rest = queue.keys();
    assert_eq!(rest.len(), queue.len());
    rest.sort_unstable();
    answers.extend(rest.iter().copied().map(Some));
    answers.extend(std::iter::from_fn(|| queue.pop()).map(Some));
    answers
}

fn key(ns: u64, serial: &mut u32) -> Key {
    *serial += 1;
    Key::new(SimTime::from_ns(ns), Class((*serial % 5) as u8), *serial, 0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_queue_gives_the_answers_of_the_ordered_set(steps in prop::collection::vec(step(), 1..60)) {
        let expected = answers::<Sorted>(&steps);
        prop_assert!(answers::<Wheel>(&steps) == expected, "the wheel differs");
        prop_assert!(answers::<Heap>(&steps) == expected, "the heap differs");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn every_queue_gives_the_same_run(seed: u64, entities in 1u32..3000) {
        let run = |trace: Vec<_>, digest: u64| (trace, digest);
        let mut sorted = start::<Sorted>(seed, entities);
        let mut wheel = start::<Wheel>(seed, entities);
        let mut heap = start::<Heap>(seed, entities);
        let expected = run(advance(&mut sorted, seed, entities, 20_000), sorted.digest());
        prop_assert!(run(advance(&mut wheel, seed, entities, 20_000), wheel.digest()) == expected);
        prop_assert!(run(advance(&mut heap, seed, entities, 20_000), heap.digest()) == expected);
        prop_assert_eq!(wheel.pending(), sorted.pending());
    }
}

#[test]
fn a_wheel_filled_behind_a_peeked_key_stays_in_order() {
    let mut wheel = Wheel::default();
    let mut serial = 0;
    wheel.push(key(1 << 60, &mut serial));
    assert_eq!(wheel.peek().map(Key::ns), Some(1 << 60));
    for ns in (0..50_000).rev() {
        wheel.push(key(ns * 1000, &mut serial));
    }
    let times: Vec<_> = std::iter::from_fn(|| wheel.pop()).map(Key::ns).collect();
    assert_eq!(times.len(), 50_001);
    assert!(times.is_sorted());
}

#[test]
fn a_wheel_keeps_order_while_the_density_changes_a_millionfold() {
    let (mut wheel, mut serial, mut now, mut popped) = (Wheel::default(), 0, 0, 0);
    for i in 0..2000u64 {
        wheel.push(key(i, &mut serial));
    }
    for round in 0..200_000u64 {
        let Some(next) = wheel.pop() else { break };
        assert!(next.ns() >= now);
        now = next.ns();
        popped += 1;
        let scale = 10 + 40 * (round / 20_000 % 2);
        let jump = round.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - scale);
        wheel.push(key(now + jump, &mut serial));
    }
    assert_eq!((popped, wheel.len()), (200_000, 2000));
}
