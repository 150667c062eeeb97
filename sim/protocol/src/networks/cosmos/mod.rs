//! Cosmos SDK: inflation that chases a bonded ratio, fees by cumulative reward ratios, slashes by the height of the infraction,
//! jail for missed blocks. Restated from cosmos/cosmos-sdk (Apache-2.0): `math` @0ed2fd9, `x/mint`, `x/distribution`, `x/staking`
//! and `x/slashing` of v0.46.
//!
//! Everything is counted in [`Dec`], decimals of 18 places; each rule says where it rounds. Chains set their own parameters.

pub mod dec;
pub mod f1;
pub mod fees;
pub mod liveness;
pub mod mint;
pub mod staking;

pub use dec::Dec;
