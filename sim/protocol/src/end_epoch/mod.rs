//! The close of an epoch: twelve steps, one file each, in the order of effects.

mod allocation;
mod audit;
mod audit_governance;
mod audit_stake;
mod calendar;
mod ceil;
mod contributions;
mod correlation;
mod distribute;
mod govern;
mod guard;
mod inflate;
mod inflate_staked;
mod judge;
mod mature;
mod measure;
mod penalise;
mod recover;
mod redelegated;
mod release;
mod scale;
mod slash_order;
mod split;
mod sustain;
mod tally;
mod verify;

use alloc::vec::Vec;

use units::{Amount, Ratio, TokenPrice};

use crate::error::Error;
use crate::event::Rung;
use crate::ids::{Cause, ParticipantId, ProviderId, Tick};
use crate::operation::ViolationKind;
use crate::standing::Standing;
use crate::state::Protocol;
use crate::summary::{Category, EpochSummary, Factors, Released};

pub use audit::AuditFault;
pub(crate) use inflate::Carried;

/// A judged violation on its way to punishment.
#[derive(Clone, Debug)]
struct Verdict {
    provider: ProviderId,
    kind: ViolationKind,
    rung: Rung,
    /// Share of the exposed stake.
    slash: Ratio,
    /// Share of the epoch's reward.
    forfeit: Ratio,
    /// What it sets the provider aside as, if it does, and for how many epochs.
    standing: Option<Standing>,
    term: u32,
    /// The row of the kind.
    is_correlated: bool,
    needs_review: bool,
    /// The verdict on the same kind before this one.
    judged_before: Option<Tick>,
    /// When it took place: stake that came later does not answer for it.
    at: Tick,
    reporter: Option<ParticipantId>,
    losses: Vec<(ParticipantId, Amount)>,
    cause: Cause,
}

/// What the steps hand on to each other.
struct Close {
    cause: Cause,
    /// Whose record was closed; judged later on.
    measured: Vec<ProviderId>,
    /// Verdicts given by active verifiers, in order of arrival.
    verdicts_given: Vec<(ProviderId, u32)>,
    /// The budget by category, in the order of [`Category::ALL`].
    split: [Amount; Category::COUNT],
    verdicts: Vec<Verdict>,
    price_before: TokenPrice,
    summary: EpochSummary,
}

impl Close {
    fn new(protocol: &Protocol, cause: Cause) -> Close {
        let factors = Factors {
            demand: Ratio::ONE,
            market: Ratio::ONE,
            staked: Ratio::ONE,
            product: Ratio::ONE,
            scarcity: Vec::new(),
            growth: Ratio::ONE,
        };
        let summary = EpochSummary {
            epoch: protocol.epoch,
            measured: 0,
            scheduled: Amount::ZERO,
            ceiling: Amount::ZERO,
            budget: Amount::ZERO,
            minted: Amount::ZERO,
            by_category: [Amount::ZERO; Category::COUNT],
            factors,
            utilisation: None,
            staked_ratio: Ratio::ZERO,
            price: TokenPrice::ZERO,
            smoothed_price: TokenPrice::ZERO,
            burned: Amount::ZERO,
            slashed: [Amount::ZERO; ViolationKind::COUNT],
            violations: [0; ViolationKind::COUNT],
            forfeited: Amount::ZERO,
            released: Released::default(),
            matured: Amount::ZERO,
            reinstated: 0,
            fee_to_emission: None,
            treasury_runway_epochs: None,
            breaker_tripped: false,
            audit_fault: None,
            grants: Amount::ZERO,
            insurance_payouts: Amount::ZERO,
            treasury: Amount::ZERO,
            insurance: Amount::ZERO,
            guard_actions: 0,
            is_halted: false,
            verification_fees: Amount::ZERO,
        };
        Close {
            cause,
            measured: Vec::new(),
            verdicts_given: Vec::new(),
            split: [Amount::ZERO; Category::COUNT],
            verdicts: Vec::new(),
            price_before: TokenPrice::ZERO,
            summary,
        }
    }
}

impl Protocol {
    /// Closes the epoch and opens the next. Costs what was touched in it, and the number of kinds (and, while audits are
    /// on, the audit).
    ///
    /// Refused with [`Error::TimeWentBack`] when `now` lies before the last operation's, and with [`Error::EpochsExhausted`]
    /// after 2^32 - 1 epochs; a refused close has changed nothing.
    pub fn end_epoch(&mut self, now: Tick, cause: Cause) -> Result<EpochSummary, Error> {
        if now < self.now {
            return Err(Error::TimeWentBack { last: self.now });
        }
        let next = self.epoch.checked_add(1).ok_or(Error::EpochsExhausted)?;
        self.now = now;
        self.ledger.stamp(now);
        let mut close = Close::new(self, cause);

        measure::measure(self, &mut close);
        ceil::ceil(self, &mut close);
        scale::scale(self, &mut close);
        split::split(self, &mut close);
        distribute::distribute(self, &mut close);
        judge::judge(self, &mut close);
        penalise::penalise(self, &mut close);
        recover::recover(self, &mut close);
        release::release(self, &mut close);
        govern::govern(self, &mut close);
        guard::guard(self, &mut close);
        audit::audit(self, &mut close);

        self.ledger.close_epoch();
        self.epoch = next;
        self.opened = now;
        self.note_opening_weights();
        Ok(close.summary)
    }
}
