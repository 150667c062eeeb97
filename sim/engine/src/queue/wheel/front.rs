//! The sorted run of keys that are next, popped by moving a cursor.

use crate::Key;

/// Keys that are gone are dropped when there are so many: seldom enough to be free, and they stay in cache.
const SPENT_MAX: usize = 128;
/// Up to so many keys are sorted by counting: more comparisons, but none that the processor must guess.
const RANKED_MAX: usize = 16;

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
        self.sorted.extend_from_slice(slice);
        let tail = &mut self.sorted[start..];
        if slice.len() <= RANKED_MAX {
            scatter_by_rank(slice, tail);
        } else {
            tail.sort_unstable();
        }
    }

    pub fn keys(&self) -> &[Key] {
        &self.sorted[self.cursor..]
    }

    pub fn clear(&mut self) {
        self.sorted.clear();
        self.cursor = 0;
    }
}

/// Writes distinct keys to `sorted` in ascending order, each to the place that as many keys are below it.
#[inline]
fn scatter_by_rank(keys: &[Key], sorted: &mut [Key]) {
    for &key in keys {
        let rank = keys
            .iter()
            .map(|&other| usize::from(other < key))
            .sum::<usize>();
        sorted[rank] = key;
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
