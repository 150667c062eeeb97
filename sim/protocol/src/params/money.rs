//! Parameters of supply, emission, fees and bonds.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::role::Role;

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
///
/// A GPU of 24 USD a day at a dollar a token has full cover at 120 · 24 tokens:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let params = Params::default();
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let kind = Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false };
/// let mut protocol = Protocol::new(params, &[kind], 1)?;
/// let (owner, provider, why) = (protocol.open_participant(), ProviderId(0), Cause(0));
/// let token = |count| Amount::from_tokens(count, 9);
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount: token(2880) },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
///     Operation::Bond { provider, amount: token(1000) },
/// ] {
///     protocol.apply(Tick(0), why, operation)?;
/// }
/// // 1000 / 2880 = 0.347222222222 covered (every division rounds down to parts of 10⁻¹²); 0.2 + 0.8 · 0.347222222222 =
/// // 0.477777777777, of 24 · 10⁹.
/// assert_eq!(protocol.weight(provider), 11_466_666_666);
/// // In the next epoch the rest is bonded: it weighs from the close on.
/// protocol.end_epoch(Tick(86_400), why)?;
/// protocol.apply(Tick(86_400), why, Operation::Bond { provider, amount: token(1_880) })?;
/// assert_eq!(protocol.weight(provider), 11_466_666_666);
/// protocol.end_epoch(Tick(2 * 86_400), why)?;
/// assert_eq!(protocol.weight(provider), 24_000_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// The same for one role, in the order of [`Role::ALL`]; none: as `unbonding_epochs`. Verifiers and operators lock for
    /// longer where a network wants it (30 and 365 epochs are assumptions).
    pub unbonding_epochs_by_role: [Option<u32>; Role::COUNT],
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
            unbonding_epochs_by_role: [None; Role::COUNT],
        }
    }
}
