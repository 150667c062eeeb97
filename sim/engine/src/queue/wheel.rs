//! The fast queue: a two-level wheel of contiguous buckets, for hundreds to millions of pending keys.
//!
//! Time is cut into *slices* of `2^shift` ns, and 4096 slices make a *span*. A key goes, by its time, to
//! ```text
//! late    before the sorted front ends              a small heap
//! front   the slices reached                        one sorted run, popped by moving a cursor
//! slices  the rest of the current span              4096 unsorted buckets
//! spans   the next 1023 spans                       a ring of unsorted buckets
//! far     beyond                                    a heap
//! ```
//! A slice is sorted when it joins the front, a span is dealt out to slices when it becomes current. Most
//! keys are thus moved three times and compared only with the few keys of their slice. A slice should hold
//! a handful of keys, so its width follows the density of keys (`plan.rs`).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use units::SimTime;

use super::Queue;
use crate::Key;

mod buckets;
mod front;
mod pace;
mod plan;

use buckets::Buckets;
use front::Front;
use pace::Pace;
use plan::Plan;

/// The base-two logarithm of the number of slices in a span.
const SLICE_BITS: u32 = 12;
/// How many spans the ring holds, the current one included (whose place stays empty).
const SPANS: u64 = 1024;
const SLICE_MASK: u64 = (1 << SLICE_BITS) - 1;
const SPAN_MASK: u64 = SPANS - 1;
/// The widest slice, so that a span still fits in 64 bits.
const SHIFT_MAX: u32 = 63 - SLICE_BITS;
/// Before anything is known, a slice is about a millisecond.
const FIRST_SHIFT: u32 = 20;
/// How many sorted keys are kept at hand, so that the host can prefetch what they will touch.
const LOOKAHEAD: usize = 16;
/// How many slices ahead of the front are sorted to that end; beyond them the front waits, as keys yet to
/// be pushed would find it in their way.
const REACH: u64 = 8;
/// The least number of late keys that makes the wheel start over.
const LATE_LIMIT: usize = 1024;

/// The two-level bucket wheel.
#[derive(Clone, Debug)]
pub struct Wheel {
    shift: u32,
    front: Front,
    /// The first slice that has not joined the front, counted from time zero.
    next_slice: u64,
    /// The span whose keys are in `slices`, counted from time zero.
    span: u64,
    late: BinaryHeap<Reverse<Key>>,
    slices: Buckets,
    spans: Buckets,
    far: BinaryHeap<Reverse<Key>>,
    len: usize,
    pace: Pace,
}

impl Default for Wheel {
    fn default() -> Self {
        Wheel {
            shift: FIRST_SHIFT,
            front: Front::default(),
            next_slice: 0,
            span: 0,
            late: BinaryHeap::new(),
            slices: Buckets::new(1 << SLICE_BITS),
            spans: Buckets::new(SPANS as usize),
            far: BinaryHeap::new(),
            len: 0,
            pace: Pace::default(),
        }
    }
}

impl Wheel {
    /// Puts a key where its time belongs.
    #[inline]
    fn place(&mut self, key: Key) {
        let slice = key.ns() >> self.shift;
        let span = slice >> SLICE_BITS;
        if slice < self.next_slice {
            self.late.push(Reverse(key));
        } else if span == self.span {
            self.slices.push((slice & SLICE_MASK) as usize, key);
        } else if span - self.span < SPANS {
            self.spans.push((span & SPAN_MASK) as usize, key);
        } else {
            self.far.push(Reverse(key));
        }
    }

    /// Makes the front hold the smallest key that is not late, and a few more when they are near.
    #[inline]
    fn fill_front(&mut self) {
        if self.front.len() < LOOKAHEAD && self.len > self.late.len() + self.front.len() {
            self.extend_front();
        }
    }

    fn extend_front(&mut self) {
        if self.front.is_empty() && self.pace.is_off() {
            self.replan();
        }
        let reach = self.next_slice + REACH;
        while self.front.len() < LOOKAHEAD {
            let Some(slice) = self.next_slice_in_span() else {
                if self.front.is_empty() && self.enter_next_span() {
                    continue;
                }
                return;
            };
            if slice >= reach && !self.front.is_empty() {
                return;
            }
            let index = (slice & SLICE_MASK) as usize;
            let keys = self.slices.bucket(index);
            if self.pace.is_burst(keys.len(), self.len) {
                if self.front.is_empty() {
                    self.replan();
                    self.extend_front();
                }
                return;
            }
            self.pace.note(keys.len());
            self.front.append(keys);
            self.slices.clear(index);
            self.next_slice = slice + 1;
        }
    }

    /// The next slice of the current span that holds a key.
    #[inline]
    fn next_slice_in_span(&self) -> Option<u64> {
        if self.next_slice >> SLICE_BITS != self.span {
            return None;
        }
        let index = self.slices.next((self.next_slice & SLICE_MASK) as usize)?;
        Some((self.span << SLICE_BITS) + index as u64)
    }

    /// Deals the keys of the next span that has any out to the slices; false when there is none.
    fn enter_next_span(&mut self) -> bool {
        let place = (self.span & SPAN_MASK) as usize;
        // The ring is searched from the current place on and around: the distance is the number of spans.
        let found = self.spans.next(place).or_else(|| self.spans.next(0));
        let in_ring =
            found.map(|index| self.span + ((index as u64).wrapping_sub(self.span) & SPAN_MASK));
        let in_far = self
            .far
            .peek()
            .map(|Reverse(key)| key.ns() >> self.shift >> SLICE_BITS);
        let Some(span) = in_ring.into_iter().chain(in_far).min() else {
            return false;
        };
        self.span = span;
        self.next_slice = span << SLICE_BITS;
        let keys = self.spans.take((span & SPAN_MASK) as usize);
        for &key in &keys {
            self.slices
                .push(((key.ns() >> self.shift) & SLICE_MASK) as usize, key);
        }
        self.spans.give_back(keys);
        while let Some(Reverse(key)) = self.far.peek().copied() {
            if (key.ns() >> self.shift >> SLICE_BITS) - span >= SPANS {
                break;
            }
            self.far.pop();
            self.place(key);
        }
        true
    }

    /// The smallest key, and whether it is late.
    #[inline]
    fn next(&mut self) -> Option<(Key, bool)> {
        if self.late.len() >= LATE_LIMIT && self.late.len() >= self.len / 4 {
            self.replan();
        }
        self.fill_front();
        match (self.front.first(), self.late.peek()) {
            (Some(key), Some(&Reverse(late))) if late < key => Some((late, true)),
            (Some(key), _) => Some((key, false)),
            (None, late) => late.map(|&Reverse(late)| (late, true)),
        }
    }

    #[inline]
    fn remove_next(&mut self, is_late: bool) {
        self.len -= 1;
        if is_late {
            self.late.pop();
        } else {
            self.front.advance();
        }
    }

    /// Starts over, with the slice width that suits the keys now held, unless that would change nothing.
    #[cold]
    fn replan(&mut self) {
        let mut keys = self.keys();
        let plan = Plan::of(&mut keys, self.shift);
        let is_new = plan.shift != self.shift;
        self.pace.restart(plan, is_new);
        if is_new || self.late.len() >= LATE_LIMIT {
            self.rebuild(keys, plan.shift);
        }
    }

    /// Holds these keys and no others, in slices of `2^shift` ns.
    fn rebuild(&mut self, keys: Vec<Key>, shift: u32) {
        self.front.clear();
        self.late.clear();
        self.slices.clear_all();
        self.spans.clear_all();
        self.far.clear();
        self.shift = shift;
        self.next_slice = keys.iter().map(|key| key.ns()).min().unwrap_or(0) >> shift;
        self.span = self.next_slice >> SLICE_BITS;
        self.len = keys.len();
        for key in keys {
            self.place(key);
        }
    }
}

impl Queue for Wheel {
    #[inline]
    fn push(&mut self, key: Key) {
        self.len += 1;
        self.place(key);
    }

    #[inline]
    fn pop(&mut self) -> Option<Key> {
        let (key, is_late) = self.next()?;
        self.remove_next(is_late);
        Some(key)
    }

    #[inline]
    fn pop_before(&mut self, horizon: SimTime) -> Option<Key> {
        let (key, is_late) = self.next()?;
        if key.time() >= horizon {
            return None;
        }
        self.remove_next(is_late);
        Some(key)
    }

    fn peek(&mut self) -> Option<Key> {
        self.next().map(|(key, _)| key)
    }

    fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn upcoming(&self, ahead: usize) -> Option<Key> {
        self.front.get(ahead)
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::with_capacity(self.len);
        keys.extend_from_slice(self.front.keys());
        self.slices.copy_into(&mut keys);
        self.spans.copy_into(&mut keys);
        keys.extend(self.late.iter().chain(&self.far).map(|&Reverse(key)| key));
        keys
    }

    fn retain(&mut self, mut keep: impl FnMut(Key) -> bool) {
        let mut keys = self.keys();
        keys.retain(|&key| keep(key));
        self.rebuild(keys, self.shift);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Class;

    fn wheel(times: impl Iterator<Item = u64>) -> Wheel {
        let mut wheel = Wheel::default();
        for (serial, ns) in (0..).zip(times) {
            wheel.push(Key::new(SimTime::from_ns(ns), Class(0), serial, 0));
        }
        wheel
    }

    fn pop_all(wheel: &mut Wheel) -> Vec<u64> {
        std::iter::from_fn(|| wheel.pop()).map(Key::ns).collect()
    }

    #[test]
    fn keys_at_every_span_pass_from_far_to_the_ring_in_order() {
        let mut times: Vec<u64> = (0..1000)
            .map(|i| i << 10)
            .chain((1..5000).map(|i| i << 25))
            .collect();
        let mut wheel = wheel(times.iter().copied());
        wheel.peek();
        assert_eq!(
            wheel.shift + SLICE_BITS,
            25,
            "the case is one key at the start of each span"
        );
        assert!(!wheel.far.is_empty());
        times.sort_unstable();
        assert_eq!(pop_all(&mut wheel), times);
    }

    #[test]
    fn slices_widen_when_the_keys_thin_out() {
        let mut wheel = wheel((0..5000).map(|i| i << 10));
        let mut shifts = Vec::new();
        for spread in [20, 50] {
            for _ in 0..60_000 {
                let key = wheel.pop().unwrap();
                let word = (u64::from(key.rank()) ^ key.ns()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let wait = word >> (64 - spread);
                wheel.push(Key::new(
                    SimTime::from_ns(key.ns() + 1 + wait),
                    Class(0),
                    key.rank(),
                    0,
                ));
            }
            shifts.push(wheel.shift);
        }
        assert!(shifts[1] > shifts[0] + 8, "{shifts:?}");
    }

    #[test]
    fn a_front_reached_too_early_is_given_up() {
        let mut wheel = wheel(std::iter::once(1 << 60));
        wheel.peek();
        (0..20_000).for_each(|i| wheel.push(Key::new(SimTime::from_ns(i << 20), Class(0), 9, 0)));
        assert_eq!(wheel.late.len(), 20_000, "all of them are before the front");
        wheel.peek();
        assert_eq!(wheel.late.len(), 0);
    }

    #[test]
    fn many_keys_in_one_slice_make_a_plan_before_they_are_sorted() {
        let mut wheel = wheel((0..3000).map(|i| i << 30));
        (0..2000).for_each(|_| assert!(wheel.pop().is_some()));
        let before = wheel.shift;
        let now = 2100u64 << 30;
        (0..100_000).for_each(|i| wheel.push(Key::new(SimTime::from_ns(now + i), Class(0), 9, 0)));
        let times = pop_all(&mut wheel);
        assert!(wheel.shift + 5 < before, "{} after {before}", wheel.shift);
        assert!(times.is_sorted());
    }
}
