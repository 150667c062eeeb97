//! A 64-bit digest of a sequence of words, for telling two runs apart. Not cryptographic.
//!
//! One step is `state = xorshift32((state ^ word) * K)` with an odd constant `K`. For a given word the step is a
//! bijection of the state, and for a given state a bijection of the word: two sequences that differ in one
//! word have different states from there on, until another difference meets it by chance (2^-64).

use serde::{Deserialize, Serialize};

/// The digest so far. The empty sequence has a digest too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest {
    state: u64,
}

/// Fractional bits of the golden ratio: a start that is not zero, so that leading zero words count.
const START: u64 = 0x9e37_79b9_7f4a_7c15;
/// The multiplier of Steele and Vigna's "good" 64-bit set (arXiv:2001.05304).
const MULTIPLIER: u64 = 0xd134_2543_de82_ef95;

impl Digest {
    /// The digest of no words.
    pub const fn new() -> Self {
        Digest { state: START }
    }

    /// Appends one word.
    #[inline]
    pub fn mix(&mut self, word: u64) {
        let x = (self.state ^ word).wrapping_mul(MULTIPLIER);
        self.state = x ^ (x >> 32);
    }

    /// The digest of all words so far. More may follow.
    pub fn value(&self) -> u64 {
        // The finaliser of MurmurHash3, so that the last word reaches every bit.
        let x = (self.state ^ (self.state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        x ^ (x >> 33)
    }
}

impl Default for Digest {
    fn default() -> Self {
        Digest::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[u64]) -> u64 {
        let mut digest = Digest::new();
        for &word in words {
            digest.mix(word);
        }
        digest.value()
    }

    #[test]
    fn known_answers() {
        // Computed apart, from the definition above, in arbitrary-precision integers.
        assert_eq!(of(&[]), 0x9ca0_66f1_a4ab_2eea);
        assert_eq!(of(&[0]), 0xba7a_365e_e867_c2df);
        assert_eq!(of(&[1, 2, 3]), 0xf390_cf23_82f0_c446);
    }

    #[test]
    fn order_length_and_every_bit_count() {
        assert_ne!(of(&[1, 2]), of(&[2, 1]));
        assert_ne!(of(&[0]), of(&[0, 0]));
        for bit in 0..64 {
            assert_ne!(of(&[5, 9]), of(&[5 ^ 1 << bit, 9]));
        }
    }

    #[test]
    fn one_bit_of_the_last_word_reaches_half_of_the_digest() {
        for bit in 0..64 {
            let flipped = (of(&[5, 9]) ^ of(&[5, 9 ^ 1 << bit])).count_ones();
            assert!((12..52).contains(&flipped), "bit {bit} flips {flipped}");
        }
    }
}
