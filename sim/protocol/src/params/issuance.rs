//! Parameters of the emission rules of live networks. Each rule takes some of them; `rules/emission.md` says which.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// Emission as a share of the supply. The defaults are the Cosmos SDK's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InflationParams {
    /// The first epoch's inflation: a year's, or an epoch's where the rule says so.
    pub start: Ratio,
    /// The least.
    pub min: Ratio,
    /// The most.
    pub max: Ratio,
    /// How much it changes, in a year or an epoch as the rule says.
    pub change: Ratio,
    /// The staked share of the supply that the rule steers towards.
    pub target: Ratio,
    /// The excess of stake over the target that halves what is above the least.
    pub falloff: Ratio,
    /// Epochs in a year.
    pub epochs_per_year: u32,
}

impl Default for InflationParams {
    fn default() -> InflationParams {
        InflationParams {
            start: Ratio::from_percent(13),
            min: Ratio::from_percent(7),
            max: Ratio::from_percent(20),
            change: Ratio::from_percent(13),
            target: Ratio::from_percent(67),
            falloff: Ratio::from_percent(5),
            epochs_per_year: 365,
        }
    }
}

/// Emission out of an allocation, or bounded by what is burned. The defaults are Filecoin's shares and times over a baseline
/// network, and Helium's smoothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationParams {
    /// All that the rule will ever mint, or what stands for a network's own amount, base units.
    pub total: Amount,
    /// How long half of it takes, epochs.
    pub half_life_epochs: u32,
    /// The part that is minted by time alone; the rest waits for the network to reach its baseline.
    pub simple_share: Ratio,
    /// The baseline at the start, GPUs.
    pub baseline_gpus: u64,
    /// How much it grows in a year.
    pub baseline_growth: Ratio,
    /// The most that is minted again of what was burned, base units an epoch.
    pub net_cap: Amount,
    /// Epochs over which burning is smoothed.
    pub smoothing_epochs: u32,
    /// The epoch of a network's calendar with which the first one here is the same.
    pub first_epoch: u32,
}

impl Default for AllocationParams {
    fn default() -> AllocationParams {
        AllocationParams {
            total: Amount::from_tokens(500_000_000, 9),
            half_life_epochs: 6 * 365,
            simple_share: Ratio::from_percent(30),
            baseline_gpus: 10_000,
            baseline_growth: Ratio::from_percent(100),
            net_cap: Amount::from_tokens(1_644, 9),
            smoothing_epochs: 7,
            first_epoch: 0,
        }
    }
}
