//! Step 2, Ceil: what the emission rules of live networks make of an epoch. The arithmetic is theirs, in [`crate::networks`]; what
//! they see of this protocol, and what they carry from one close to the next, is here.

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use super::{allocation, calendar, inflate_staked};
use crate::account::{Account, Asset};
use crate::ledger::Scope;
use crate::networks::RuleError;
use crate::networks::bittensor::block_emission::{BLOCKS_PER_DAY, Schedule};
use crate::networks::filecoin::network_time::NetworkTime;
use crate::networks::gonka::reward::fixed_epoch_reward;
use crate::networks::livepeer::{minter, percent};
use crate::networks::uint256::Uint256;
use crate::params::{EmissionParams, EmissionRule, InflationParams};
use crate::reason::Reason;
use crate::state::Protocol;

/// Decimal places of a ratio.
const RATIO_PLACES: u32 = 12;

/// What a rule sees of the epoch that closes.
pub(super) struct Seen {
    /// Its number, from zero.
    pub(super) epoch: u32,
    /// All that can ever be, base units.
    pub(super) supply_max: u128,
    /// All that has been minted and not burned, base units.
    pub(super) supply: u128,
    /// Bonds and delegations in tokens, base units.
    pub(super) staked: u128,
    /// Fees burned in it, base units.
    pub(super) burned: u128,
    /// Active compute GPUs.
    pub(super) gpus: u64,
}

impl Seen {
    pub(super) fn of(protocol: &Protocol) -> Seen {
        let issuance = protocol.native(Account::Issuance);
        let burned = protocol.tally(Asset::Native, Reason::FeeBurn, Scope::Epoch);
        Seen {
            epoch: protocol.epoch,
            supply_max: protocol.params.supply.max.base_units(),
            supply: (protocol.params.supply.max - issuance).base_units(),
            staked: protocol
                .worth_in_tokens(protocol.staked_total())
                .base_units(),
            burned: burned.base_units(),
            gpus: protocol.active_gpus,
        }
    }
}

/// What the rules carry from close to close, each in the unit of its network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Carried {
    /// Inflation in force; none before the first close under a rule that carries it.
    pub(crate) inflation: Option<u128>,
    /// The supply that the provisions of a year are a part of; none as above.
    pub(crate) year_supply: Option<u128>,
    /// Burning, smoothed; none as above.
    pub(crate) smoothed_burn: Option<u64>,
    /// How far capacity has followed its baseline; none as above.
    pub(crate) network_time: Option<NetworkTime>,
}

/// What a rule mints, base units. A rule that has no answer, such as one whose result passes its network's integers, mints nothing and
/// carries what it carried.
pub(super) fn inflate(
    rule: EmissionRule,
    params: &EmissionParams,
    seen: &Seen,
    carried: &mut Carried,
) -> Amount {
    let mut next = carried.clone();
    match compute(rule, params, seen, &mut next) {
        Ok(minted) => {
            *carried = next;
            Amount::new(minted)
        }
        Err(_) => Amount::ZERO,
    }
}

fn compute(
    rule: EmissionRule,
    params: &EmissionParams,
    seen: &Seen,
    carried: &mut Carried,
) -> Result<u128, RuleError> {
    match rule {
        EmissionRule::PerGpu => params
            .per_gpu
            .base_units()
            .checked_mul(seen.gpus.into())
            .ok_or(RuleError::Overflow),
        EmissionRule::BondingStep => bonding_step(&params.inflation, seen, &mut carried.inflation),
        EmissionRule::BondingController => {
            inflate_staked::bonding_controller(&params.inflation, seen, carried)
        }
        EmissionRule::Disinflation => {
            inflate_staked::disinflation(&params.inflation, seen, carried)
        }
        EmissionRule::IdealStake => inflate_staked::ideal_stake(&params.inflation, seen),
        EmissionRule::Fixed
        | EmissionRule::Decaying
        | EmissionRule::Halving
        | EmissionRule::StableValue => Err(RuleError::Refused("a rule of step Ceil")),
        EmissionRule::Exponential => {
            let decay = -BigInt::from(params.decay_per_epoch.parts());
            let initial = u64::try_from(params.per_epoch.base_units());
            let initial = initial.map_err(|_| RuleError::Overflow)?;
            fixed_epoch_reward(seen.epoch.into(), initial, Some((&decay, RATIO_PLACES)))
                .map(u128::from)
        }
        EmissionRule::IssuanceHalving => {
            Schedule::of_days(seen.supply_max, params.per_epoch.base_units())?
                .blocks(seen.supply, BLOCKS_PER_DAY)
        }
        EmissionRule::Taper => allocation::taper(&params.inflation, seen),
        EmissionRule::SimpleAndBaseline => {
            allocation::simple_and_baseline(params, seen, &mut carried.network_time)
        }
        EmissionRule::NetOfBurn => {
            allocation::net_of_burn(params, seen, &mut carried.smoothed_burn)
        }
        EmissionRule::YearlyCaps => calendar::yearly_caps(params, seen),
        EmissionRule::WeeklyHalves => calendar::weekly_halves(&params.allocation, seen),
    }
}

/// Livepeer: an epoch is one of its rounds, at whose beginning inflation takes a step and the round's tokens are counted. Inflation is
/// carried as points of its scale.
fn bonding_step(
    params: &InflationParams,
    seen: &Seen,
    inflation: &mut Option<u128>,
) -> Result<u128, RuleError> {
    // A part is a millionth of a millionth; what is finer than a point is left off.
    let points = |ratio: Ratio| Uint256::new(u128::from(ratio.parts()) / 1_000);
    let mut minter = minter::Inflation {
        rate: inflation.map_or_else(|| points(params.start), Uint256::new),
        change: points(params.change),
        target: points(params.target),
        scale: percent::MINTER,
    };
    minter.rate = minter
        .next(seen.staked.into(), seen.supply.into())?
        .clamp(points(params.min), points(params.max));
    *inflation = Some(minter.rate.try_into()?);
    minter.mintable(seen.supply.into())?.try_into()
}
