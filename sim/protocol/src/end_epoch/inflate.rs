//! Step 2, Ceil: what the emission rules of live networks make of an epoch. The arithmetic is theirs, in [`crate::networks`]; what
//! they see of this protocol, and what they carry from one close to the next, is here.

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::account::{Account, Asset};
use crate::ledger::Scope;
use crate::networks::RuleError;
use crate::params::{EmissionParams, EmissionRule};
use crate::reason::Reason;
use crate::state::Protocol;

/// What a rule sees of the epoch that closes.
pub(super) struct Seen {
    /// Its number, from zero.
    pub(super) epoch: u32,
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
    /// Burning, smoothed.
    pub(crate) smoothed_burn: Option<u128>,
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
    let _ = carried;
    match rule {
        EmissionRule::PerGpu => params
            .per_gpu
            .base_units()
            .checked_mul(seen.gpus.into())
            .ok_or(RuleError::Overflow),
        EmissionRule::Fixed
        | EmissionRule::Decaying
        | EmissionRule::Halving
        | EmissionRule::StableValue => Err(RuleError::Refused("a rule of step Ceil")),
        // Until their networks' rules are chosen from here.
        EmissionRule::BondingStep
        | EmissionRule::BondingController
        | EmissionRule::Disinflation
        | EmissionRule::Taper
        | EmissionRule::IdealStake
        | EmissionRule::Exponential
        | EmissionRule::SimpleAndBaseline
        | EmissionRule::NetOfBurn
        | EmissionRule::IssuanceHalving => Err(RuleError::Refused("not chosen from here yet")),
    }
}
