//! What every measured workload does apart from queueing: one cache line of state and an exponential wait.

/// The mean wait in ns.
pub const MEAN_NS: f64 = 1e9;

/// The state of one entity: exactly one cache line, read and written by each of its events.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct State {
    random: u64,
    events: u64,
    last: u64,
    waited: [u64; 5],
}

impl State {
    pub fn row(entities: u32) -> Vec<State> {
        let state = |entity| State {
            random: mix(entity),
            events: 0,
            last: 0,
            waited: [0; 5],
        };
        (0..u64::from(entities)).map(state).collect()
    }

    /// Lets the entity live through an event at `now`; returns 64 random bits.
    #[inline]
    pub fn touch(&mut self, now: u64) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.waited[(self.events % 5) as usize] += now - self.last;
        self.events += 1;
        self.last = now;
        mix(self.random)
    }
}

/// The finaliser of SplitMix64.
#[inline]
pub fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Exponential waits from a table of 512 quantiles with a straight line between: about a nanosecond, so that the
/// queue is measured and not the logarithm. The `streams` group measures the real samplers.
pub struct Waits {
    quantiles: [u32; 513],
}

impl Waits {
    pub fn new() -> Self {
        let mut quantiles = [0; 513];
        for (i, quantile) in quantiles.iter_mut().enumerate() {
            let u = (i as f64).min(511.75) / 512.0;
            *quantile = (-MEAN_NS / 2.0 * libm::log1p(-u)) as u32;
        }
        Waits { quantiles }
    }

    /// A wait in ns, above zero.
    #[inline]
    pub fn wait(&self, word: u64) -> u64 {
        let index = (word >> 55) as usize;
        let (low, high) = (
            u64::from(self.quantiles[index]),
            u64::from(self.quantiles[index + 1]),
        );
        let part = (word >> 23) & 0xffff_ffff;
        1 + 2 * (low + (((high - low) * part) >> 32))
    }
}
