//! Part of step 7, Penalise: takes the share of a slash that stake pays which has moved to another provider since.
//!
//! It is taken where the stake is now: out of the delegation there, then out of what the delegator has unbonded there since.

use alloc::vec::Vec;

use units::Amount;

use super::Verdict;
use super::slash_order::Due;
use crate::account::Account;
use crate::case::SlashSource;
use crate::event::ProtocolEvent;
use crate::ids::{Cause, ParticipantId, ProviderId, Tick};
use crate::reason::Reason;
use crate::state::Protocol;

/// Slashes what has moved away from the verdict's provider and returns what was taken from whom, already in slash escrow.
/// Must run before the provider's own stake is slashed.
pub(super) fn slash_moved(
    protocol: &mut Protocol,
    verdict: &Verdict,
    due: Due,
) -> Vec<(SlashSource, Amount)> {
    let &Verdict {
        provider,
        at,
        cause,
        ..
    } = verdict;
    let mut rest = due.amount;
    let numbers: Vec<u64> = protocol
        .transit
        .from(provider)
        .filter(|(_, moved)| moved.created >= at)
        .map(|(number, _)| number)
        .collect();
    let mut taken = Vec::new();
    for number in numbers {
        let moved = &protocol.transit.moves[&(provider, number)];
        let (delegator, to) = (moved.delegator, moved.to);
        let want = due.portion.ceil(moved.amount).min(rest);
        let amount = slash_move(protocol, (provider, number), want, cause);
        rest -= want;
        if !amount.is_zero() {
            taken.push((SlashSource::Moved { delegator }, amount));
            protocol.events.push(ProtocolEvent::SlashedMoved {
                provider,
                to,
                delegator,
                amount,
                cause,
            });
        }
    }
    taken
}

impl Protocol {
    /// How much of what has moved away since `at` stood behind the provider then: all of it, less what came later and is
    /// not accounted for by what is still there or unbonding.
    pub(super) fn moved_exposure(&self, id: ProviderId, at: Tick) -> Amount {
        let since = self.transit.from(id).filter(|(_, it)| it.created >= at);
        let moved: Amount = since.map(|(_, it)| it.amount).sum();
        let provider = &self.providers[id.index()];
        let leaving = provider.unbonding.iter();
        let leaving: Amount = leaving
            .filter(|it| !it.is_self && it.created >= at)
            .map(|it| it.amount)
            .sum();
        let added = provider.additions.iter();
        let added: Amount = added
            .filter(|it| !it.is_self && it.tick > at)
            .map(|it| it.amount)
            .sum();
        let there = (self.delegated(id) + leaving + moved).saturating_sub(added);
        moved.min(there)
    }
}

/// Takes `want` of one move, as far as it is found.
fn slash_move(
    protocol: &mut Protocol,
    key: (ProviderId, u64),
    want: Amount,
    cause: Cause,
) -> Amount {
    let moved = &protocol.transit.moves[&key];
    let (delegator, to, since) = (moved.delegator, moved.to, moved.created);
    let held = protocol.delegations.get(&(to, delegator));
    let reach = held.map_or(0, |it| it.shares).min(moved.shares);
    let staked = want.min(protocol.stake_of_shares(to, reach));
    let shares = if staked.is_zero() {
        0
    } else {
        protocol.shares_of(to, reach, staked)
    };
    if !staked.is_zero() {
        protocol.settle_delegation(to, delegator);
        let (from, escrow) = (Account::Delegated(to), Account::SlashEscrow);
        protocol.post(from, escrow, staked, Reason::SlashRedelegated, cause);
        protocol.change_shares(to, delegator, |held| *held -= shares);
        protocol.drop_empty_delegation(to, delegator);
        protocol.reweigh(to);
    }
    let unbonding = slash_entries(protocol, to, delegator, since, want - staked, cause);
    let moved = protocol.transit.moves.get_mut(&key);
    let moved = moved.expect("found above");
    moved.shares -= shares;
    moved.amount -= staked + unbonding;
    staked + unbonding
}

/// Takes `want` out of what a delegator has unbonded at a provider since a tick, oldest first, as far as it goes.
fn slash_entries(
    protocol: &mut Protocol,
    id: ProviderId,
    owner: ParticipantId,
    since: Tick,
    want: Amount,
    cause: Cause,
) -> Amount {
    let mut rest = want;
    for entry in &mut protocol.providers[id.index()].unbonding {
        if !entry.is_self && entry.owner == owner && entry.created >= since {
            let taken = entry.amount.min(rest);
            entry.amount -= taken;
            rest -= taken;
        }
    }
    let (from, escrow) = (Account::Unbonding(id), Account::SlashEscrow);
    protocol.post(from, escrow, want - rest, Reason::SlashUnbonding, cause);
    want - rest
}
