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
    /// A100: about 0.7; the best plain products: 0.87 (A100), 0.80 (H100). A gang of the simulated world goes by it; `step_time` by its
    /// calibration.
    pub efficiency: f64,
}
