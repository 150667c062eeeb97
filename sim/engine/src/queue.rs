//! What the engine asks of a priority queue of keys. The implementations differ in speed only.

use units::SimTime;

use crate::Key;

mod heap;
mod sorted;
mod wheel;

pub use heap::Heap;
pub use sorted::Sorted;
pub use wheel::Wheel;

/// A priority queue of distinct keys, smallest first.
pub trait Queue: Default {
    /// Adds a key. It may be smaller than keys already popped: the engine forbids it, the queue does not care.
    fn push(&mut self, key: Key);

    /// Removes and returns the smallest key.
    fn pop(&mut self) -> Option<Key>;

    /// Removes and returns the smallest key if its time is before `horizon`.
    #[inline]
    fn pop_before(&mut self, horizon: SimTime) -> Option<Key> {
        if self.peek()?.time() < horizon {
            self.pop()
        } else {
            None
        }
    }

    /// The smallest key. It may reorganise the queue, hence `&mut`.
    fn peek(&mut self) -> Option<Key>;

    /// How many keys there are.
    fn len(&self) -> usize;

    /// Whether there is no key.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A guess at the key that will be popped after `ahead` others, for prefetching; `None` when the
    /// queue cannot tell cheaply.
    fn upcoming(&self, _ahead: usize) -> Option<Key> {
        None
    }

    /// Every key, in no particular order.
    fn keys(&self) -> Vec<Key>;

    /// Drops the keys that `keep` refuses.
    fn retain(&mut self, keep: impl FnMut(Key) -> bool);
}
