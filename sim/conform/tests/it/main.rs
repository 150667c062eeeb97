//! What others published comes out: one test binary.

mod chain_shapes;
mod measured;
mod ranges;
mod rows;
mod shapes;
mod training_networks;
mod vectors;
