//! Step 8, Recover: brings back those whose term is over, at the floor of a ramp that they climb a step an epoch, and
//! raises the weights that were waiting for the close. Commitments, steps of tenure and growth periods that are due end or
//! advance here too.

use units::Amount;

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
            Standing::Suspended | Standing::Jailed
                if provider.terms.iter().any(|term| term.needs_review) =>
            {
                protocol
                    .events
                    .push(ProtocolEvent::AwaitsReview { provider: id });
            }
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

fn reinstate(protocol: &mut Protocol, id: ProviderId) {
    protocol.reinstate_on_ramp(id);
    protocol.raise(id);
}

impl Protocol {
    /// The smallest self-bond that a provider can come back with, at least one base unit. None before the first price.
    pub(crate) fn bond_to_return(&self, id: ProviderId) -> Option<Amount> {
        let minimum = self.bond_min(id)?;
        let tolerated = self.params.bond.shortfall_tolerance.mul_floor(minimum);
        Some(tolerated.max(Amount::new(1)))
    }

    /// Back to work; back to being registered when the bond that is left is too short. Who returns has no terms.
    pub(crate) fn return_to_work(&mut self, id: ProviderId) {
        let is_covered = self
            .bond_to_return(id)
            .is_some_and(|least| self.bonded(id) >= least);
        let standing = if is_covered {
            Standing::Active
        } else {
            Standing::Registered
        };
        self.set_standing(id, standing);
        self.providers[id.index()].terms.clear();
        self.events.push(ProtocolEvent::Reinstated { provider: id });
    }

    /// Back to work at the floor of the ramp; the next step is due with the next close. The weight is not yet put right.
    pub(crate) fn reinstate_on_ramp(&mut self, id: ProviderId) {
        let provider = &mut self.providers[id.index()];
        provider.ramp_step = Some(0);
        provider.ramp_cases = provider.terms.iter().map(|term| term.case).collect();
        self.return_to_work(id);
        schedule(self, id);
    }
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
    } else {
        provider.ramp_cases.clear();
    }
    protocol.raise(id);
}

fn schedule(protocol: &mut Protocol, id: ProviderId) {
    let due = protocol.epoch.saturating_add(1);
    protocol.providers[id.index()].recovery_due = due;
    protocol.recoveries.entry(due).or_default().push(id);
}
