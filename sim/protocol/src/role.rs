//! What a provider is there for. Every role shares registration, bonds, weights, delegation and penalties; a role says which
//! reward category pays and how long its stake stays locked. It holds no state.

use serde::{Deserialize, Serialize};

use crate::summary::Category;

/// What the providers of a kind do, and so what pays them.
///
/// Each role is paid from its own category, by weight × scarcity among the kinds of the category:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// // An epoch of 1000 base units: 70 % for compute, 30 % for engagement, which verifiers take whole while nobody contributes.
/// let mut params = Params::default();
/// params.emission = EmissionParams { rule: EmissionRule::Fixed, per_epoch: Amount::new(1_000), ..params.emission };
/// params.scaling.staked.gain = Ratio::ZERO;
/// params.split.performance = Ratio::from_percent(70);
/// params.split.engagement = Ratio::from_percent(30);
/// for share in [&mut params.split.commitment, &mut params.split.treasury, &mut params.split.growth, &mut params.split.model,
///     &mut params.split.storage, &mut params.split.data, &mut params.split.innovation] {
///     *share = Ratio::ZERO;
/// }
/// let kind = |role| Kind { group: GroupId(0), list_price_usd: MoneyRate::per_hour(Money::from_usd(1)), role, is_new: false };
/// let mut protocol = Protocol::new(params, &[kind(Role::Compute), kind(Role::Verifier)], 1)?;
/// let (owner, why) = (protocol.open_participant(), Cause(0));
/// let amount = Amount::from_tokens(720, 9);
/// protocol.apply(Tick(0), why, Operation::Genesis { to: Account::Liquid(owner), amount: amount + amount })?;
/// protocol.apply(Tick(0), why, Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) })?;
/// for kind in [KindId(0), KindId(1)] {
///     let register = Operation::Register { owner, kind, gpus: 1, tier: 0, commission: Ratio::ZERO };
///     let Outcome::Registered(provider) = protocol.apply(Tick(0), why, register)? else { unreachable!() };
///     protocol.apply(Tick(0), why, Operation::Bond { provider, amount })?;
/// }
/// let summary = protocol.end_epoch(Tick(86_400), why)?;
/// assert_eq!(summary.by_category[Category::Performance as usize], Amount::new(700));
/// assert_eq!(summary.by_category[Category::Engagement as usize], Amount::new(300));
/// // Both weigh 9.6 · 10⁹, which divides neither: of each index a base unit stays in the reward pool.
/// assert_eq!(protocol.claimable(ProviderId(0)), Amount::new(699));
/// assert_eq!(protocol.claimable(ProviderId(1)), Amount::new(299));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Role {
    /// Rents out accelerators. Paid by performance; its units are the network's GPUs.
    #[default]
    Compute,
    /// Rents out storage. Paid from the storage category.
    Storage,
    /// Checks the work of others. Paid from engagement.
    Verifier,
    /// Runs a node of the network. Paid from engagement.
    Operator,
}

impl Role {
    /// Every role, in index order.
    pub const ALL: [Role; 4] = [Role::Compute, Role::Storage, Role::Verifier, Role::Operator];

    pub(crate) const COUNT: usize = Role::ALL.len();

    /// The reward category that pays it.
    #[must_use]
    pub const fn category(self) -> Category {
        match self {
            Role::Compute => Category::Performance,
            Role::Storage => Category::Storage,
            Role::Verifier | Role::Operator => Category::Engagement,
        }
    }

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Role::Compute => "compute",
            Role::Storage => "storage",
            Role::Verifier => "verifier",
            Role::Operator => "operator",
        }
    }
}
