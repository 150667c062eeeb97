//! Helium: a halving schedule plus what was burned lately, up to a cap (net emissions); sub-networks share it by locked votes; a floor
//! and a ceiling for the Mobile network's data deployers, in terms of what carriers paid (HIP 149). Restated from
//! helium/helium-program-library @145947e (Apache-2.0): `programs/helium-sub-daos/src`.
//!
//! Amounts are bones: 1e-8 HNT, `u64`. Times are Unix seconds, epochs are days.

pub mod backstop;
pub mod delegation;
pub mod emission;
pub mod supplement;

/// Seconds of an epoch.
pub const EPOCH_SECONDS: u64 = 86_400;
