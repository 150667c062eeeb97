//! Parameters of user stake: tiers, their discounts, and how long past stake stays readable.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// What customers get for staking. A tier begins where the stake reaches its threshold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserParams {
    /// User stake from which tiers 1, 2 and 3 begin, base units, above zero and not falling.
    pub thresholds: [Amount; 3],
    /// Discount on job revenue by tier, not falling; the largest is at most what platform and treasury get of it.
    pub discounts: [Ratio; 3],
    /// For how many closed epochs the stake at their start stays readable.
    pub history_epochs: u32,
}

impl Default for UserParams {
    fn default() -> UserParams {
        UserParams {
            thresholds: [500, 5_000, 50_000].map(|count| Amount::from_tokens(count, 9)),
            discounts: [2, 5, 8].map(Ratio::from_percent),
            history_epochs: 90,
        }
    }
}
