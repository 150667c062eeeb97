//! The shared quantities: time, token amounts, ratios, money, computation, data, power and energy.
//!
//! Every quantity is an integer count of a fixed base unit behind a newtype, so sums are exact and the same on
//! every machine. [`Quantity`] reads and prints them with units ("30 d", "400 Gbit/s") and refuses a text that is
//! not a whole number of base units. This crate knows no scenario, no protocol and no physics.

#![no_std]
#![deny(clippy::float_arithmetic)]

extern crate alloc;

#[macro_use]
mod newtype;

mod amount;
mod compute;
mod count;
mod data;
mod decimal;
mod energy_price;
mod money;
mod power;
mod quantity;
mod ratio;
mod time;
mod token_price;
pub mod wide;

pub use amount::Amount;
pub use compute::{Flop, FlopRate};
pub use data::{BitRate, Bytes};
pub use energy_price::EnergyPrice;
pub use money::{Money, MoneyRate};
pub use power::{Energy, Power};
pub use quantity::{Quantity, QuantityError, QuantityErrorKind};
pub use ratio::Ratio;
pub use time::{SimTime, Span};
pub use token_price::TokenPrice;
