//! One accelerator as training sees it.

use serde::{Deserialize, Serialize};
use units::{BitRate, Bytes, FlopRate, Power};

/// A kind of GPU.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gpu {
    /// Dense peak at the training precision (bf16 with fp32 accumulation).
    pub peak: FlopRate,
    /// Device memory.
    pub memory: Bytes,
    /// Device memory bandwidth.
    pub memory_bandwidth: BitRate,
    /// Link to the other GPUs of its node, per GPU and direction.
    pub link: BitRate,
    /// Rated power of the chip or card.
    pub tdp: Power,
    /// Fraction of the peak that large training matrix products reach, above 0 and at most 1. Whole training kernels on
    /// A100: about 0.7; the best plain products: 0.87 (A100), 0.80 (H100).
    pub efficiency: f64,
}

/// The matrix side at which half the achievable speed is reached: a fit (see the crate's assumptions), not a published number.
pub const NARROW_HALF: f64 = 130.0;

impl Gpu {
    /// Operations per second in products whose narrowest side has `side` elements.
    #[must_use]
    pub fn achieved_flop_per_s(&self, side: f64) -> f64 {
        self.peak.flop_per_s() as f64 * self.efficiency * side / (side + NARROW_HALF)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_products_are_slower_and_wide_ones_approach_the_achievable_peak() {
        let gpu = Gpu {
            peak: FlopRate::new(1_000_000),
            memory: Bytes::new(1),
            memory_bandwidth: BitRate::new(1),
            link: BitRate::new(1),
            tdp: Power::from_watts(1),
            efficiency: 0.8,
        };
        assert_eq!(gpu.achieved_flop_per_s(NARROW_HALF), 400_000.0);
        assert!(gpu.achieved_flop_per_s(1e9) > 799_999.0);
        assert!(gpu.achieved_flop_per_s(1e9) <= 800_000.0);
    }
}
