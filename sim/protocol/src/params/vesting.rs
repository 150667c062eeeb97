//! Parameters of vesting: which part of providers' pay is held back, when it comes free, and what it answers for.

use serde::{Deserialize, Serialize};
use units::Ratio;

use super::check::require;
use super::{ParamFault, Params};
use crate::account::Asset;

/// How what is held back comes free.
///
/// Of ten base units, held whole over four epochs, each step has two, and the first the remainder too:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(100_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.fees = FeeParams { provider: Ratio::ONE, platform: Ratio::ZERO, treasury: Ratio::ZERO, burn: Ratio::ZERO, insurance: Ratio::ZERO, ..params.fees };
/// params.vesting = VestingParams { share: Ratio::ONE, covers: VestingCover::RewardsAndJobs, epochs: 4, ..params.vesting };
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (owner, provider, now, why) = (protocol.open_participant(), ProviderId(0), Tick(0), Cause(0));
/// let (kind, group, escrow) = (KindId(0), GroupId(0), Amount::new(10));
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount: escrow },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind, gpus: 1, tier: 0, commission: Ratio::ZERO },
/// ] {
///     protocol.apply(now, why, operation)?;
/// }
/// let open = Operation::OpenJob { customer: owner, group, kind, escrow, region: 0, priority: 0 };
/// let Outcome::JobOpened(job) = protocol.apply(now, why, open)? else { unreachable!() };
/// protocol.apply(now, why, Operation::SettleJob { job, provider, usage: 10 * 3_600_000_000_000 })?;
/// assert_eq!(protocol.unvested(provider), escrow);
/// let mut paid = Vec::new();
/// for day in 1..=5 {
///     protocol.end_epoch(Tick(86_400 * day), why)?;
///     let Outcome::Claimed(amount) = protocol.apply(Tick(86_400 * day), why, Operation::Claim { provider })? else { unreachable!() };
///     paid.push(amount.base_units());
/// }
/// assert_eq!(paid, [4, 2, 2, 2, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VestingRule {
    /// In equal steps over [`VestingParams::epochs`], the first with the remainder: Gonka.
    Linear,
    /// A share of all that was held, rounded down, from an age on; all of it when the provider leaves: Storj.
    AtAge,
}

/// Which pay is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VestingCover {
    /// Rewards, when they are claimed.
    Rewards,
    /// Rewards and the provider's share of job revenue.
    RewardsAndJobs,
}

/// What held-back pay answers for before it has vested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VestingLiability {
    /// Nothing: it is the owner's whatever happens.
    None,
    /// A tombstone: the treasury takes it.
    Tombstone,
    /// Slashes of the owner's bond: it pays for them first. Filecoin.
    Slashes,
}

/// What is held back of the pay of providers' owners, commission included. Delegators are paid in full, and so is who checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VestingParams {
    /// Share of a newcomer's pay that is held back. Zero: nothing is, of anybody's.
    pub share: Ratio,
    /// By how much that share falls at each step of age, to nothing.
    pub share_step: Ratio,
    /// Epochs after registration from one such step to the next.
    pub step_epochs: u32,
    /// Which pay.
    pub covers: VestingCover,
    /// How it comes free.
    pub rule: VestingRule,
    /// Length of a line under [`VestingRule::Linear`], epochs.
    pub epochs: u32,
    /// Age from which a part is returned under [`VestingRule::AtAge`], epochs after registration.
    pub age_epochs: u32,
    /// That part: a share of all that was ever held.
    pub age_share: Ratio,
    /// What it answers for.
    pub liability: VestingLiability,
}

impl Default for VestingParams {
    fn default() -> VestingParams {
        VestingParams {
            share: Ratio::ZERO,
            share_step: Ratio::ZERO,
            step_epochs: 90,
            covers: VestingCover::Rewards,
            rule: VestingRule::Linear,
            epochs: 180,
            age_epochs: 450,
            age_share: Ratio::from_percent(50),
            liability: VestingLiability::None,
        }
    }
}

impl Params {
    pub(super) fn check_vesting(&self) -> Result<(), ParamFault> {
        let v = &self.vesting;
        let shares = [v.share, v.share_step, v.age_share];
        require(
            shares.iter().all(|share| *share <= Ratio::ONE),
            "vesting",
            "shares are at most one",
        )?;
        require(
            v.step_epochs > 0 && v.epochs > 0,
            "vesting",
            "step_epochs and epochs are above zero",
        )?;
        let is_liable = v.liability == VestingLiability::Slashes;
        require(
            !is_liable || v.rule == VestingRule::Linear,
            "vesting.liability",
            "slashes only under the linear rule: what is kept until an age is lost whole or not at all",
        )?;
        require(
            !is_liable || self.bond.asset == Asset::Native,
            "vesting.liability",
            "slashes only where bonds are tokens, as pay is",
        )
    }
}
