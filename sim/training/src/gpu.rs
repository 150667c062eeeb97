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
}
