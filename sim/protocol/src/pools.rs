//! Bonus pools: rewards on top of those of the kind, for commitment, growth and newer hardware. Each pool has an index of its
//! own; a provider's part of it is settled together with its kind's.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::ids::ProviderId;
use crate::provider::Provider;
use crate::state::Protocol;
use crate::summary::Category;

/// A pool that a provider can share in besides its kind's.
///
/// A newcomer of newer hardware, with 70, 10 and 20 % of 1000 base units for performance, growth and innovation:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let mut params = Params::default();
/// params.emission = EmissionParams { rule: EmissionRule::Fixed, per_epoch: Amount::new(1_000), ..params.emission };
/// params.scaling.staked.gain = Ratio::ZERO;
/// params.growth.epochs = 90;
/// let none = Ratio::ZERO;
/// params.split = SplitParams {
///     performance: Ratio::from_percent(70), growth: Ratio::from_percent(10), innovation: Ratio::from_percent(20),
///     commitment: none, treasury: none, model: none, storage: none, data: none, engagement: none,
/// };
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let kind = Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: true };
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
/// assert_eq!(protocol.pool_weight(provider, BonusPool::Growth), 24_000_000_000);
/// assert_eq!(protocol.pool_weight(provider, BonusPool::Innovation), 24_000_000_000);
/// assert_eq!(protocol.end_epoch(Tick(86_400), why)?.minted, Amount::new(1_000));
/// // 700, 100 and 200 over 24 · 10⁹ units of weight: no index is exact, each leaves a base unit in the reward pool.
/// assert_eq!(protocol.claimable(provider), Amount::new(699 + 99 + 199));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BonusPool {
    /// By `⌊(multiplier − 1) · weight⌋` of a commitment.
    Commitment,
    /// By weight, for some epochs after registration.
    Growth,
    /// By weight, for the kinds of newer hardware.
    Innovation,
}

impl BonusPool {
    /// Every pool, in index order.
    pub const ALL: [BonusPool; 3] = [
        BonusPool::Commitment,
        BonusPool::Growth,
        BonusPool::Innovation,
    ];

    pub(crate) const COUNT: usize = BonusPool::ALL.len();

    /// The pool that a category pays.
    pub(crate) const fn of(category: Category) -> Option<BonusPool> {
        match category {
            Category::Commitment => Some(BonusPool::Commitment),
            Category::Growth => Some(BonusPool::Growth),
            Category::Innovation => Some(BonusPool::Innovation),
            _ => None,
        }
    }
}

/// A pool's index, as a kind's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PoolState {
    pub(crate) total_weight: u128,
    /// Rewards per unit of weight since the beginning, scaled.
    pub(crate) index: u128,
    /// What the last close added to it.
    pub(crate) index_step: u128,
}

/// A provider's part of a pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PoolHolding {
    pub(crate) weight: u128,
    /// The pool's index up to which rewards have been taken.
    pub(crate) paid_index: u128,
}

impl Protocol {
    /// A provider's weights in the pools, from its weight and what is in force for it.
    pub(crate) fn compute_pool_weights(&self, provider: &Provider) -> [u128; BonusPool::COUNT] {
        let weight = provider.weight;
        let bonus = provider.committed.saturating_sub(Ratio::ONE);
        let when = |holds: bool| if holds { weight } else { 0 };
        [
            bonus.mul_floor(Amount::new(weight)).base_units(),
            when(provider.is_growing),
            when(self.kinds[provider.kind.index()].is_new),
        ]
    }

    /// Puts a provider's pool weights right. Its rewards are settled and its weight is in force.
    pub(crate) fn apply_pool_weights(&mut self, id: ProviderId) {
        let provider = &self.providers[id.index()];
        let weights = self.compute_pool_weights(provider);
        let shares = weights.iter().any(|weight| *weight > 0);
        if !shares && provider.pools.is_none() {
            return;
        }
        let mut holdings = self.providers[id.index()].pools.take().unwrap_or_else(|| {
            let fresh = |pool: &PoolState| PoolHolding {
                weight: 0,
                paid_index: pool.index,
            };
            Box::new(self.pools.each_ref().map(fresh))
        });
        for ((pool, holding), weight) in self.pools.iter_mut().zip(&mut *holdings).zip(weights) {
            pool.total_weight = pool.total_weight - holding.weight + weight;
            holding.weight = weight;
        }
        self.providers[id.index()].pools = shares.then_some(holdings);
    }

    /// Lets a newcomer share in the growth pool for as long as the parameters say.
    pub(crate) fn enter_pools(&mut self, id: ProviderId) {
        let epochs = self.params.growth.epochs;
        if epochs > 0 {
            self.providers[id.index()].is_growing = true;
            let due = self.epoch.saturating_add(epochs);
            self.growths.entry(due).or_default().push(id);
        }
    }

    /// Ends the growth periods whose last epoch closes.
    pub(crate) fn end_growth(&mut self) {
        for id in self.growths.remove(&self.epoch).unwrap_or_default() {
            self.providers[id.index()].is_growing = false;
            self.raise(id);
        }
    }
}
