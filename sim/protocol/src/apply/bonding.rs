//! Providers come, bond, unbond and leave.

use units::{Amount, Ratio};

use super::{require_range, require_some};
use crate::account::Account;
use crate::canary::Plant;
use crate::error::Error;
use crate::event::ProtocolEvent;
use crate::ids::{Cause, KindId, ParticipantId, ProviderId};
use crate::operation::Outcome;
use crate::provider::Provider;
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn register(
        &mut self,
        owner: ParticipantId,
        kind: KindId,
        gpus: u32,
        tier: u8,
        commission: Ratio,
    ) -> Result<Outcome, Error> {
        if !self.knows(owner) {
            return Err(Error::UnknownParticipant);
        }
        let index = self
            .kinds
            .get(kind.index())
            .ok_or(Error::UnknownKind)?
            .index;
        require_range(gpus > 0 && tier <= 2 && commission <= Ratio::ONE)?;
        let id =
            ProviderId(u32::try_from(self.providers.len()).expect("fewer than 2^32 providers"));
        let mut provider = Provider::new(owner, kind, gpus, tier, commission);
        provider.paid_index = index;
        provider.short_since = self.epoch;
        provider.registered = self.epoch;
        if self.kinds[kind.index()].is_proven(&self.params.score) {
            provider.multiplier = Ratio::ZERO;
        }
        self.providers.push(provider);
        self.ledger.open_provider(id);
        self.enter_pools(id);
        Ok(Outcome::Registered(id))
    }

    pub(super) fn bond(
        &mut self,
        cause: Cause,
        id: ProviderId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let provider = self.provider(id)?;
        let (owner, standing) = (provider.owner, provider.standing);
        require_some(amount)?;
        if matches!(standing, Standing::Tombstoned | Standing::Exited) {
            return Err(Error::WrongStanding(standing));
        }
        let minimum = self.bond_min(id).ok_or(Error::NoPrice)?;
        self.require_bond_asset(Account::Liquid(owner), amount)?;
        self.settle_rewards(id);
        self.post(
            Account::Liquid(owner),
            Account::SelfBond(id),
            amount,
            Reason::Bond,
            cause,
        );
        self.note_addition(id, true, amount);
        if standing == Standing::Registered && self.bonded(id) >= minimum {
            self.set_standing(id, Standing::Active);
            self.events.push(ProtocolEvent::Activated { provider: id });
        }
        self.reweigh(id);
        self.announce_bond(id);
        Ok(Outcome::Done)
    }

    /// Bonds where there is a bond already.
    pub(super) fn top_up(
        &mut self,
        cause: Cause,
        id: ProviderId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        self.provider(id)?;
        require_some(amount)?;
        if self.bonded(id).is_zero() {
            return Err(Error::NoBond);
        }
        self.bond(cause, id, amount)
    }

    pub(super) fn unbond(
        &mut self,
        cause: Cause,
        id: ProviderId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        let owner = self.provider(id)?.owner;
        require_some(amount)?;
        self.require_uncommitted(id)?;
        self.require_bond_asset(Account::SelfBond(id), amount)?;
        let rest = self.bonded(id) - amount;
        let minimum = self.bond_min(id).ok_or(Error::NoPrice)?;
        if !rest.is_zero() && rest < minimum {
            return Err(Error::BelowMinimumBond { minimum });
        }
        self.require_entry(id, owner)?;
        self.settle_rewards(id);
        let epoch = self.unbond_self(cause, id, amount);
        if rest.is_zero() && self.standing(id) == Standing::Active {
            self.set_standing(id, Standing::Registered);
        }
        self.reweigh(id);
        self.announce_bond(id);
        Ok(Outcome::Unbonding { amount, epoch })
    }

    /// Leaves with everything. A tombstone stays one.
    pub(super) fn exit(&mut self, cause: Cause, id: ProviderId) -> Result<Outcome, Error> {
        let standing = self.provider(id)?.standing;
        if standing == Standing::Exited {
            return Err(Error::WrongStanding(standing));
        }
        self.require_uncommitted(id)?;
        self.settle_rewards(id);
        let own = self.bonded(id);
        let epoch = self.unbond_self(cause, id, own);
        let delegated = self.undelegate_all(cause, id);
        let provider = &mut self.providers[id.index()];
        provider.has_left = true;
        if standing != Standing::Tombstoned {
            provider.terms.clear();
            self.set_standing(id, Standing::Exited);
            self.events.push(ProtocolEvent::Exited { provider: id });
        }
        self.reweigh(id);
        self.announce_bond(id);
        Ok(Outcome::Unbonding {
            amount: own + delegated,
            epoch,
        })
    }

    fn unbond_self(&mut self, cause: Cause, id: ProviderId, amount: Amount) -> u32 {
        let owner = self.providers[id.index()].owner;
        self.lowering_bond(id, |protocol| {
            protocol.post(
                Account::SelfBond(id),
                Account::Unbonding(id),
                Plant::Unbond.short(amount),
                Reason::Unbond,
                cause,
            );
        });
        self.queue_unbonding(id, owner, true, amount)
    }
}
