//! Filecoin: block rewards decay by time and grow with the storage that the network reaches against a yearly doubling baseline;
//! three quarters of a reward vest over 180 days. Restated from filecoin-project/builtin-actors @b0a3bdd (Apache-2.0, MIT):
//! `actors/reward/src/{logic,state,expneg}.rs`, `actors/miner/src/{monies,vesting_state,quantize}.rs`.
//!
//! Amounts are attoFIL, times are epochs of 30 s. Fractions are Q.128: integers of `2^-128`.

pub mod exponential;
pub mod fees;
pub mod network_time;
pub mod reward;
pub mod vesting;

/// Binary places of the network's fractions.
pub const PRECISION: u32 = 128;
/// AttoFIL of one FIL.
pub const ATTO: u128 = 1_000_000_000_000_000_000;
/// Epochs of a day.
pub const EPOCHS_PER_DAY: i64 = 2_880;
