//! The protocol through its public door: stories with hand arithmetic, and properties of random operations.

mod bonding;
mod cases_conduct;
mod control;
mod delegation;
mod host;
mod jobs;
mod ladder;
mod random;
mod rewards;
