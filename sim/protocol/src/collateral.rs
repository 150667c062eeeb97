//! Whether a bond is still worth enough, and which stake answers for an infraction.
//!
//! A fall of the token price alone never slashes: a bond below the tolerance has some epochs to be topped up, and then
//! the provider gets no new jobs.

use units::{Amount, TokenPrice};

use crate::event::ProtocolEvent;
use crate::ids::{ProviderId, Tick};
use crate::provider::Addition;
use crate::standing::Standing;
use crate::state::Protocol;

impl Protocol {
    /// Whether the self-bond is worth less than the tolerated share of the minimum at a price.
    fn is_short_at(&self, id: ProviderId, price: TokenPrice) -> bool {
        let provider = &self.providers[id.index()];
        let minimum = self.bond_of_days(provider, self.params.bond.cover_min, price);
        minimum.is_some_and(|minimum| {
            self.bonded(id) < self.params.bond.shortfall_tolerance.mul_floor(minimum)
        })
    }

    /// Whether an active provider's bond has been short at each of the last closes, as many as are tolerated. The
    /// largest smoothed price of that time says so for everybody, so nobody is visited at a close.
    #[must_use]
    pub fn is_underbonded(&self, id: ProviderId) -> bool {
        let provider = &self.providers[id.index()];
        let patience = self.params.bond.shortfall_epochs;
        provider.standing == Standing::Active
            && self.oracle.history.len() >= patience as usize
            && self.epoch >= provider.short_since.saturating_add(patience)
            && self.is_short_at(id, self.oracle.history_max)
    }

    /// Announces a change of [`Protocol::is_underbonded`] since the last touch. Who is not active has nothing to top up.
    pub(crate) fn announce_bond(&mut self, id: ProviderId) {
        let is_underbonded = self.is_underbonded(id);
        let provider = &mut self.providers[id.index()];
        let was_underbonded = core::mem::replace(&mut provider.is_underbonded, is_underbonded);
        if provider.standing == Standing::Active && was_underbonded != is_underbonded {
            self.events.push(if is_underbonded {
                ProtocolEvent::Underbonded { provider: id }
            } else {
                ProtocolEvent::Topped { provider: id }
            });
        }
    }

    /// Runs a change that lowers a self-bond. A bond that becomes short by it has the full time to be topped up; one that
    /// was short before has no more time than before.
    pub(crate) fn lowering_bond(&mut self, id: ProviderId, change: impl FnOnce(&mut Protocol)) {
        let was_short = self.is_short_at(id, self.oracle.smoothed);
        change(self);
        if !was_short && self.is_short_at(id, self.oracle.smoothed) {
            self.providers[id.index()].short_since = self.epoch;
        }
    }

    /// How long stake at a provider stays in the unbonding queue, epochs: its role's delay.
    pub(crate) fn unbonding_epochs(&self, id: ProviderId) -> u32 {
        let bond = &self.params.bond;
        bond.unbonding_epochs_by_role[self.role(id) as usize].unwrap_or(bond.unbonding_epochs)
    }

    /// The oldest infraction of a provider that can still be reported.
    pub(crate) fn evidence_from(&self, id: ProviderId) -> Tick {
        let delay = u64::from(self.unbonding_epochs(id)).saturating_mul(self.params.epoch_ticks);
        Tick(self.now.0.saturating_sub(delay))
    }

    /// Notes stake that does not answer for what was done before now, and forgets what no evidence can reach any more.
    pub(crate) fn note_addition(&mut self, id: ProviderId, is_self: bool, amount: Amount) {
        // Reports are judged up to an epoch after they are made.
        let oldest = self
            .evidence_from(id)
            .0
            .saturating_sub(self.params.epoch_ticks);
        let now = self.now;
        let additions = &mut self.providers[id.index()].additions;
        additions.retain(|addition| addition.tick.0 >= oldest);
        match additions.last_mut() {
            Some(last) if last.tick == now && last.is_self == is_self => last.amount += amount,
            _ => additions.push(Addition {
                tick: now,
                is_self,
                amount,
            }),
        }
    }

    /// How much of a provider's self-bond or delegations, unbonding included, was there at `at` and still is:
    /// `present + unbonding since − added since`. Never more than was there then.
    pub(crate) fn exposure(&self, id: ProviderId, is_self: bool, at: Tick) -> Amount {
        let provider = &self.providers[id.index()];
        let present = if is_self {
            self.bonded(id)
        } else {
            self.delegated(id)
        };
        let leaving = provider
            .unbonding
            .iter()
            .filter(|entry| entry.is_self == is_self && entry.created >= at);
        let added = provider
            .additions
            .iter()
            .filter(|entry| entry.is_self == is_self && entry.tick > at);
        let leaving: Amount = leaving.map(|entry| entry.amount).sum();
        let added: Amount = added.map(|entry| entry.amount).sum();
        (present + leaving).saturating_sub(added)
    }
}
