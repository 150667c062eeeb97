//! The protocol through its public door: stories with hand arithmetic, and properties of random operations.

mod bonding;
#[cfg(feature = "canary")]
mod canary;
mod control;
mod delegation;
mod host;
mod jobs;
mod ladder;
mod oracle;
mod random;
mod rewards;
