//! What an epoch's close reports. Each of the twelve steps writes its own part.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio, TokenPrice};

use crate::end_epoch::AuditFault;
use crate::operation::ViolationKind;

/// What emission rewards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // described at SplitParams
pub enum Category {
    Performance,
    Commitment,
    Treasury,
    Growth,
    Model,
    Storage,
    Data,
    Innovation,
    Engagement,
}

impl Category {
    /// Every category, in index order.
    pub const ALL: [Category; 9] = [
        Category::Performance,
        Category::Commitment,
        Category::Treasury,
        Category::Growth,
        Category::Model,
        Category::Storage,
        Category::Data,
        Category::Innovation,
        Category::Engagement,
    ];

    pub(crate) const COUNT: usize = Category::ALL.len();

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Category::Performance => "performance",
            Category::Commitment => "commitment",
            Category::Treasury => "treasury",
            Category::Growth => "growth",
            Category::Model => "model",
            Category::Storage => "storage",
            Category::Data => "data",
            Category::Innovation => "innovation",
            Category::Engagement => "engagement",
        }
    }
}

/// The reward controllers' values in force for an epoch.
///
/// Three of ten GPUs that the network grows to, and a fifth more use than is aimed at:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let mut params = Params::default();
/// params.emission = EmissionParams { rule: EmissionRule::Fixed, per_epoch: Amount::new(1_001), ..params.emission };
/// params.scaling.staked.gain = Ratio::ZERO;
/// params.scaling.growth.gain = Ratio::from_percent(10);
/// params.growth.target_gpus = 10;
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let kind = Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false };
/// let mut protocol = Protocol::new(params, &[kind], 1)?;
/// let (owner, provider, why) = (protocol.open_participant(), ProviderId(0), Cause(0));
/// let token = |count| Amount::from_tokens(count, 9);
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount: token(2160) },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind: KindId(0), gpus: 3, tier: 0, commission: Ratio::ZERO },
///     Operation::Bond { provider, amount: token(2160) },
/// ] {
///     protocol.apply(Tick(0), why, operation)?;
/// }
/// protocol.apply(Tick(0), why, Operation::ObserveLoad { group: GroupId(0), busy: 85, capacity: 100 })?;
/// let summary = protocol.end_epoch(Tick(86_400), why)?;
/// // Demand aims at 1 + 0.1 · (0.85 − 0.65) = 1.02, growth at 1 + 0.1 · 0.7 = 1.07; each goes a step of 0.01.
/// assert_eq!(summary.factors.demand, Ratio::from_percent(101));
/// assert_eq!(summary.factors.growth, Ratio::from_percent(101));
/// // 1.01 · 1.01 = 1.0201, of 1001: 1021.12; what the floor leaves is never minted.
/// assert_eq!(summary.factors.product, Ratio::from_parts(1_020_100_000_000));
/// assert_eq!(summary.budget, Amount::new(1_021));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    /// Network demand.
    pub demand: Ratio,
    /// Market conditions.
    pub market: Ratio,
    /// Staked ratio.
    pub staked: Ratio,
    /// The network-wide factors multiplied and clamped: the budget as a multiple of the schedule.
    pub product: Ratio,
    /// Relative weight of each kind.
    pub scarcity: Vec<Ratio>,
    /// Network growth.
    pub growth: Ratio,
}

/// What left slash escrow, by where it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// To those who were harmed.
    pub compensation: Amount,
    /// To whoever reported.
    pub reporter: Amount,
    /// To the insurance pool.
    pub insurance: Amount,
    /// Burned.
    pub burned: Amount,
    /// To the treasury.
    pub treasury: Amount,
}

/// What the close of an epoch did. Amounts are native base units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpochSummary {
    /// The epoch that closed, from zero.
    pub epoch: u32,
    /// Providers whose record was closed.
    pub measured: u32,
    /// The emission rule's amount for this epoch.
    pub scheduled: Amount,
    /// The most that could be minted.
    pub ceiling: Amount,
    /// What was there to be allocated.
    pub budget: Amount,
    /// What was minted.
    pub minted: Amount,
    /// What was minted for each category, in the order of [`Category::ALL`]. What a category without participants
    /// would have had stands under the treasury. Sums to `minted`.
    pub by_category: [Amount; Category::COUNT],
    /// The factors in force.
    pub factors: Factors,
    /// Mean utilisation over the epoch, where a load was observed.
    pub utilisation: Option<Ratio>,
    /// Staked share of the circulating supply when the epoch was scaled.
    pub staked_ratio: Ratio,
    /// The price that pays the next epoch's jobs.
    pub price: TokenPrice,
    /// The smoothed price that sizes the next epoch's bonds.
    pub smoothed_price: TokenPrice,
    /// Burned in the epoch, for every reason.
    pub burned: Amount,
    /// Slashed, by violation kind in the order of [`ViolationKind::ALL`].
    pub slashed: [Amount; ViolationKind::COUNT],
    /// Violations judged, warnings included, by kind.
    pub violations: [u32; ViolationKind::COUNT],
    /// Rewards and held-back pay lost to penalties.
    pub forfeited: Amount,
    /// What left slash escrow.
    pub released: Released,
    /// What left the unbonding queue.
    pub matured: Amount,
    /// Providers that came back from suspension or jail.
    pub reinstated: u32,
    /// The protocol's own take of job revenue (all but the provider's share) by what was minted. None: nothing was minted.
    pub fee_to_emission: Option<Ratio>,
    /// How many epochs the treasury would last at this epoch's net outflow. None: it did not shrink.
    pub treasury_runway_epochs: Option<u64>,
    /// Whether the price breaker bounds the next epoch's emission.
    pub breaker_tripped: bool,
    /// The first invariant that the audit found broken. None also when audits are off.
    pub audit_fault: Option<AuditFault>,
    /// Grants paid from the treasury in the epoch.
    pub grants: Amount,
    /// Paid out of the insurance pool in the epoch.
    pub insurance_payouts: Amount,
    /// What the treasury holds.
    pub treasury: Amount,
    /// What the insurance pool holds.
    pub insurance: Amount,
    /// Guards that bind the next epoch: the sum of [`GuardAction::bit`](crate::GuardAction::bit).
    pub guard_actions: u8,
    /// Whether trading is halted in the epoch that opens.
    pub is_halted: bool,
    /// Paid to verifiers for the verdicts of the epoch.
    pub verification_fees: Amount,
}

impl EpochSummary {
    /// Whether the audit found nothing broken.
    #[must_use]
    pub fn audit_ok(&self) -> bool {
        self.audit_fault.is_none()
    }
}
