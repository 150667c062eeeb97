//! Gonka: GPU inference and training. Restated from gonka-ai/gonka @312044d, `inference-chain/x/{inference,collateral,streamvesting}`.
//!
//! An epoch's reward decays exponentially and is shared by proof-of-compute weight ([`reward`], [`distribution`]); before that a
//! subsidy followed the work ([`subsidy`]). Rewards vest over epochs ([`vesting`]), collateral is slashed with everything that is
//! unbonding ([`slash`]) and carries most of the weight ([`weight`]). A token's price follows utilisation ([`price`]).
//!
//! The chain computes decay, subsidy and price in floats. Sums and products are emulated bit for bit ([`super::float`], products not
//! fused with sums, as on amd64). The exponential is rounded correctly, where the chain's library may be off in the last of 53 bits:
//! with an initial reward below 2^51 an epoch's can differ by one base unit.
//!
//! Not here: the statistical test that takes the weight of a participant who missed too many requests.

pub mod distribution;
pub mod price;
pub mod reward;
pub mod share_work;
pub mod slash;
pub mod subsidy;
pub mod vesting;
pub mod weight;
