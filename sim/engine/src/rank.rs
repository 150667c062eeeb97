//! The seeded permutation of entity ids that breaks ties between events of one class at one instant.
//!
//! Without it the lowest id would win every tie, which is a privilege no network grants. It is a
//! bijection on 32 bits, so two entities never share a rank and the id is recovered from the rank.

use crate::philox::philox4x32_10;

// The multipliers of Wellons' "lowbias32" hash; any odd pair that mixes well would do.
const FIRST: u32 = 0x7feb_352d;
const SECOND: u32 = 0x846c_a68b;
const FIRST_INVERSE: u32 = inverse(FIRST);
const SECOND_INVERSE: u32 = inverse(SECOND);

/// Domain of the draw that makes the keys: no [`crate::Purpose`] shares it, as it sets the top counter bit
/// beside a zero ordinal.
const DOMAIN: u32 = 0x8000_0000;

/// One class's permutation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranks {
    before: u32,
    between: u32,
}

impl Ranks {
    pub fn new(seed: u64, class: u8) -> Self {
        let key = [seed as u32, (seed >> 32) as u32];
        let [before, between, ..] = philox4x32_10([u32::from(class), 0, 0, DOMAIN], key);
        Ranks { before, between }
    }

    /// The place of `entity` among ties.
    #[inline]
    pub fn rank(self, entity: u32) -> u32 {
        let x = fold((entity ^ self.before).wrapping_mul(FIRST));
        fold((x ^ self.between).wrapping_mul(SECOND))
    }

    /// The entity at `rank`: the inverse of [`Ranks::rank`].
    #[inline]
    pub fn entity(self, rank: u32) -> u32 {
        let x = fold(rank).wrapping_mul(SECOND_INVERSE) ^ self.between;
        fold(x).wrapping_mul(FIRST_INVERSE) ^ self.before
    }
}

/// Mixes the high half into the low half; its own inverse, as the shift is half the width.
#[inline]
fn fold(x: u32) -> u32 {
    x ^ (x >> 16)
}

/// The inverse of an odd number modulo 2^32, by Newton's iteration (each step doubles the correct bits).
const fn inverse(odd: u32) -> u32 {
    let mut x = odd;
    let mut step = 0;
    while step < 5 {
        x = x.wrapping_mul(2u32.wrapping_sub(odd.wrapping_mul(x)));
        step += 1;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entity_comes_back_from_its_rank() {
        for class in 0..4 {
            let ranks = Ranks::new(7, class);
            for entity in (0..100_000).chain(u32::MAX - 1000..=u32::MAX) {
                assert_eq!(ranks.entity(ranks.rank(entity)), entity);
            }
        }
    }

    #[test]
    fn neither_of_two_neighbours_wins_most_seeds() {
        for entity in 0..8 {
            let wins = (0..2000)
                .map(|seed| Ranks::new(seed, 0))
                .filter(|ranks| ranks.rank(entity) < ranks.rank(entity + 1))
                .count();
            assert!(
                (900..1100).contains(&wins),
                "entity {entity} won {wins} of 2000"
            );
        }
    }

    #[test]
    fn low_ids_do_not_come_first() {
        let ranks = Ranks::new(1, 0);
        let mut order: Vec<u32> = (0..1000).collect();
        order.sort_by_key(|&entity| ranks.rank(entity));
        let mean_of_first_100 = order[..100].iter().sum::<u32>() / 100;
        assert!(
            (400..600).contains(&mean_of_first_100),
            "{mean_of_first_100}"
        );
    }

    #[test]
    fn classes_and_seeds_have_their_own_order() {
        assert_ne!(Ranks::new(1, 0).rank(5), Ranks::new(1, 1).rank(5));
        assert_ne!(Ranks::new(1, 0).rank(5), Ranks::new(2, 0).rank(5));
    }
}
