//! Parameters of supply, emission, fees and bonds.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// How many tokens there can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyParams {
    /// Decimal places of a whole token, at most 18.
    pub decimals: u8,
    /// The largest supply, base units.
    pub max: Amount,
}

impl Default for SupplyParams {
    fn default() -> SupplyParams {
        SupplyParams {
            decimals: 9,
            max: Amount::from_tokens(1_000_000_000, 9),
        }
    }
}

/// How the scheduled emission goes on from epoch to epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmissionRule {
    /// The same every epoch.
    Fixed,
    /// `e_{n+1} = ⌊e_n · (1 − decay)⌋`.
    Decaying,
}

/// How many tokens are minted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmissionParams {
    /// How the schedule goes on.
    pub rule: EmissionRule,
    /// Scheduled emission of the first epoch, base units.
    pub per_epoch: Amount,
    /// Share lost every epoch under [`EmissionRule::Decaying`].
    pub decay_per_epoch: Ratio,
}

impl Default for EmissionParams {
    fn default() -> EmissionParams {
        EmissionParams {
            rule: EmissionRule::Decaying,
            per_epoch: Amount::from_tokens(100_000, 9),
            decay_per_epoch: Ratio::from_parts(475_000_000),
        }
    }
}

/// Shares of an epoch's budget by what they reward. They sum to one; the remainder of the division is the treasury's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitParams {
    /// Compute providers, by weight.
    pub performance: Ratio,
    /// Long-term commitment.
    pub commitment: Ratio,
    /// The treasury.
    pub treasury: Ratio,
    /// Network growth.
    pub growth: Ratio,
    /// Model development.
    pub model: Ratio,
    /// Storage.
    pub storage: Ratio,
    /// Data.
    pub data: Ratio,
    /// Adoption of newer hardware.
    pub innovation: Ratio,
    /// Engagement and governance.
    pub engagement: Ratio,
}

impl Default for SplitParams {
    fn default() -> SplitParams {
        SplitParams {
            performance: Ratio::from_percent(60),
            commitment: Ratio::from_percent(10),
            treasury: Ratio::from_percent(12),
            growth: Ratio::from_percent(4),
            model: Ratio::from_percent(4),
            storage: Ratio::from_percent(3),
            data: Ratio::from_percent(3),
            innovation: Ratio::from_percent(2),
            engagement: Ratio::from_percent(2),
        }
    }
}

/// Shares of job revenue. They sum to one; the remainder of the division is the treasury's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeParams {
    /// The provider's owner.
    pub provider: Ratio,
    /// The platform operator.
    pub platform: Ratio,
    /// The treasury.
    pub treasury: Ratio,
    /// Burned.
    pub burn: Ratio,
    /// The insurance pool.
    pub insurance: Ratio,
}

impl Default for FeeParams {
    fn default() -> FeeParams {
        FeeParams {
            provider: Ratio::from_percent(80),
            platform: Ratio::from_percent(6),
            treasury: Ratio::from_percent(6),
            burn: Ratio::from_percent(5),
            insurance: Ratio::from_percent(3),
        }
    }
}

/// How bonds are sized, what they weigh and how they leave. Sizes are in dollars at the smoothed token price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BondParams {
    /// The smallest self-bond, days of list price.
    pub cover_min: u32,
    /// Collateral (self-bond and delegations) at full weight, days of list price.
    pub cover_full: u32,
    /// Weight without any collateral, as a share of full weight.
    pub weight_base: Ratio,
    /// Length of the smoothed price's average, epochs: it moves by `2/(n+1)` of the gap.
    pub price_ema_epochs: u32,
    /// Share of the minimum below which a bond is short.
    pub shortfall_tolerance: Ratio,
    /// How long a bond may be short before the provider gets no new jobs, epochs.
    pub shortfall_epochs: u32,
    /// How long tokens stay in the unbonding queue, epochs.
    pub unbonding_epochs: u32,
}

impl Default for BondParams {
    fn default() -> BondParams {
        BondParams {
            cover_min: 30,
            cover_full: 120,
            weight_base: Ratio::from_percent(20),
            price_ema_epochs: 30,
            shortfall_tolerance: Ratio::from_percent(70),
            shortfall_epochs: 7,
            unbonding_epochs: 14,
        }
    }
}
