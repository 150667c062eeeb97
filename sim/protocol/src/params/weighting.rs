//! Parameters of what multiplies a weight besides collateral and score (commitment, tenure, market share), of the growth
//! period, and of how engagement is divided. Every default is neutral: nobody's weight changes by it.

use serde::{Deserialize, Serialize};
use units::Ratio;

use super::check::{ParamFault, require};

/// How long a provider binds its self-bond.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum CommitmentTier {
    /// Not at all.
    #[default]
    Flexible,
    /// For about a month.
    Monthly,
    /// For about a year.
    Annual,
}

impl CommitmentTier {
    /// Every tier, in index order.
    pub const ALL: [CommitmentTier; 3] = [
        CommitmentTier::Flexible,
        CommitmentTier::Monthly,
        CommitmentTier::Annual,
    ];

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CommitmentTier::Flexible => "flexible",
            CommitmentTier::Monthly => "monthly",
            CommitmentTier::Annual => "annual",
        }
    }
}

/// What a commitment costs and weighs, by tier in the order of [`CommitmentTier::ALL`]. Swarm: annual above monthly above
/// flexible; the figures are assumptions.
///
/// A provider of weight 24 · 10⁹ who commits for a year in the first epoch weighs 1.2 times as much, and cannot unbond:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let kind = Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false };
/// let mut protocol = Protocol::new(Params::default(), &[kind], 1)?;
/// let (owner, provider, why) = (protocol.open_participant(), ProviderId(0), Cause(0));
/// let amount = Amount::from_tokens(2_880, 9);
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
///     Operation::Bond { provider, amount },
/// ] {
///     protocol.apply(Tick(0), why, operation)?;
/// }
/// // 24 USD a day, fully covered by 120 days of them.
/// assert_eq!(protocol.weight(provider), 24_000_000_000);
/// let committed = protocol.apply(Tick(0), why, Operation::Commit { provider, tier: CommitmentTier::Annual })?;
/// assert_eq!(committed, Outcome::Committed { until_epoch: 365 });
/// assert_eq!(protocol.weight(provider), 28_800_000_000);
/// assert_eq!(protocol.apply(Tick(0), why, Operation::Unbond { provider, amount }), Err(Error::Committed { until_epoch: 365 }));
/// // The commitment pool weighs the 4.8 · 10⁹ over 1.00, at the raised weight: 0.2 · 28.8 · 10⁹.
/// assert_eq!(protocol.pool_weight(provider, BonusPool::Commitment), 5_760_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentParams {
    /// Length, epochs; none for flexible.
    pub epochs: [u32; 3],
    /// Multiplier of weight; one for flexible.
    pub multiplier: [Ratio; 3],
}

impl Default for CommitmentParams {
    fn default() -> CommitmentParams {
        CommitmentParams {
            epochs: [0, 30, 365],
            multiplier: [100, 105, 120].map(Ratio::from_percent),
        }
    }
}

/// What working without a break weighs. Counted from activation in steps; a suspension, jail or leaving ends it.
///
/// The multiplier after `n` steps is `1 + min(cap, n · bonus_per_step)`: with 4 % a step and a cap of 10 % that is
/// 1.04, 1.08, 1.10, 1.10. The default bonus of 0 % counts nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenureParams {
    /// Length of a step, epochs.
    pub step_epochs: u32,
    /// Added to the multiplier by each step.
    pub bonus_per_step: Ratio,
    /// The most that all steps add.
    pub cap: Ratio,
}

impl Default for TenureParams {
    fn default() -> TenureParams {
        TenureParams {
            step_epochs: 30,
            bonus_per_step: Ratio::ZERO,
            cap: Ratio::from_percent(10),
        }
    }
}

/// What a provider weighs before ramp, commitment, tenure and market share, while it is active and bonded.
///
/// A stake of 2880 tokens of nine decimals behind two GPUs of 24 USD a day, full cover being 5760 tokens at a dollar:
///
/// | rule | weight |
/// |---|---|
/// | [`Cover`](WeightRule::Cover) | 0.2 + 0.8 · 2880 / 5760 = 0.6 of 48 · 10⁹ |
/// | [`Value`](WeightRule::Value) | 48 · 10⁹ |
/// | [`Gpus`](WeightRule::Gpus) | 2 · 10¹² |
/// | [`Equal`](WeightRule::Equal) | 10¹² |
/// | [`Stake`](WeightRule::Stake) | 2880 · 10⁹ |
/// | [`StakeRoot`](WeightRule::StakeRoot) | ⌊√(2880 · 10⁹)⌋ = 1 697 056 |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WeightRule {
    /// List value times how far collateral covers it: verified capacity, backed by stake up to a bound.
    #[default]
    Cover,
    /// List value alone, in 10⁻⁹ USD a day.
    Value,
    /// GPUs, each 10¹²: compute units.
    Gpus,
    /// The same for every provider, 10¹².
    Equal,
    /// Self-bond and delegations, base units.
    Stake,
    /// The square root of that, rounded down.
    StakeRoot,
}

/// How a provider's share of its kind changes its weight. The share is its weight before this factor over the kind's total
/// at the last close, at most one, taken when the provider is touched.
///
/// Tenure and damping at work on a provider alone in its kind, full weight 24 · 10⁹:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let mut params = Params::default();
/// params.tenure = TenureParams { step_epochs: 1, bonus_per_step: Ratio::from_percent(4), cap: Ratio::from_percent(10) };
/// params.market_share = MarketShareRule::Damping { above: Ratio::from_percent(25) };
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let kind = Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false };
/// let mut protocol = Protocol::new(params, &[kind], 1)?;
/// let (owner, provider, why) = (protocol.open_participant(), ProviderId(0), Cause(0));
/// let token = |count| Amount::from_tokens(count, 9);
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount: token(2880) },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
///     Operation::Bond { provider, amount: token(2880) },
/// ] {
///     protocol.apply(Tick(0), why, operation)?;
/// }
/// // In epoch 0 there is no share yet, and the first step of tenure comes a term after activation.
/// protocol.end_epoch(Tick(86_400), why)?;
/// assert_eq!(protocol.weight(provider), 24_000_000_000);
/// // The close of epoch 1 takes the step: 24 · 1.04 = 24.96. Alone it has the whole share: 24.96 over 24 is held at 1, and
/// // √(0.25 / 1) = 0.5 of 24.96 · 10⁹ is left.
/// protocol.end_epoch(Tick(2 * 86_400), why)?;
/// assert_eq!(protocol.tenure_steps(provider), 1);
/// assert_eq!(protocol.weight(provider), 12_480_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarketShareRule {
    /// Not at all.
    #[default]
    None,
    /// `1 + min(gain · share, cap)`: Swarm's sign.
    Bonus {
        /// Added per unit of share.
        gain: Ratio,
        /// The most that is added.
        cap: Ratio,
    },
    /// One up to `above`; beyond it `√(above / share)`, rounded down: the weight grows with the root of what stands behind it.
    Damping {
        /// The largest share that is not damped.
        above: Ratio,
    },
}

/// Network growth: the period in which a newcomer shares in the growth category, and the size that the network grows to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrowthParams {
    /// How long after its registration a provider shares in the growth category, epochs; zero: nobody does.
    pub epochs: u32,
    /// Active GPUs below which the budget grows by [`ScalingParams::growth`](super::ScalingParams::growth).
    pub target_gpus: u64,
}

impl Default for GrowthParams {
    fn default() -> GrowthParams {
        GrowthParams {
            epochs: 0,
            target_gpus: 10_000,
        }
    }
}

/// How the engagement category is divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementParams {
    /// The verifiers' and operators' part; the rest is the contributors'. A side without participants leaves its part to the
    /// other.
    pub operator_share: Ratio,
}

impl Default for EngagementParams {
    fn default() -> EngagementParams {
        EngagementParams {
            operator_share: Ratio::from_percent(50),
        }
    }
}

impl super::Params {
    /// The rules of this room.
    pub(super) fn check_weighting(&self) -> Result<(), ParamFault> {
        let delays = self.bond.unbonding_epochs_by_role.iter().flatten();
        require(
            delays.into_iter().all(|epochs| *epochs > 0),
            "bond.unbonding_epochs_by_role",
            "each above zero",
        )?;
        let c = &self.commitment;
        let is_flexible_free = c.epochs[0] == 0 && c.multiplier[0] == Ratio::ONE;
        require(
            is_flexible_free,
            "commitment",
            "flexible lasts no epoch and multiplies by one",
        )?;
        require(
            c.epochs[1..].iter().all(|epochs| *epochs > 0),
            "commitment.epochs",
            "monthly and annual last at least one epoch",
        )?;
        let range = Ratio::ONE..=Ratio::from_percent(1_000);
        require(
            c.multiplier.iter().all(|factor| range.contains(factor)),
            "commitment.multiplier",
            "between 1 and 10",
        )?;
        let t = &self.tenure;
        require(t.step_epochs > 0, "tenure.step_epochs", "above zero")?;
        require(
            t.bonus_per_step <= Ratio::ONE && t.cap <= Ratio::ONE,
            "tenure",
            "bonus_per_step and cap are at most one",
        )?;
        let is_share_fit = match self.market_share {
            MarketShareRule::None => true,
            MarketShareRule::Bonus { gain, cap } => gain <= Ratio::ONE && cap <= Ratio::ONE,
            MarketShareRule::Damping { above } => above > Ratio::ZERO && above <= Ratio::ONE,
        };
        require(
            is_share_fit,
            "market_share",
            "gain and cap are at most one, above lies above zero and is at most one",
        )?;
        require(
            self.engagement.operator_share <= Ratio::ONE,
            "engagement.operator_share",
            "at most one",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::Params;
    use super::*;

    fn fault(change: impl FnOnce(&mut Params)) -> Option<&'static str> {
        let mut params = Params::default();
        change(&mut params);
        params.check().err().map(|fault| fault.path)
    }

    #[test]
    fn each_rule_names_what_breaks_it() {
        assert_eq!(fault(|_| ()), None);
        let zero = Ratio::ZERO;
        assert_eq!(
            fault(|it| it.commitment.multiplier[0] = zero),
            Some("commitment")
        );
        assert_eq!(
            fault(|it| it.commitment.multiplier[2] = zero),
            Some("commitment.multiplier")
        );
        assert_eq!(
            fault(|it| it.commitment.epochs[1] = 0),
            Some("commitment.epochs")
        );
        assert_eq!(
            fault(|it| it.tenure.step_epochs = 0),
            Some("tenure.step_epochs")
        );
        assert_eq!(
            fault(|it| it.tenure.cap = Ratio::from_percent(101)),
            Some("tenure")
        );
        let damping = MarketShareRule::Damping { above: zero };
        assert_eq!(fault(|it| it.market_share = damping), Some("market_share"));
        let delays = [None, None, Some(0), None];
        assert_eq!(
            fault(|it| it.bond.unbonding_epochs_by_role = delays),
            Some("bond.unbonding_epochs_by_role")
        );
        let share = Ratio::from_percent(101);
        assert_eq!(
            fault(|it| it.engagement.operator_share = share),
            Some("engagement.operator_share")
        );
        let cap = Ratio::from_percent(1_001);
        assert_eq!(fault(|it| it.scaling.growth.cap = cap), Some("scaling"));
    }
}
