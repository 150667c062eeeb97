//! The protocol through its public door: stories with hand arithmetic, and properties of random operations.

mod bonding;
mod cases_governance;
mod control;
mod delegation;
mod governance_steps;
mod host;
mod jobs;
mod ladder;
mod random;
mod random_governance;
mod rewards;
