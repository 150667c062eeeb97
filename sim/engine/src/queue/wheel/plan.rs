//! How wide a slice should be: from the keys held, such that the next slices hold a handful each.

use super::SHIFT_MAX;
use crate::Key;

/// Fewer keys a slice than this and the walk over slices costs more than the sorting.
const FILL_MIN: usize = 8;
/// More keys a slice than this and sorting costs more than the scattered writes it saves.
const FILL_MAX: usize = 64;
/// Slices that would hold all keys if they were spread evenly. Fewer keys want fewer slices, as all their
/// buckets stay in cache; more want more, until `FILL_MAX` is reached at half a million.
const SLICES_WANTED: usize = 1 << 13;
/// The density is measured over at least this many keys.
const SAMPLE_MIN: usize = 64;

/// A slice width and what it is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// The base-two logarithm of the slice width in ns.
    pub shift: u32,
    /// How many keys a slice should hold.
    pub fill: usize,
    /// How many keys there were.
    pub keys: usize,
}

impl Plan {
    /// The plan for these keys, which it reorders. `shift` stays when the keys say nothing, all being at one
    /// instant.
    pub fn of(keys: &mut [Key], shift: u32) -> Self {
        let fill = (keys.len() / SLICES_WANTED).clamp(FILL_MIN, FILL_MAX);
        let shift = spacing(keys).map_or(shift, |(ns, keys)| shift_for(ns, keys, fill));
        Plan {
            shift,
            fill,
            keys: keys.len(),
        }
    }
}

/// The distance in ns over which the next keys are spread, and how many they are. Keys at the very first
/// instant are left out: a burst says nothing about what follows it.
fn spacing(keys: &mut [Key]) -> Option<(u64, u64)> {
    let mut sample = (keys.len() / 16).max(SAMPLE_MIN);
    loop {
        let last = sample.min(keys.len().checked_sub(1)?);
        let end = keys.select_nth_unstable(last).1.ns();
        let nearest = &keys[..=last];
        let start = nearest.iter().map(|key| key.ns()).min()?;
        let after_start = nearest.iter().filter(|key| key.ns() > start).count();
        if after_start * 2 >= sample || (last + 1 == keys.len() && after_start > 0) {
            return Some((end - start, after_start as u64));
        }
        if last + 1 == keys.len() {
            return None;
        }
        sample *= 2;
    }
}

/// The power of two nearest to `fill * ns / keys`.
fn shift_for(ns: u64, keys: u64, fill: usize) -> u32 {
    let width = u128::from(ns) * fill as u128 / u128::from(keys);
    // Rounded up from 1.5 times a power of two.
    let shift = (width + width / 3).max(1).ilog2();
    shift.min(SHIFT_MAX)
}

#[cfg(test)]
mod tests {
    use units::SimTime;

    use super::*;
    use crate::Class;

    fn keys(times: impl Iterator<Item = u64>) -> Vec<Key> {
        times
            .map(|ns| Key::new(SimTime::from_ns(ns), Class(0), 0, 0))
            .collect()
    }

    #[test]
    fn evenly_spread_keys_get_slices_of_the_wanted_fill() {
        let mut few = keys((0..1000).map(|i| i * 1024));
        assert_eq!(
            Plan::of(&mut few, 0),
            Plan {
                shift: 13,
                fill: 8,
                keys: 1000
            }
        );
        let mut many = keys((0..1 << 20).map(|i| i * 1024));
        assert_eq!(
            Plan::of(&mut many, 0),
            Plan {
                shift: 16,
                fill: 64,
                keys: 1 << 20
            }
        );
    }

    #[test]
    fn a_burst_at_the_first_instant_does_not_narrow_the_slices() {
        let mut burst = keys((0..10_000).map(|i| if i < 9_000 { 0 } else { (i - 8_999) << 20 }));
        assert_eq!(Plan::of(&mut burst, 0).shift, 23);
    }

    #[test]
    fn keys_that_say_nothing_keep_the_width() {
        assert_eq!(Plan::of(&mut [], 17).shift, 17);
        assert_eq!(Plan::of(&mut keys([5; 300].into_iter()), 17).shift, 17);
    }

    #[test]
    fn the_width_has_a_limit() {
        let mut far = keys([0, u64::MAX / 2, u64::MAX].into_iter());
        assert_eq!(Plan::of(&mut far, 0).shift, SHIFT_MAX);
    }
}
