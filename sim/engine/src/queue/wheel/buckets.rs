//! A row of unsorted buckets of keys, with a bit for each that says whether it holds any.

use crate::Key;

/// A bucket that grew beyond this gives its memory back when emptied: a burst visits one bucket once.
const KEPT_CAPACITY: usize = 1024;
/// How many emptied vectors are kept for the buckets that fill next.
const SPARES: usize = 64;

/// Buckets numbered from zero.
#[derive(Clone, Debug)]
pub(super) struct Buckets {
    buckets: Vec<Vec<Key>>,
    /// Bit `index % 64` of word `index / 64`: bucket `index` holds a key.
    occupied: Vec<u64>,
    spares: Vec<Vec<Key>>,
}

impl Buckets {
    /// `count` empty buckets; a multiple of 64.
    pub fn new(count: usize) -> Self {
        debug_assert!(count.is_multiple_of(64));
        Buckets {
            buckets: vec![Vec::new(); count],
            occupied: vec![0; count / 64],
            spares: Vec::new(),
        }
    }

    #[inline]
    pub fn push(&mut self, index: usize, key: Key) {
        let bucket = &mut self.buckets[index];
        if bucket.capacity() == 0
            && let Some(spare) = self.spares.pop()
        {
            *bucket = spare;
        }
        bucket.push(key);
        self.occupied[index / 64] |= 1 << (index % 64);
    }

    /// The first bucket at or after `from` that holds a key.
    #[inline]
    pub fn next(&self, from: usize) -> Option<usize> {
        let first = from / 64;
        let mut bits = self.occupied[first] & (u64::MAX << (from % 64));
        let mut word = first;
        while bits == 0 {
            word += 1;
            bits = *self.occupied.get(word)?;
        }
        Some(word * 64 + bits.trailing_zeros() as usize)
    }

    #[inline]
    pub fn bucket(&self, index: usize) -> &[Key] {
        &self.buckets[index]
    }

    /// Empties a bucket.
    #[inline]
    pub fn clear(&mut self, index: usize) {
        self.occupied[index / 64] &= !(1 << (index % 64));
        let bucket = &mut self.buckets[index];
        if bucket.capacity() <= KEPT_CAPACITY {
            bucket.clear();
        } else {
            *bucket = Vec::new();
        }
    }

    /// Empties a bucket into the caller's hands, who returns the vector with [`Buckets::give_back`].
    pub fn take(&mut self, index: usize) -> Vec<Key> {
        self.occupied[index / 64] &= !(1 << (index % 64));
        std::mem::take(&mut self.buckets[index])
    }

    /// Keeps a vector's memory for a bucket to come.
    pub fn give_back(&mut self, mut keys: Vec<Key>) {
        if self.spares.len() < SPARES && keys.capacity() > 0 {
            keys.clear();
            self.spares.push(keys);
        }
    }

    pub fn copy_into(&self, keys: &mut Vec<Key>) {
        for bucket in &self.buckets {
            keys.extend_from_slice(bucket);
        }
    }

    /// Empties every bucket and gives all memory back.
    pub fn clear_all(&mut self) {
        *self = Buckets::new(self.buckets.len());
    }
}

#[cfg(test)]
mod tests {
    use units::SimTime;

    use super::*;
    use crate::Class;

    #[test]
    fn the_next_bucket_is_found_across_words_and_forgotten_when_emptied() {
        let key = Key::new(SimTime::ZERO, Class(0), 0, 0);
        let mut buckets = Buckets::new(256);
        for index in [3, 64, 255] {
            buckets.push(index, key);
        }
        assert_eq!(buckets.next(0), Some(3));
        assert_eq!(buckets.next(3), Some(3));
        assert_eq!(buckets.next(4), Some(64));
        assert_eq!(buckets.next(65), Some(255));
        buckets.clear(255);
        assert_eq!(buckets.next(65), None);
        let taken = buckets.take(64);
        assert_eq!(taken, [key]);
        buckets.give_back(taken);
        assert_eq!(buckets.next(4), None);
        buckets.push(9, key);
        assert_eq!(buckets.bucket(9), [key]);
    }

    #[test]
    fn a_bucket_that_held_a_burst_gives_its_memory_back() {
        let mut buckets = Buckets::new(64);
        for ns in 0..10_000 {
            buckets.push(0, Key::new(SimTime::from_ns(ns), Class(0), 0, 0));
        }
        buckets.clear(0);
        assert_eq!(buckets.buckets[0].capacity(), 0);
    }
}
