//! Parameters of contributions: what vouches for them, and how what is held back comes free.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// How held-back rewards come free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Vesting {
    /// Nothing is held back.
    None,
    /// Nothing until the cliff is over, then in a line.
    LinearWithCliff,
}

/// Rewards for data, models, governance and contracts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionParams {
    /// Bond behind each point of data or models in an epoch, base units. Zero: none is needed.
    pub bond_per_point: Amount,
    /// Share of each reward that is held back.
    pub hold_back: Ratio,
    /// How it comes free.
    pub vesting: Vesting,
    /// Length of the line after the cliff, epochs. Zero: all at once.
    pub hold_back_epochs: u32,
    /// How long nothing comes free, epochs.
    pub cliff_epochs: u32,
    /// Hold-backs of this many epochs share a schedule, which begins with the last of them.
    pub schedule_epochs: u32,
}

impl Default for ContributionParams {
    fn default() -> ContributionParams {
        ContributionParams {
            bond_per_point: Amount::from_tokens(1, 9),
            hold_back: Ratio::from_percent(20),
            vesting: Vesting::LinearWithCliff,
            hold_back_epochs: 180,
            cliff_epochs: 30,
            schedule_epochs: 7,
        }
    }
}
