//! What others published comes out: one test binary.

mod training_networks;
mod vectors;
