//! The standard library's binary heap over 16-byte keys: the plain alternative that the wheel must beat.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Queue;
use crate::Key;

/// A queue as a binary heap.
#[derive(Clone, Debug, Default)]
pub struct Heap {
    keys: BinaryHeap<Reverse<Key>>,
}

impl Queue for Heap {
    #[inline]
    fn push(&mut self, key: Key) {
        self.keys.push(Reverse(key));
    }

    #[inline]
    fn pop(&mut self) -> Option<Key> {
        self.keys.pop().map(|Reverse(key)| key)
    }

    #[inline]
    fn peek(&mut self) -> Option<Key> {
        self.keys.peek().map(|&Reverse(key)| key)
    }

    fn len(&self) -> usize {
        self.keys.len()
    }

    fn keys(&self) -> Vec<Key> {
        self.keys.iter().map(|&Reverse(key)| key).collect()
    }

    fn retain(&mut self, mut keep: impl FnMut(Key) -> bool) {
        self.keys.retain(|&Reverse(key)| keep(key));
    }
}
