//! Step 7, Penalise: takes what the verdicts say: part of the epoch's reward, then stake (self-bond, delegations, and
//! unbonding entries made after the infraction) into escrow, then the provider's standing.
//!
//! The slash is the same share of the owner's and of the delegators' exposure at the infraction, each rounded down.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use units::{Amount, Ratio};

use super::redelegated::slash_moved;
use super::{Close, Verdict};
use crate::account::Account;
use crate::event::{ProtocolEvent, Rung};
use crate::ids::{Cause, ProviderId, Tick};
use crate::params::LadderParams;
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::{Protocol, SlashHold};

pub(super) fn penalise(protocol: &mut Protocol, close: &mut Close) {
    forfeit(protocol, close);
    for verdict in core::mem::take(&mut close.verdicts) {
        slash(protocol, close, &verdict);
        set_aside(protocol, &verdict);
        protocol.reweigh(verdict.provider);
        protocol.announce_bond(verdict.provider);
    }
}

fn forfeited_share(ladder: &LadderParams, rung: Rung) -> Ratio {
    match rung {
        Rung::Warning => Ratio::ZERO,
        Rung::Penalty => ladder.penalty_forfeit,
        Rung::Severe => ladder.severe_forfeit,
        Rung::Malicious | Rung::Final => Ratio::ONE,
    }
}

fn slashed_share(ladder: &LadderParams, rung: Rung) -> Ratio {
    match rung {
        Rung::Warning => Ratio::ZERO,
        Rung::Penalty => ladder.penalty_slash,
        Rung::Severe => ladder.severe_slash,
        Rung::Malicious => ladder.malicious_slash,
        Rung::Final => Ratio::ONE,
    }
}

/// Takes the largest share that any of a provider's verdicts names from the reward of the epoch, delegators' part
/// included, to the treasury.
fn forfeit(protocol: &mut Protocol, close: &mut Close) {
    let mut shares: BTreeMap<ProviderId, (Ratio, Cause)> = BTreeMap::new();
    for verdict in &close.verdicts {
        let share = forfeited_share(&protocol.params.ladder, verdict.rung);
        let largest = shares
            .entry(verdict.provider)
            .or_insert((share, verdict.cause));
        if share > largest.0 {
            *largest = (share, verdict.cause);
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

/// What a slash takes from one side, the owner's or the delegators'.
#[derive(Debug, Default, PartialEq, Eq)]
struct Slash {
    /// From the self-bond or the pool.
    staked: Amount,
    /// From unbonding entries, by their place.
    entries: Vec<(usize, Amount)>,
}

impl Slash {
    fn unbonding(&self) -> Amount {
        self.entries.iter().map(|(_, amount)| *amount).sum()
    }
}

impl Protocol {
    /// `⌊share · exposure at the infraction⌋`: first from the stake, at most its own share; the rest from entries made
    /// since, oldest first, each at most its own share rounded up.
    fn compute_slash(&self, id: ProviderId, is_self: bool, share: Ratio, at: Tick) -> Slash {
        let due = share.mul_floor(self.exposure(id, is_self, at));
        let stake = if is_self {
            self.bonded(id)
        } else {
            self.delegated(id)
        };
        let staked = share.mul_floor(stake).min(due);
        let mut rest = due - staked;
        let mut entries = Vec::new();
        for (place, entry) in self.providers[id.index()].unbonding.iter().enumerate() {
            if entry.is_self != is_self || entry.created < at || rest.is_zero() {
                continue;
            }
            let taken = share.mul_ceil(entry.amount).min(rest);
            rest -= taken;
            entries.push((place, taken));
        }
        Slash { staked, entries }
    }
}

fn slash(protocol: &mut Protocol, close: &mut Close, verdict: &Verdict) {
    let &Verdict {
        provider: id,
        kind,
        rung,
        at,
        cause,
        ..
    } = verdict;
    let share = slashed_share(&protocol.params.ladder, rung);
    let moved = slash_moved(protocol, verdict, share);
    let own = protocol.compute_slash(id, true, share, at);
    let pool = protocol.compute_slash(id, false, share, at);
    let exposed = protocol.exposure(id, true, at) + protocol.exposure(id, false, at);
    let unbonding = own.unbonding() + pool.unbonding();
    let taken = own.staked + pool.staked + unbonding;
    assert!(taken <= exposed, "slashed past what was bonded: a bug");
    let amount = taken + moved;
    if amount.is_zero() {
        return;
    }
    // Rewards were settled with the forfeit, so the stake may change.
    protocol.lowering_bond(id, |protocol| {
        protocol.post(
            Account::SelfBond(id),
            Account::SlashEscrow,
            own.staked,
            Reason::Slash,
            cause,
        );
    });
    protocol.post(
        Account::Delegated(id),
        Account::SlashEscrow,
        pool.staked,
        Reason::Slash,
        cause,
    );
    protocol.post(
        Account::Unbonding(id),
        Account::SlashEscrow,
        unbonding,
        Reason::SlashUnbonding,
        cause,
    );
    let entries = &mut protocol.providers[id.index()].unbonding;
    for (place, taken) in own.entries.iter().chain(&pool.entries) {
        entries[*place].amount -= *taken;
    }
    let hold = SlashHold {
        amount,
        reporter: verdict.reporter,
        losses: verdict.losses.clone(),
        cause,
    };
    let due = protocol
        .epoch
        .saturating_add(protocol.params.slash_release.hold_epochs);
    protocol.slash_holds.entry(due).or_default().push(hold);
    close.summary.slashed[kind as usize] += amount;
    protocol.events.push(ProtocolEvent::Slashed {
        provider: id,
        kind,
        rung,
        from_self: own.staked,
        from_delegated: pool.staked,
        from_unbonding: unbonding,
        cause,
    });
}

/// Changes the standing. A severe violation suspends those who work or wait; jail and tombstone reach everybody but
/// those who have left, and those who have left get only the tombstone.
fn set_aside(protocol: &mut Protocol, verdict: &Verdict) {
    let &Verdict {
        provider: id,
        rung,
        cause,
        ..
    } = verdict;
    let ladder = &protocol.params.ladder;
    let epoch = protocol.epoch;
    let provider = &mut protocol.providers[id.index()];
    let (standing, until_epoch) = match (rung, provider.standing) {
        (Rung::Final, _) => (Standing::Tombstoned, 0),
        (Rung::Warning | Rung::Penalty, _) | (_, Standing::Exited | Standing::Tombstoned) => return,
        (Rung::Severe, Standing::Jailed) => return,
        (Rung::Severe, _) => (
            Standing::Suspended,
            epoch.saturating_add(ladder.severe_suspension_epochs),
        ),
        (Rung::Malicious, _) => (
            Standing::Jailed,
            epoch.saturating_add(ladder.malicious_jail_epochs),
        ),
    };
    provider.standing = standing;
    provider.recovery_due = until_epoch;
    provider.window.clear();
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
    if standing != Standing::Tombstoned {
        protocol.recoveries.entry(until_epoch).or_default().push(id);
    }
}
