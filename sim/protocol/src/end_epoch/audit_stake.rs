//! Part of step 12, Audit: the unbonding queue, stake in transit, held-back pay and user stake, each recomputed from its parts.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use units::Amount;

use super::audit::{AuditFault, require};
use crate::account::{Account, Asset};
use crate::ids::{ParticipantId, ProviderId};
use crate::ledger::Scope;
use crate::reason::Reason;
use crate::state::Protocol;
use crate::vesting::Held;

/// The provider of the first count that is not what it should be.
fn first_difference(
    left: &BTreeMap<(ProviderId, ParticipantId), u32>,
    right: &BTreeMap<(ProviderId, ParticipantId), u32>,
) -> Option<ProviderId> {
    if left == right {
        return None;
    }
    let wrong = left.keys().chain(right.keys());
    let mut wrong = wrong.filter(|key| left.get(key) != right.get(key));
    wrong.next().map(|key| key.0)
}

impl Protocol {
    pub(super) fn audit_stake(&self) -> Result<(), AuditFault> {
        self.audit_unbonding_queue()?;
        self.audit_transit()?;
        self.audit_vesting()?;
        self.audit_user_stake()
    }

    /// Every vesting account holds what its lines and its kept pay still do, and all of them what moved in less what moved out.
    fn audit_vesting(&self) -> Result<(), AuditFault> {
        let mut total = Amount::ZERO;
        for (index, provider) in self.providers.iter().enumerate() {
            let id = ProviderId(index as u32);
            let held = provider.held.as_deref();
            let sum = held.map_or(Amount::ZERO, Held::held);
            let is_sound = held.is_none_or(Held::is_sound);
            let holds = is_sound && sum == self.native(Account::Vesting(id));
            require(holds, AuditFault::Vesting(id))?;
            total += sum;
        }
        require(total == self.vesting_total(), AuditFault::VestingTotal)
    }

    /// Every entry has its place in the order exactly once and does not leave early, and every owner's count is right.
    fn audit_unbonding_queue(&self) -> Result<(), AuditFault> {
        let queue = &self.unbonding;
        let mut counts = BTreeMap::new();
        // In order of provider and number, as they were made.
        let mut entries = Vec::new();
        for (index, provider) in self.providers.iter().enumerate() {
            let id = ProviderId(index as u32);
            for entry in &provider.unbonding {
                *counts.entry((id, entry.owner)).or_default() += 1;
                entries.push(((id, entry.number), entry.due_epoch));
            }
        }
        let wrong = first_difference(&counts, &queue.counts);
        wrong.map_or(Ok(()), |id| Err(AuditFault::UnbondingQueue(id)))?;
        let due = queue.due.iter();
        let due = due.flat_map(|(epoch, keys)| keys.iter().map(|key| (*key, Some(*epoch))));
        let waiting = queue.waiting.iter().map(|key| (*key, None));
        let mut places: Vec<_> = due.chain(waiting).collect();
        places.sort_unstable();
        for at in 0..entries.len().max(places.len()) {
            match (entries.get(at), places.get(at)) {
                (Some((entry, due)), Some((place, of)))
                    if entry == place && of.map_or(*due <= self.epoch, |of| of == *due) => {}
                (Some((key, _)), _) | (None, Some((key, _))) => {
                    return Err(AuditFault::UnbondingQueue(key.0));
                }
                (None, None) => {}
            }
        }
        Ok(())
    }

    /// Every move ends at some close, every destination's count is right, and no share is counted that is not there.
    fn audit_transit(&self) -> Result<(), AuditFault> {
        let transit = &self.transit;
        let mut counts = BTreeMap::new();
        for moved in transit.moves.values() {
            *counts.entry((moved.to, moved.delegator)).or_default() += 1;
        }
        let wrong = first_difference(&counts, &transit.counts);
        wrong.map_or(Ok(()), |id| Err(AuditFault::Redelegation(id)))?;
        let mut due: Vec<_> = transit.due.values().flatten().copied().collect();
        due.sort_unstable();
        let late = transit.due.range(..self.epoch).next().is_some();
        let whole = !late && due.iter().eq(transit.moves.keys());
        let id = due.first().map_or(ProviderId(0), |key| key.0);
        require(whole, AuditFault::Redelegation(id))
    }

    /// Each balance against its last checkpoint, and the sum against both its checkpoint and what moved.
    fn audit_user_stake(&self) -> Result<(), AuditFault> {
        let mut total = Amount::ZERO;
        for id in (0..self.participants).map(ParticipantId) {
            let stake = self.native(Account::UserStake(id));
            let noted = self.user_stakes.last(id);
            require(stake == noted, AuditFault::UserStake(id))?;
            total += stake;
        }
        let moved = |reason| self.tally(Asset::Native, reason, Scope::Lifetime);
        let is_whole = total == self.user_stakes.last_total()
            && total + moved(Reason::UserUnstake) == moved(Reason::UserStake);
        require(is_whole, AuditFault::UserStakeTotal)
    }
}

#[cfg(test)]
mod tests {
    use units::{Money, MoneyRate, Ratio, TokenPrice};

    use super::*;
    use crate::{Cause, GroupId, Kind, KindId, Operation, Params, Tick};

    type Plant = fn(&mut Protocol);

    /// Two active providers, one with pay held back, a delegation moved between them, an unbonding entry and a staking user.
    fn protocol() -> Protocol {
        let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
        let group = GroupId(0);
        let kinds = [Kind {
            role: crate::Role::Compute,
            is_new: false,
            group,
            list_price_usd,
        }];
        let mut params = Params::default();
        params.vesting.share = Ratio::from_percent(50);
        let mut protocol = Protocol::new(params, &kinds, 1).unwrap();
        let owner = protocol.open_participant();
        let amount = Amount::from_tokens(1_000, 9);
        let price = TokenPrice::from_nano_per_token(1_000_000_000);
        let (from, to) = (ProviderId(0), ProviderId(1));
        let register = Operation::Register {
            owner,
            kind: KindId(0),
            gpus: 1,
            tier: 0,
            commission: Ratio::ZERO,
        };
        let bond = |provider| Operation::Bond { provider, amount };
        let participant = owner;
        let (delegator, provider) = (owner, from);
        for operation in [
            Operation::Genesis {
                to: Account::Liquid(owner),
                amount: Amount::from_tokens(10_000, 9),
            },
            Operation::ObservePrice { price },
            register,
            register,
            bond(from),
            bond(to),
            Operation::Delegate {
                delegator,
                provider,
                amount,
            },
            Operation::Redelegate {
                delegator,
                from,
                to,
                amount: Amount::new(7),
            },
            Operation::Undelegate {
                delegator,
                provider,
                amount: Amount::new(9),
            },
            Operation::UserStake {
                participant,
                amount,
            },
        ] {
            protocol.apply(Tick(0), Cause(0), operation).unwrap();
        }
        assert_eq!(
            protocol.end_epoch(Tick(1), Cause(0)).unwrap().audit_fault,
            None
        );
        let provider = from;
        let claim = Operation::Claim { provider };
        protocol.apply(Tick(1), Cause(0), claim).unwrap();
        assert_eq!(protocol.audit(), Ok(()));
        protocol
    }

    #[test]
    fn each_planted_fault_is_found_and_named() {
        let (from, to, owner) = (ProviderId(0), ProviderId(1), ParticipantId(0));
        let plants: [(Plant, AuditFault); 10] = [
            (
                |it| it.unbonding.counts.clear(),
                AuditFault::UnbondingQueue(from),
            ),
            (
                |it| it.unbonding.due.clear(),
                AuditFault::UnbondingQueue(from),
            ),
            (
                |it| it.unbonding.waiting.push_back((ProviderId(1), 99)),
                AuditFault::UnbondingQueue(to),
            ),
            (
                |it| it.providers[0].unbonding[0].due_epoch += 1,
                AuditFault::UnbondingQueue(from),
            ),
            (|it| it.transit.counts.clear(), AuditFault::Redelegation(to)),
            (
                |it| it.transit.due = [(0, alloc::vec![(ProviderId(0), 0)])].into(),
                AuditFault::Redelegation(from),
            ),
            (
                |it| {
                    let (id, stake) = (ParticipantId(0), Amount::new(1));
                    it.user_stakes.note(id, 9, stake, stake);
                },
                AuditFault::UserStake(owner),
            ),
            (
                |it| {
                    let (id, stake) = (ParticipantId(0), it.user_stake(ParticipantId(0)));
                    it.user_stakes.note(id, 9, stake, Amount::ZERO);
                },
                AuditFault::UserStakeTotal,
            ),
            (|it| it.providers[0].held = None, AuditFault::Vesting(from)),
            (slash_nobody, AuditFault::Account(Account::SlashEscrow)),
        ];
        for (plant, fault) in plants {
            let mut protocol = protocol();
            plant(&mut protocol);
            assert_eq!(protocol.audit(), Err(fault));
        }
    }

    /// A slash of moved stake that never reached the escrow.
    fn slash_nobody(protocol: &mut Protocol) {
        let pool = Account::Delegated(ProviderId(1));
        let amount = Amount::new(1);
        protocol.post(pool, pool, amount, Reason::SlashRedelegated, Cause(0));
    }
}
