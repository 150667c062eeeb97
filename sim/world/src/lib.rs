//! The simulated world: fleet, failures, jobs, scheduler, verification, behaviours and market.
//!
//! The only crate that sees engine, protocol and training. It reads no file, clock or environment, and holds no scenario
//! syntax and no file format: `experiment` does.
//!
//! [`World`] is the whole of it: build one, [`World::pop`] events, [`World::handle`] them, and [`World::tell`] an
//! [`observe::Observer`] what happened when an epoch has closed.

pub mod actors;
mod appeals;
mod assembly;
pub mod books;
mod closing;
pub mod config;
mod contributors;
mod customers;
mod demand;
mod epoch;
pub mod event;
mod failure;
mod fingerprint;
mod fleet;
mod flows;
mod gang;
mod genesis;
mod health;
mod incidents;
mod job;
mod market;
mod node;
mod number;
pub mod observe;
mod owners;
mod payment;
mod placement;
pub mod provider;
mod purpose;
mod queues;
mod roles;
pub mod rows;
mod running;
mod scheduler;
mod society;
mod spell;
mod standings;
mod state;
pub mod table;
mod tally;
#[cfg(test)]
mod testing;
mod verification;
mod world;

pub use spell::availability;
pub use world::{Ending, World};
