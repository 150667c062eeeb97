//! Random draws by name: (seed, purpose, entity, ordinal) always gives the same word.
//!
//! There is no state to advance, so an entity, a purpose or a draw more leaves every other draw as it was:
//! two scenarios under one seed differ only by what was changed (common random numbers), and a snapshot
//! holds no generator. The ordinal must mean something (which spell, which attempt), never count calls.

use serde::{Deserialize, Serialize};

use crate::philox::philox4x32_10;

/// What a draw is for. The host numbers its purposes; a number is never used for two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Purpose(pub u32);

/// The source of all draws of one run, by Philox4x32-10 with the seed as key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draws {
    seed: u64,
}

impl Draws {
    /// The draws of the run with this seed.
    pub const fn new(seed: u64) -> Self {
        Draws { seed }
    }

    /// The seed given to [`Draws::new`].
    pub const fn seed(self) -> u64 {
        self.seed
    }

    /// 64 uniform bits. The ordinal is below 2^63 (the engine keeps the upper half for its own use).
    #[inline]
    pub fn word(&self, purpose: Purpose, entity: u32, ordinal: u64) -> u64 {
        debug_assert!(ordinal >> 63 == 0, "ordinal {ordinal} is out of range");
        let counter = [purpose.0, entity, ordinal as u32, (ordinal >> 32) as u32];
        let [low, high, ..] = philox4x32_10(counter, [self.seed as u32, (self.seed >> 32) as u32]);
        u64::from(high) << 32 | u64::from(low)
    }

    /// A uniform number in the open interval (0, 1): an odd multiple of 2^-53.
    ///
    /// Never 0 and never 1, so an inverse distribution function needs no special case, and symmetric:
    /// `u` and `1 - u` are equally likely and both exact.
    #[inline]
    pub fn unit(&self, purpose: Purpose, entity: u32, ordinal: u64) -> f64 {
        unit_from_word(self.word(purpose, entity, ordinal))
    }

    /// A uniform number below `n`, by multiply and shift. A value's probability is off 1/n by less
    /// than 2^-64, which for n below 2^32 is a relative error below 2^-32.
    ///
    /// # Panics
    /// When `n` is zero.
    #[inline]
    pub fn index(&self, purpose: Purpose, entity: u32, ordinal: u64, n: u32) -> u32 {
        assert!(n > 0, "a draw among nothing");
        let word = self.word(purpose, entity, ordinal);
        ((u128::from(word) * u128::from(n)) >> 64) as u32
    }
}

#[inline]
fn unit_from_word(word: u64) -> f64 {
    const STEP: f64 = 1.0 / (1u64 << 53) as f64;
    ((word >> 11) | 1) as f64 * STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: u64 = 0x299f_31d0_a409_3822;

    /// The third published Philox vector, read through the counter layout of this file.
    #[test]
    fn a_word_is_the_first_half_of_the_named_philox_block() {
        let word = Draws::new(SEED).word(Purpose(0x243f_6a88), 0x85a3_08d3, 0x0370_7344_1319_8a2e);
        assert_eq!(word, 0x94fd_cceb_d16c_fe09);
    }

    #[test]
    fn units_lie_strictly_between_zero_and_one() {
        assert_eq!(unit_from_word(0), 1.0 / 9_007_199_254_740_992.0);
        assert_eq!(
            unit_from_word(u64::MAX),
            1.0 - 1.0 / 9_007_199_254_740_992.0
        );
    }

    #[test]
    fn a_unit_has_a_known_answer() {
        let unit = Draws::new(1).unit(Purpose(2), 3, 4);
        assert_eq!(unit.to_bits(), 0x3fed_fa38_23bd_283b);
    }

    #[test]
    fn each_part_of_the_name_changes_the_draw() {
        let base = Draws::new(1).word(Purpose(1), 1, 1);
        assert_ne!(base, Draws::new(2).word(Purpose(1), 1, 1));
        assert_ne!(base, Draws::new(1).word(Purpose(2), 1, 1));
        assert_ne!(base, Draws::new(1).word(Purpose(1), 2, 1));
        assert_ne!(base, Draws::new(1).word(Purpose(1), 1, 2));
        assert_ne!(base, Draws::new(1).word(Purpose(1), 1, 1 | 1 << 32));
    }

    #[test]
    fn indices_fill_their_range_evenly() {
        let draws = Draws::new(9);
        let mut seen = [0u32; 7];
        for ordinal in 0..70_000 {
            seen[draws.index(Purpose(0), 0, ordinal, 7) as usize] += 1;
        }
        // Binomial: mean 10,000, standard deviation 93.
        assert!(
            seen.iter().all(|count| (9_600..10_400).contains(count)),
            "{seen:?}"
        );
    }

    #[test]
    #[should_panic(expected = "a draw among nothing")]
    fn an_index_among_none_panics() {
        Draws::new(1).index(Purpose(0), 0, 0, 0);
    }
}
