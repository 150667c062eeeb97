//! The one unsafe line of the engine: a hint to the processor that an element will soon be read.
//!
//! A hint changes no state and no result; without the instruction the function does nothing.
#![allow(unsafe_code)]

/// Asks the processor to fetch the cache line where `slice[index]` begins. An index out of range does nothing.
#[inline(always)]
pub fn prefetch<T>(slice: &[T], index: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(element) = slice.get(index) {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the pointer comes from a reference, and a prefetch never faults or writes.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(core::ptr::from_ref(element).cast()) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (slice, index);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_index_is_allowed_and_nothing_changes() {
        let words = [1u64, 2, 3];
        prefetch(&words, 0);
        prefetch(&words, 3);
        prefetch(&words, usize::MAX);
        prefetch::<u64>(&[], 0);
        assert_eq!(words, [1, 2, 3]);
    }
}
