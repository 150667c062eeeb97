//! What others published comes out: one test binary.

mod measured;
mod shapes;
mod training_networks;
mod vectors;
