//! Step 8, Recover: brings back those whose term is over, at the floor of a ramp that they climb a step an epoch, and
//! raises the weights that were waiting for the close. Commitments, steps of tenure and growth periods that are due end or
//! advance here too.

use super::Close;
use crate::event::ProtocolEvent;
use crate::ids::ProviderId;
use crate::standing::Standing;
use crate::state::Protocol;

pub(super) fn recover(protocol: &mut Protocol, close: &mut Close) {
    let epoch = protocol.epoch;
    for id in protocol.recoveries.remove(&epoch).unwrap_or_default() {
        let provider = &mut protocol.providers[id.index()];
        // A later term, or an earlier entry of this queue, may have taken this entry's place.
        if provider.recovery_due != epoch {
            continue;
        }
        match provider.standing {
            Standing::Suspended | Standing::Jailed => {
                reinstate(protocol, id);
                close.summary.reinstated += 1;
            }
            Standing::Registered | Standing::Active => climb(protocol, id),
            Standing::Tombstoned | Standing::Exited => {}
        }
    }
    protocol.end_commitments();
    protocol.advance_tenures();
    protocol.end_growth();
    for id in core::mem::take(&mut protocol.reweighed) {
        protocol.providers[id.index()].is_reweighed = false;
        protocol.raise(id);
    }
}

/// Back to work; back to being registered when the bond that is left is too short.
fn reinstate(protocol: &mut Protocol, id: ProviderId) {
    let tolerance = protocol.params.bond.shortfall_tolerance;
    let bonded = protocol.bonded(id);
    let is_covered = !bonded.is_zero()
        && protocol
            .bond_min(id)
            .is_some_and(|minimum| bonded >= tolerance.mul_floor(minimum));
    let standing = if is_covered {
        Standing::Active
    } else {
        Standing::Registered
    };
    protocol.set_standing(id, standing);
    protocol.providers[id.index()].ramp_step = Some(0);
    protocol
        .events
        .push(ProtocolEvent::Reinstated { provider: id });
    schedule(protocol, id);
    protocol.raise(id);
}

fn climb(protocol: &mut Protocol, id: ProviderId) {
    let top = protocol.params.recovery.epochs;
    let provider = &mut protocol.providers[id.index()];
    provider.ramp_step = provider
        .ramp_step
        .map(|step| step + 1)
        .filter(|step| *step < top);
    if provider.ramp_step.is_some() {
        schedule(protocol, id);
    }
    protocol.raise(id);
}

fn schedule(protocol: &mut Protocol, id: ProviderId) {
    let due = protocol.epoch.saturating_add(1);
    protocol.providers[id.index()].recovery_due = due;
    protocol.recoveries.entry(due).or_default().push(id);
}
