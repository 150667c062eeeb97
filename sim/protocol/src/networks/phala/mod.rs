//! Phala's compute mining: each worker carries a promised value that grows while it idles, shrinks as it is paid, and decays while it
//! does not answer. Restated from Phala-Network/phala-blockchain @654b1b6 (Apache-2.0): `pallets/phala/src/compute/computation.rs`,
//! `crates/phactory/src/system/gk.rs`. Historic: what the network does today is not covered.
//!
//! Everything is fixed-point with 64 fraction bits ([`U64F64`]), each operation rounded as the crate `fixed` 1.x does it; no floats there,
//! none here. Tokens are whole PHA in fixed-point, base units are 10^-12 of them.

pub mod tokenomic;
pub mod u64f64;
pub mod worker;

pub use u64f64::U64F64;
