//! Step 7, Penalise: takes what the verdicts say: part of the epoch's reward, then stake (self-bond, delegations, and
//! unbonding entries made after the infraction) into escrow, then the provider's standing.
//!
//! Which side pays how much, and from where, is `slash_order`'s. Every verdict becomes a case that remembers where each unit came
//! from.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use units::{Amount, Ratio};

use super::correlation::correlate;
use super::redelegated::slash_moved;
use super::slash_order::{Slash, between};
use super::{Close, Verdict};
use crate::account::Account;
use crate::canary::Plant;
use crate::case::{Appeal, Case, SlashSource};
use crate::event::ProtocolEvent;
use crate::ids::{CaseId, Cause, ProviderId};
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::Protocol;
use crate::term::{Term, in_force, stands_against};

pub(super) fn penalise(protocol: &mut Protocol, close: &mut Close) {
    forfeit(protocol, close);
    let mut verdicts = core::mem::take(&mut close.verdicts);
    correlate(protocol, &mut verdicts);
    for verdict in &verdicts {
        let taken = slash(protocol, close, verdict);
        let case = open_case(protocol, verdict, taken);
        close.summary.forfeited += set_aside(protocol, verdict, case);
        if verdict.standing.is_some() {
            protocol.reset_tenure(verdict.provider);
        }
        protocol.reweigh(verdict.provider);
        protocol.announce_bond(verdict.provider);
    }
}

/// Takes the largest share that any of a provider's verdicts names from the reward of the epoch, delegators' part
/// included, to the treasury.
fn forfeit(protocol: &mut Protocol, close: &mut Close) {
    let mut shares: BTreeMap<ProviderId, (Ratio, Cause)> = BTreeMap::new();
    for verdict in &close.verdicts {
        let named = (verdict.forfeit, verdict.cause);
        let largest = shares.entry(verdict.provider).or_insert(named);
        if named.0 > largest.0 {
            *largest = named;
        }
    }
    for (provider, (share, cause)) in shares {
        let amount = protocol.settle_rewards_less(provider, share);
        protocol.post(
            Account::RewardPool,
            Account::Treasury,
            amount,
            Reason::RewardForfeit,
            cause,
        );
        close.summary.forfeited += amount;
        if !amount.is_zero() {
            protocol.events.push(ProtocolEvent::Forfeited {
                provider,
                amount,
                cause,
            });
        }
    }
}

/// Takes the stake, and returns what was taken from where.
fn slash(
    protocol: &mut Protocol,
    close: &mut Close,
    verdict: &Verdict,
) -> Vec<(SlashSource, Amount)> {
    let &Verdict {
        provider: id,
        kind,
        rung,
        slash: share,
        at,
        cause,
        ..
    } = verdict;
    let order = protocol.params.ladder.slash_order;
    let exposed = protocol.exposed(id, at);
    let dues = between(order, share, exposed);
    let mut taken = slash_moved(protocol, verdict, dues.moved);
    let mut own = protocol.compute_slash(id, true, dues.own, at);
    let pool = protocol.compute_slash(id, false, dues.pool, at);
    let unbonding = own.unbonding() + pool.unbonding();
    let here = own.staked + pool.staked + unbonding;
    assert!(
        here <= exposed.own + exposed.pool,
        "slashed past what was bonded: a bug"
    );
    let amount = here + taken.iter().map(|(_, part)| *part).sum();
    if amount.is_zero() {
        return Vec::new();
    }
    // What is held of the owner's pay spares its bond, where it answers.
    let vesting = protocol.liable_vesting(id).min(own.staked);
    own.staked -= vesting;
    protocol.slash_vesting(cause, id, vesting);
    apply_slash(protocol, id, &own, &pool, cause);
    taken.push((SlashSource::Vesting, vesting));
    taken.push((SlashSource::SelfBond, own.staked));
    taken.push((SlashSource::Pool, pool.staked));
    let entries = &mut protocol.providers[id.index()].unbonding;
    for (place, part) in own.entries.iter().chain(&pool.entries) {
        let entry = &mut entries[*place];
        entry.amount -= *part;
        taken.push((SlashSource::Unbonding { owner: entry.owner }, *part));
    }
    taken.retain(|(_, part)| !part.is_zero());
    close.summary.slashed[kind as usize] += amount;
    protocol.events.push(ProtocolEvent::Slashed {
        provider: id,
        kind,
        rung,
        from_self: own.staked + vesting,
        from_delegated: pool.staked,
        from_unbonding: unbonding,
        cause,
    });
    taken
}

/// Moves both sides' stake into escrow. Rewards were settled with the forfeit, so the stake may change.
fn apply_slash(protocol: &mut Protocol, id: ProviderId, own: &Slash, pool: &Slash, cause: Cause) {
    let (escrow, reason) = (Account::SlashEscrow, Reason::Slash);
    protocol.lowering_bond(id, |protocol| {
        let amount = Plant::Slash.short(own.staked);
        protocol.post(Account::SelfBond(id), escrow, amount, reason, cause);
    });
    protocol.post(Account::Delegated(id), escrow, pool.staked, reason, cause);
    let (queue, leaving) = (Account::Unbonding(id), own.unbonding() + pool.unbonding());
    protocol.post(queue, escrow, leaving, Reason::SlashUnbonding, cause);
}

/// Makes a case of a verdict, also of one that found nothing to take: its owner can object to the jail.
fn open_case(
    protocol: &mut Protocol,
    verdict: &Verdict,
    taken: Vec<(SlashSource, Amount)>,
) -> CaseId {
    let &Verdict {
        provider,
        kind,
        cause,
        ..
    } = verdict;
    let hold = protocol.params.slash_release.hold_epochs;
    let case = protocol.open_case(Case {
        provider,
        kind,
        epoch: protocol.epoch,
        taken,
        reporter: verdict.reporter,
        losses: verdict.losses.clone(),
        cause,
        due_epoch: protocol.epoch.saturating_add(hold),
        appeal: Appeal::None,
        judged: protocol.now,
        judged_before: verdict.judged_before,
    });
    protocol.events.push(ProtocolEvent::CaseOpened {
        provider,
        case,
        kind,
        cause,
    });
    case
}

/// Adds the verdict's term and puts in force what the terms amount to. Those who have left get only the tombstone. Returns what a
/// tombstone took of the owner's pay.
fn set_aside(protocol: &mut Protocol, verdict: &Verdict, case: CaseId) -> Amount {
    let (id, cause) = (verdict.provider, verdict.cause);
    let epoch = protocol.epoch;
    let provider = &mut protocol.providers[id.index()];
    let Some(standing) = verdict.standing else {
        return Amount::ZERO;
    };
    let is_final = standing == Standing::Tombstoned;
    if provider.standing == Standing::Exited && !is_final {
        return Amount::ZERO;
    }
    let until_epoch = if is_final {
        0
    } else {
        epoch.saturating_add(verdict.term)
    };
    provider.terms.retain(|term| !term.is_spent(epoch));
    let term = Term {
        case,
        standing,
        from_epoch: epoch,
        until_epoch,
        needs_review: verdict.needs_review,
    };
    let is_outweighed = stands_against(in_force(&provider.terms), &term);
    // Kept all the same: it counts when the one that outweighs it is taken back.
    provider.terms.push(term);
    if is_outweighed {
        return Amount::ZERO;
    }
    provider.recovery_due = until_epoch;
    provider.window.clear();
    let forfeited = if is_final {
        protocol.forfeit_vesting(cause, id)
    } else {
        Amount::ZERO
    };
    protocol.set_standing(id, standing);
    protocol.events.push(match standing {
        Standing::Suspended => ProtocolEvent::Suspended {
            provider: id,
            until_epoch,
            cause,
        },
        Standing::Jailed => ProtocolEvent::Jailed {
            provider: id,
            until_epoch,
            cause,
        },
        _ => ProtocolEvent::Tombstoned {
            provider: id,
            cause,
        },
    });
    if !is_final {
        protocol.recoveries.entry(until_epoch).or_default().push(id);
    }
    forfeited
}
