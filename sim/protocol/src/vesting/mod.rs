//! Vesting of providers' pay: which part of it is held back, when that comes free, and what answers for its owner's faults. Pay is
//! divided here for whoever pays it; contributors' hold-backs have rules of their own ([`hold_back`](crate::hold_back)).

mod retained;
mod stream;

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::account::{Account, Asset};
use crate::canary::Plant;
use crate::event::ProtocolEvent;
use crate::ids::{Cause, ProviderId};
use crate::ledger::Scope;
use crate::params::{VestingCover, VestingLiability, VestingRule};
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::Protocol;
use retained::Retained;
use stream::Stream;

/// What is held of an owner's pay at one provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Held {
    /// Comes free along lines.
    Linear(Stream),
    /// Is kept until an age.
    AtAge(Retained),
}

/// When somebody asks what has vested.
#[derive(Clone, Copy)]
struct Moment {
    epoch: u32,
    /// The share that is due of what is kept until an age.
    due: Ratio,
}

impl Held {
    fn new(rule: VestingRule) -> Held {
        match rule {
            VestingRule::Linear => Held::Linear(Stream::default()),
            VestingRule::AtAge => Held::AtAge(Retained::default()),
        }
    }

    fn vested(&self, at: Moment) -> Amount {
        match self {
            Held::Linear(stream) => stream.vested(at.epoch),
            Held::AtAge(kept) => kept.due(at.due),
        }
    }

    /// All that is held, vested or not.
    pub(crate) fn held(&self) -> Amount {
        match self {
            Held::Linear(stream) => stream.held(),
            Held::AtAge(kept) => kept.held(),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Held::Linear(stream) => stream.is_empty(),
            Held::AtAge(kept) => kept.held().is_zero(),
        }
    }

    fn take(&mut self, at: Moment) -> Amount {
        match self {
            Held::Linear(stream) => stream.take(at.epoch),
            Held::AtAge(kept) => kept.take(at.due),
        }
    }

    pub(crate) fn is_sound(&self) -> bool {
        match self {
            Held::Linear(stream) => stream.is_sound(),
            Held::AtAge(kept) => kept.is_sound(),
        }
    }
}

impl Protocol {
    /// What a provider's owner could take of its held-back pay now; a claim takes it. Panics when the provider was never registered.
    #[must_use]
    pub fn vested(&self, provider: ProviderId) -> Amount {
        let held = self.providers[provider.index()].held.as_ref();
        held.map_or(Amount::ZERO, |held| held.vested(self.moment(provider)))
    }

    /// What is held back of the pay of a provider's owner and has not vested. Panics when the provider was never registered.
    #[must_use]
    pub fn unvested(&self, provider: ProviderId) -> Amount {
        let held = self.providers[provider.index()].held.as_ref();
        held.map_or(Amount::ZERO, |held| {
            held.held() - held.vested(self.moment(provider))
        })
    }

    /// All that is held back, what has vested and was not claimed included.
    pub(crate) fn vesting_total(&self) -> Amount {
        let moved = |reason| self.tally(Asset::Native, reason, Scope::Lifetime);
        moved(Reason::RewardHold) + moved(Reason::JobHold) + moved(Reason::SlashReturnVesting)
            - moved(Reason::VestingRelease)
            - moved(Reason::VestingForfeit)
            - moved(Reason::SlashVesting)
    }

    fn moment(&self, id: ProviderId) -> Moment {
        let (provider, params) = (&self.providers[id.index()], &self.params.vesting);
        let due = if provider.has_left {
            Ratio::ONE
        } else if self.age(id) >= params.age_epochs {
            params.age_share
        } else {
            Ratio::ZERO
        };
        Moment {
            epoch: self.epoch,
            due,
        }
    }

    /// Epochs since it was registered.
    fn age(&self, id: ProviderId) -> u32 {
        self.epoch - self.providers[id.index()].registered
    }

    /// The share of an owner's pay that is held back now. None of it is where that would have no end: of who is out for ever where a
    /// tombstone takes all, and of who has left where leaving returns all.
    fn held_share(&self, id: ProviderId) -> Ratio {
        let (provider, params) = (&self.providers[id.index()], &self.params.vesting);
        let is_lost = params.liability == VestingLiability::Tombstone
            && provider.standing == Standing::Tombstoned;
        let is_returned = params.rule == VestingRule::AtAge && provider.has_left;
        if is_lost || is_returned {
            return Ratio::ZERO;
        }
        let steps = u64::from(self.age(id) / params.step_epochs);
        let fallen = params.share_step.parts().saturating_mul(steps);
        params.share.saturating_sub(Ratio::from_parts(fallen))
    }

    /// The part of a reward that is held back, rounded down.
    pub(crate) fn held_of_reward(&self, id: ProviderId, amount: Amount) -> Amount {
        if self.params.vesting.share.is_zero() {
            return Amount::ZERO;
        }
        self.held_share(id).mul_floor(amount)
    }

    /// The part of the pay for a job that is held back, rounded down.
    pub(crate) fn held_of_job(&self, id: ProviderId, amount: Amount) -> Amount {
        match self.params.vesting.covers {
            VestingCover::Rewards => Amount::ZERO,
            VestingCover::RewardsAndJobs => self.held_of_reward(id, amount),
        }
    }

    /// Moves pay to where it is held.
    pub(crate) fn hold(
        &mut self,
        cause: Cause,
        id: ProviderId,
        (from, reason): (Account, Reason),
        amount: Amount,
    ) {
        if amount.is_zero() {
            return;
        }
        self.post(from, Account::Vesting(id), amount, reason, cause);
        let (rule, epochs) = (self.params.vesting.rule, self.params.vesting.epochs);
        let held = &mut self.providers[id.index()].held;
        let held = held.get_or_insert_with(|| Box::new(Held::new(rule)));
        match held.as_mut() {
            Held::Linear(stream) => stream.add(self.epoch, amount, epochs),
            Held::AtAge(kept) => kept.add(amount),
        }
    }

    /// Pays out what has vested, and forgets who has nothing left. Returns what was paid.
    pub(crate) fn release_vested(&mut self, cause: Cause, id: ProviderId) -> Amount {
        let at = self.moment(id);
        let provider = &mut self.providers[id.index()];
        let Some(held) = &mut provider.held else {
            return Amount::ZERO;
        };
        let amount = held.take(at);
        if held.is_empty() {
            provider.held = None;
        }
        let (from, to) = (Account::Vesting(id), Account::Liquid(provider.owner));
        let paid = Plant::Vesting.short(amount);
        self.post(from, to, paid, Reason::VestingRelease, cause);
        amount
    }

    /// What a tombstone takes where it takes what is held: all that has not vested, and of rewards that were not claimed what a
    /// claim would hold back. What has vested is paid. Returns what was lost.
    pub(crate) fn forfeit_vesting(&mut self, cause: Cause, id: ProviderId) -> Amount {
        if self.params.vesting.liability != VestingLiability::Tombstone {
            return Amount::ZERO;
        }
        self.release_vested(cause, id);
        let unclaimed = self.held_of_reward(id, self.providers[id.index()].unclaimed);
        let held = self.native(Account::Vesting(id));
        let provider = &mut self.providers[id.index()];
        provider.unclaimed -= unclaimed;
        provider.held = None;
        for (from, amount, reason) in [
            (Account::RewardPool, unclaimed, Reason::RewardForfeit),
            (Account::Vesting(id), held, Reason::VestingForfeit),
        ] {
            self.post(from, Account::Treasury, amount, reason, cause);
        }
        if !unclaimed.is_zero() {
            self.events.push(ProtocolEvent::Forfeited {
                provider: id,
                amount: unclaimed,
                cause,
            });
        }
        if !held.is_zero() {
            self.events.push(ProtocolEvent::VestingForfeited {
                provider: id,
                amount: held,
                cause,
            });
        }
        held + unclaimed
    }

    /// What has not vested and pays for slashes before the bond does.
    pub(crate) fn liable_vesting(&self, id: ProviderId) -> Amount {
        match self.params.vesting.liability {
            VestingLiability::Slashes => self.unvested(id),
            VestingLiability::None | VestingLiability::Tombstone => Amount::ZERO,
        }
    }

    /// Takes a slash out of what has not vested, from what would come free next.
    pub(crate) fn slash_vesting(&mut self, cause: Cause, id: ProviderId, amount: Amount) {
        let (from, to) = (Account::Vesting(id), Account::SlashEscrow);
        self.post(from, to, amount, Reason::SlashVesting, cause);
        if let Some(Held::Linear(stream)) = self.providers[id.index()].held.as_deref_mut() {
            stream.lose(self.epoch, amount);
        }
    }

    /// Gives back what a slash took: along the lines that it was taken from, as far as they have not ended; the rest is free.
    pub(crate) fn restore_vesting(&mut self, cause: Cause, id: ProviderId, amount: Amount) {
        let (from, to) = (Account::SlashEscrow, Account::Vesting(id));
        self.post(from, to, amount, Reason::SlashReturnVesting, cause);
        let held = &mut self.providers[id.index()].held;
        let held = held.get_or_insert_with(|| Box::new(Held::new(VestingRule::Linear)));
        if let Held::Linear(stream) = held.as_mut() {
            stream.restore(self.epoch, amount);
        }
    }
}
