//! A small generator of its own (splitmix64), so that a seed names the same run for ever.

use units::Ratio;

#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below a bound above zero.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// From the first to the last, both included.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last - first + 1)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// Below a count, and once in twenty times the count itself, which names nothing.
    pub fn nearly(&mut self, count: u64) -> u64 {
        if self.once_in(20) {
            count
        } else {
            self.below(count)
        }
    }

    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }

    /// A ratio between two counts of a thousandth, with parts that do not come out even.
    pub fn ratio(&mut self, first: u64, last: u64) -> Ratio {
        let parts = self.between(first * 1_000_000_000, last * 1_000_000_000);
        Ratio::from_parts(parts)
    }

    /// So many shares that sum to one.
    pub fn shares<const N: usize>(&mut self) -> [Ratio; N] {
        let mut left = Ratio::ONE.parts();
        let mut shares = [Ratio::ZERO; N];
        let first = self.below(N as u64) as usize;
        for share in shares.iter_mut().skip(1) {
            let parts = self.below(left / 2 + 1);
            left -= parts;
            *share = Ratio::from_parts(parts);
        }
        shares[0] = Ratio::from_parts(left);
        shares.rotate_left(first);
        shares
    }
}
