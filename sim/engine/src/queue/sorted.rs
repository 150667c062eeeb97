//! The reference queue: an ordered set, correct by construction and slow. Tests compare the others to it.

use std::collections::BTreeSet;

use super::Queue;
use crate::Key;

/// A queue as an ordered set.
#[derive(Clone, Debug, Default)]
pub struct Sorted {
    keys: BTreeSet<Key>,
}

impl Queue for Sorted {
    fn push(&mut self, key: Key) {
        let is_new = self.keys.insert(key);
        debug_assert!(is_new, "{key:?} was pushed twice");
    }

    fn pop(&mut self) -> Option<Key> {
        self.keys.pop_first()
    }

    fn peek(&mut self) -> Option<Key> {
        self.keys.first().copied()
    }

    fn len(&self) -> usize {
        self.keys.len()
    }

    fn keys(&self) -> Vec<Key> {
        self.keys.iter().copied().collect()
    }

    fn retain(&mut self, mut keep: impl FnMut(Key) -> bool) {
        self.keys.retain(|&key| keep(key));
    }
}
