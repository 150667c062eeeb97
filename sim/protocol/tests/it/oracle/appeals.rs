//! Appeals: a deposit, a verdict of the host, and what returns where it was taken.

use stakesim_protocol::{Account, Error, Outcome, ParticipantId, ProviderId, Standing};
use units::Amount;

use super::records::{Objection, Taken};
use super::state::Oracle;
use super::terms::in_force;

impl Oracle {
    fn open_case(&self, case: u32) -> Result<usize, Error> {
        let place = case as usize;
        match self.cases.get(place) {
            None => Err(Error::UnknownCase),
            Some(case) if case.is_closed => Err(Error::CaseClosed),
            Some(_) => Ok(place),
        }
    }

    pub fn appeal(&mut self, case: u32) -> Result<Outcome, Error> {
        let place = self.open_case(case)?;
        if !matches!(self.cases[place].objection, Objection::None) {
            return Err(Error::AlreadyAppealed);
        }
        let owner = Oracle::liquid(self.providers[self.cases[place].provider].owner);
        let deposit = self.params.appeal.deposit.base_units();
        if self.balance(owner) < deposit {
            let available = Amount::new(self.balance(owner));
            return Err(Error::InsufficientBalance { available });
        }
        self.post(owner, Account::AppealDeposit, deposit, "appeal_deposit");
        let until = self.epoch + u64::from(self.params.appeal.max_epochs);
        self.cases[place].objection = Objection::Open { deposit, until };
        Ok(Outcome::Done)
    }

    pub fn resolve(&mut self, case: u32, is_upheld: bool) -> Result<Outcome, Error> {
        let place = self.open_case(case)?;
        let Objection::Open { deposit, .. } = self.cases[place].objection else {
            return Err(Error::NotAppealed);
        };
        if is_upheld {
            let returned = self.uphold(place, deposit);
            return Ok(Outcome::Returned(Amount::new(returned)));
        }
        self.reject(place, deposit);
        Ok(Outcome::Returned(Amount::ZERO))
    }

    pub fn reject(&mut self, place: usize, deposit: u128) {
        let from = Account::AppealDeposit;
        self.post(from, Account::Insurance, deposit, "appeal_forfeit");
        self.cases[place].objection = Objection::Rejected;
        self.cases[place].due = self.cases[place].due.max(self.epoch);
    }

    fn uphold(&mut self, place: usize, deposit: u128) -> u128 {
        let case = self.cases[place].clone();
        let v = case.provider;
        let owner = Oracle::liquid(self.providers[v].owner);
        self.post(Account::AppealDeposit, owner, deposit, "appeal_refund");
        self.take_back(v, case.kind, case.epoch, case.judged);
        let had_term = self.leave_ramp_and_terms(v, place);
        let remaining = in_force(&self.providers[v].terms);
        let is_final = remaining.is_some_and(|term| term.1 == Standing::Tombstoned);
        let returned = self.give_back(v, &case.taken, is_final);
        let provider = &self.providers[v];
        if had_term && provider.standing != Standing::Exited {
            let review = provider.terms.iter().any(|term| term.needs_review);
            let still = remaining.filter(|term| is_final || term.2 >= self.epoch || review);
            if provider.has_left && !is_final {
                self.providers[v].terms.clear();
                self.stand(v, Standing::Exited);
            } else if let Some((_, standing, until)) = still {
                self.providers[v].recovery_due = Some(until);
                self.stand(v, standing);
            } else {
                let provider = &mut self.providers[v];
                provider.terms.clear();
                provider.recovery_due = None;
                provider.ramp = None;
                provider.ramp_cases.clear();
                let standing = self.standing_by_bond(v);
                self.stand(v, standing);
            }
        }
        self.touch(v);
        self.cases[place].is_closed = true;
        returned
    }

    /// Takes the case off the ramp and the list of terms; whether it had a term there.
    fn leave_ramp_and_terms(&mut self, v: usize, case: usize) -> bool {
        let provider = &mut self.providers[v];
        if provider.ramp_cases.contains(&case) {
            provider.ramp_cases.retain(|other| *other != case);
            if provider.ramp_cases.is_empty() {
                provider.ramp = None;
            }
        }
        let before = provider.terms.len();
        provider.terms.retain(|term| term.case != case);
        provider.terms.len() < before
    }

    fn give_back(&mut self, v: usize, taken: &[(Taken, u128)], is_final: bool) -> u128 {
        self.settle(v, 0);
        let id = ProviderId(v as u32);
        let escrow = Account::SlashEscrow;
        for (source, amount) in taken.iter().copied() {
            let unbonded = |person: u32| Account::Unbonded(ParticipantId(person));
            match source {
                Taken::Bond if self.providers[v].has_left || is_final => {
                    let owner = unbonded(self.providers[v].owner);
                    self.post(escrow, owner, amount, "slash_return_unbonded");
                }
                Taken::Bond => {
                    self.post(escrow, Account::SelfBond(id), amount, "slash_return");
                    self.note(v, true, amount);
                }
                Taken::Pool if self.shares(v) == 0 => {
                    self.post(escrow, Account::Insurance, amount, "slash_insurance");
                }
                Taken::Pool => {
                    self.post(escrow, Account::Delegated(id), amount, "slash_return");
                    self.note(v, false, amount);
                }
                Taken::Held => self.return_held(v, amount),
                Taken::Left(person) => {
                    self.post(escrow, unbonded(person), amount, "slash_return_unbonded");
                }
            }
        }
        taken.iter().map(|(_, amount)| amount).sum()
    }
}
