//! Owners object to verdicts, the host decides, and who has to ask comes back. What a verdict took is undone here and nowhere else.

use units::Amount;

use crate::account::Account;
use crate::case::{Appeal, Case, SlashSource};
use crate::error::Error;
use crate::event::ProtocolEvent;
use crate::ids::{CaseId, Cause, ProviderId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::Protocol;
use crate::term::in_force;

impl Protocol {
    pub(super) fn appeal(&mut self, cause: Cause, id: CaseId) -> Result<Outcome, Error> {
        let case = self.known_case(id)?;
        if case.appeal != Appeal::None {
            return Err(Error::AlreadyAppealed);
        }
        let provider = case.provider;
        let owner = self.provider(provider)?.owner;
        let deposit = self.params.appeal.deposit;
        self.require_balance(Account::Liquid(owner), deposit)?;
        self.post(
            Account::Liquid(owner),
            Account::AppealDeposit,
            deposit,
            Reason::AppealDeposit,
            cause,
        );
        let until_epoch = self.epoch.saturating_add(self.params.appeal.max_epochs);
        if let Some(case) = self.cases.get_mut(&id) {
            case.appeal = Appeal::Open {
                deposit,
                until_epoch,
            };
        }
        self.appeals.entry(until_epoch).or_default().push(id);
        self.events
            .push(ProtocolEvent::Appealed { provider, case: id });
        Ok(Outcome::Done)
    }

    pub(super) fn resolve_appeal(
        &mut self,
        cause: Cause,
        id: CaseId,
        is_upheld: bool,
    ) -> Result<Outcome, Error> {
        let Appeal::Open { deposit, .. } = self.known_case(id)?.appeal else {
            return Err(Error::NotAppealed);
        };
        if !is_upheld {
            self.reject_appeal(cause, id);
            return Ok(Outcome::Returned(Amount::ZERO));
        }
        let case = self.cases.remove(&id).ok_or(Error::CaseClosed)?;
        let owner = self.provider(case.provider)?.owner;
        self.post(
            Account::AppealDeposit,
            Account::Liquid(owner),
            deposit,
            Reason::AppealRefund,
            cause,
        );
        let returned = case.amount();
        self.annul(cause, id, &case);
        self.events.push(ProtocolEvent::AppealUpheld {
            provider: case.provider,
            case: id,
            returned,
        });
        Ok(Outcome::Returned(returned))
    }

    /// Brings back who has to ask, at the floor of the ramp; the weight rises at the close.
    pub(super) fn unjail(&mut self, id: ProviderId) -> Result<Outcome, Error> {
        let provider = self.provider(id)?;
        let (standing, until_epoch) = (provider.standing, provider.recovery_due);
        if !matches!(standing, Standing::Suspended | Standing::Jailed) {
            return Err(Error::WrongStanding(standing));
        }
        if self.epoch <= until_epoch {
            return Err(Error::TooEarly { until_epoch });
        }
        let minimum = self.bond_to_return(id).ok_or(Error::NoPrice)?;
        if self.bonded(id) < minimum {
            return Err(Error::BelowMinimumBond { minimum });
        }
        self.reinstate_on_ramp(id);
        self.reweigh(id);
        self.announce_bond(id);
        Ok(Outcome::Done)
    }

    fn known_case(&self, id: CaseId) -> Result<&Case, Error> {
        if id.0 >= self.cases_opened {
            return Err(Error::UnknownCase);
        }
        self.cases.get(&id).ok_or(Error::CaseClosed)
    }

    /// Takes the deposit and lets the release go on: at the open epoch's close, when it was due before.
    fn reject_appeal(&mut self, cause: Cause, id: CaseId) {
        let epoch = self.epoch;
        let Some(case) = self.cases.get_mut(&id) else {
            return;
        };
        let Appeal::Open { deposit, .. } = case.appeal else {
            return;
        };
        case.appeal = Appeal::Rejected;
        let provider = case.provider;
        if case.due_epoch < epoch {
            case.due_epoch = epoch;
            self.slash_holds.entry(epoch).or_default().push(id);
        }
        self.post(
            Account::AppealDeposit,
            Account::Insurance,
            deposit,
            Reason::AppealForfeit,
            cause,
        );
        self.events
            .push(ProtocolEvent::AppealRejected { provider, case: id });
    }

    /// Rejects the appeals whose last epoch closes. The cause is the case's own.
    pub(crate) fn reject_overdue_appeals(&mut self) {
        for id in self.appeals.remove(&self.epoch).unwrap_or_default() {
            // One that was decided is closed or no longer open.
            if let Some(case) = self.cases.get(&id) {
                self.reject_appeal(case.cause, id);
            }
        }
    }

    /// Undoes a verdict, as far as it can be undone.
    fn annul(&mut self, cause: Cause, id: CaseId, case: &Case) {
        self.forgive(case);
        let provider = &mut self.providers[case.provider.index()];
        let terms = provider.terms.len();
        provider.terms.retain(|term| term.case != id);
        let had_term = provider.terms.len() < terms;
        let was_on_ramp = provider.ramp_cases.len();
        provider.ramp_cases.retain(|led| *led != id);
        if provider.ramp_cases.is_empty() && was_on_ramp > 0 {
            provider.ramp_step = None;
        }
        let is_out_for_ever = matches!(in_force(&provider.terms), Some((Standing::Tombstoned, _)));
        let is_gone = provider.has_left || is_out_for_ever;
        self.settle_rewards(case.provider);
        self.return_slash(cause, case, is_gone);
        if had_term {
            self.end_term(case.provider);
        }
        self.reweigh(case.provider);
        self.announce_bond(case.provider);
    }

    /// Takes the strike and the count back.
    fn forgive(&mut self, case: &Case) {
        let (epoch, half_life) = (self.epoch, self.params.ladder.memory_half_life_epochs);
        let offences = &mut self.providers[case.provider.index()].offences;
        if let Some(record) = offences.get_mut(&case.kind) {
            record.strikes.forgive(case.epoch, epoch, half_life);
            record.number = record.number.saturating_sub(1);
            if record.judged == Some(case.judged) {
                record.judged = case.judged_before;
            }
        }
    }

    /// Moves each part back to where it came from. The part of a pool that everybody has left has nobody to return to, and its
    /// owner has no claim to it: the insurance pool takes it.
    fn return_slash(&mut self, cause: Cause, case: &Case, is_gone: bool) {
        let id = case.provider;
        let (owner, shares) = {
            let provider = &self.providers[id.index()];
            (provider.owner, provider.shares)
        };
        for (source, amount) in &case.taken {
            let (to, reason) = match *source {
                SlashSource::SelfBond if is_gone => {
                    (Account::Unbonded(owner), Reason::SlashReturnUnbonded)
                }
                SlashSource::SelfBond => (Account::SelfBond(id), Reason::SlashReturn),
                SlashSource::Pool if shares == 0 => (Account::Insurance, Reason::SlashInsurance),
                SlashSource::Pool => (Account::Delegated(id), Reason::SlashReturn),
                SlashSource::Unbonding { owner } | SlashSource::Moved { delegator: owner } => {
                    (Account::Unbonded(owner), Reason::SlashReturnUnbonded)
                }
                SlashSource::Vesting => {
                    self.restore_vesting(cause, id, *amount);
                    continue;
                }
            };
            self.post(Account::SlashEscrow, to, *amount, reason, cause);
            if reason == Reason::SlashReturn {
                // It does not answer for what was done while it was away.
                self.note_addition(id, *source == SlashSource::SelfBond, *amount);
            }
        }
    }

    /// Puts in force what the terms that remain amount to; with none left, back at full weight.
    fn end_term(&mut self, id: ProviderId) {
        let epoch = self.epoch;
        let provider = &mut self.providers[id.index()];
        let needs_review = provider.terms.iter().any(|term| term.needs_review);
        match in_force(&provider.terms) {
            Some((Standing::Tombstoned, _)) => {}
            _ if provider.has_left => {
                provider.terms.clear();
                self.set_standing(id, Standing::Exited);
            }
            Some((standing, until_epoch)) if until_epoch >= epoch || needs_review => {
                provider.recovery_due = until_epoch;
                self.set_standing(id, standing);
                if until_epoch >= epoch {
                    self.recoveries.entry(until_epoch).or_default().push(id);
                }
            }
            _ => {
                provider.recovery_due = 0;
                provider.ramp_step = None;
                provider.ramp_cases.clear();
                self.return_to_work(id);
            }
        }
    }
}
