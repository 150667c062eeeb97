//! What others published comes out: one test binary.

mod measured;
mod training_networks;
mod shapes;
mod vectors;
