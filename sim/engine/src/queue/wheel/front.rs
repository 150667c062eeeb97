//! The sorted run of keys that are next, popped by moving a cursor.

use crate::Key;

/// Keys that are gone are dropped when there are so many: seldom enough to be free, and they stay in cache.
const SPENT_MAX: usize = 128;
/// A slice of at most so many keys is sorted while it is copied.
const INSERTED_MAX: usize = 12;

/// Keys in ascending order; those before the cursor are gone.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    sorted: Vec<Key>,
    cursor: usize,
}

impl Front {
    #[inline]
    pub fn len(&self) -> usize {
        self.sorted.len() - self.cursor
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    pub fn first(&self) -> Option<Key> {
        self.sorted.get(self.cursor).copied()
    }

    /// The key popped after `ahead` others.
    #[inline]
    pub fn get(&self, ahead: usize) -> Option<Key> {
        self.sorted.get(self.cursor + ahead).copied()
    }

    /// Drops the first key, which the caller has seen.
    #[inline]
    pub fn advance(&mut self) {
        self.cursor += 1;
    }

    /// Adds the keys of the next slice: all of them are above those held.
    #[inline]
    pub fn append(&mut self, slice: &[Key]) {
        if self.cursor >= SPENT_MAX {
            self.sorted.drain(..self.cursor);
            self.cursor = 0;
        }
        let start = self.sorted.len();
        if slice.len() <= INSERTED_MAX {
            self.sorted.reserve(slice.len());
            for &key in slice {
                self.insert(start, key);
            }
        } else {
            self.sorted.extend_from_slice(slice);
            self.sorted[start..].sort_unstable();
        }
    }

    /// Inserts a key into the sorted tail that begins at `start`.
    #[inline]
    fn insert(&mut self, start: usize, key: Key) {
        self.sorted.push(key);
        let tail = &mut self.sorted[start..];
        let mut hole = tail.len() - 1;
        while hole > 0 && tail[hole - 1] > key {
            tail[hole] = tail[hole - 1];
            hole -= 1;
        }
        tail[hole] = key;
    }

    pub fn keys(&self) -> &[Key] {
        &self.sorted[self.cursor..]
    }

    pub fn clear(&mut self) {
        self.sorted.clear();
        self.cursor = 0;
    }
}

#[cfg(test)]
mod tests {
    use units::SimTime;

    use super::*;
    use crate::Class;

    fn keys(times: &[u64]) -> Vec<Key> {
        times
            .iter()
            .map(|&ns| Key::new(SimTime::from_ns(ns), Class(0), 0, 0))
            .collect()
    }

    #[test]
    fn appended_slices_come_out_sorted_behind_what_is_left() {
        let mut front = Front::default();
        front.append(&keys(&[3, 1, 2]));
        front.advance();
        front.append(&keys(&[9, 8]));
        assert_eq!(front.keys(), keys(&[2, 3, 8, 9]));
        assert_eq!(front.get(2), keys(&[8]).first().copied());
        assert_eq!(front.get(4), None);
    }
}
