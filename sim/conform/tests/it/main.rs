//! What others published comes out: one test binary.

mod measured;
mod vectors;
