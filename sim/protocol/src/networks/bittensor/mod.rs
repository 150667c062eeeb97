//! Bittensor. Restated from opentensor/subtensor @14bc6f9 (Unlicense), `pallets/subtensor/src/{epoch,coinbase}`, on the fixed-point
//! numbers of the runtime ([`fixed`], [`transcendental`]), which are integers: nothing here is nearer or farther than the chain itself.
//!
//! A block mints an amount that halves with the issuance ([`block_emission`]); subnets share it by price ([`coinbase`]) or by flows
//! raised to a power ([`flows`]). Inside a subnet each epoch weighs what validators say of servers ([`median`], [`yuma`]): servers have
//! incentive, validators dividends by their bonds to servers that consensus values ([`bonds`]).
//!
//! Not here: which weights are outdated and which neurons registered since the last epoch. Whoever keeps registrations sets those
//! weights and bonds to zero before the epoch.

pub mod block_emission;
pub mod bonds;
pub mod coinbase;
pub mod fixed;
pub mod flows;
mod matrix;
pub mod median;
pub mod transcendental;
pub mod yuma;
