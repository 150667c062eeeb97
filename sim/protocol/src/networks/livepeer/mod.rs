//! Livepeer: inflation steps towards a target bonding rate, rewards and fees accrue through cumulative factors.
//! Restated from livepeer/protocol @f225b10 (MIT): `Minter`, `EarningsPoolLIP36`, `BondingManager`, the three percentage libraries.
//!
//! Amounts are base units (10^18 an LPT, wei for fees). Three scales of percentages coexist. Numbers are the contracts', of 256
//! bits: what passes them is refused, products before their division too.

pub mod bonding;
pub mod earnings_pool;
pub mod minter;
pub mod percent;
pub mod slashing;
