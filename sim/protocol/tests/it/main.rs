//! The protocol through its public door: stories with hand arithmetic, and properties of random operations.

mod bonding;
mod bytes;
#[cfg(feature = "canary")]
mod canary;
mod casebook;
mod cases_conduct;
mod cases_weight;
mod control;
mod delegation;
mod host;
mod jobs;
mod ladder;
mod order;
mod play;
mod random;
mod rewards;
mod swarm;
mod weights;
