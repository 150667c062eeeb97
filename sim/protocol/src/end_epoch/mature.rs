//! Part of step 9, Release: lets entries that are due out of the unbonding queue, first come first served, as many as the
//! rule allows; the one at the bound leaves in part.

use alloc::vec::Vec;

use super::Close;
use crate::account::Account;
use crate::ids::ProviderId;
use crate::reason::Reason;
use crate::state::Protocol;
use crate::unbonding::count_down;

pub(super) fn mature(protocol: &mut Protocol, close: &mut Close) {
    let due = protocol.unbonding.due.remove(&protocol.epoch);
    protocol.unbonding.waiting.extend(due.into_iter().flatten());
    let mut room = protocol.compute_churn();
    let mut gone = Vec::new();
    while let Some(&(id, number)) = protocol.unbonding.waiting.front() {
        let entries = &mut protocol.providers[id.index()].unbonding;
        let place = entries.binary_search_by_key(&number, |entry| entry.number);
        let entry = &mut entries[place.expect("an entry waits as long as it is there: a bug")];
        let amount = room.map_or(entry.amount, |room| entry.amount.min(room));
        let owner = entry.owner;
        entry.amount -= amount;
        let is_gone = entry.amount.is_zero();
        room = room.map(|room| room - amount);
        let (from, to) = (Account::Unbonding(id), Account::Unbonded(owner));
        protocol.post(from, to, amount, Reason::Mature, close.cause);
        close.summary.matured += amount;
        if !is_gone {
            break;
        }
        protocol.unbonding.waiting.pop_front();
        count_down(&mut protocol.unbonding.counts, (id, owner));
        gone.push((id, number));
    }
    forget(protocol, gone);
}

/// Takes entries off their providers' lists, each list in one pass.
fn forget(protocol: &mut Protocol, mut gone: Vec<(ProviderId, u64)>) {
    gone.sort_unstable();
    for group in gone.chunk_by(|left, right| left.0 == right.0) {
        let id = group[0].0;
        let entries = &mut protocol.providers[id.index()].unbonding;
        entries.retain(|entry| group.binary_search(&(id, entry.number)).is_err());
    }
}
