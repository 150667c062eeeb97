//! Terms and the way back: what sets a provider aside, until when, and how it climbs to its weight again.

use stakesim_protocol::{Error, Outcome, RecoveryStage, Standing};
use units::Amount;

use super::close::Closed;
use super::number::{part, parts};
use super::records::Term;
use super::state::Oracle;

/// The standing and the term that follow from a list of terms, and the place of the one that decides.
pub fn in_force(terms: &[Term]) -> Option<(usize, Standing, u64)> {
    let mut decides: Option<(usize, Standing, u64)> = None;
    for (place, term) in terms.iter().enumerate() {
        let stays = match decides {
            _ if term.standing == Standing::Tombstoned => false,
            Some((_, Standing::Tombstoned, _)) => true,
            Some((_, Standing::Jailed, until)) => {
                term.standing == Standing::Suspended && until >= term.from
            }
            _ => false,
        };
        if !stays {
            decides = Some((place, term.standing, term.until));
        }
    }
    decides
}

impl Oracle {
    pub fn set_aside(
        &mut self,
        v: usize,
        case: usize,
        standing: Standing,
        term: u64,
        needs_review: bool,
    ) -> u128 {
        let epoch = self.epoch;
        let provider = &mut self.providers[v];
        let is_final = standing == Standing::Tombstoned;
        if provider.standing == Standing::Exited && !is_final {
            return 0;
        }
        provider.terms.retain(|term| {
            term.until >= epoch || term.needs_review || term.standing == Standing::Tombstoned
        });
        provider.terms.push(Term {
            case,
            standing,
            from: epoch,
            until: if is_final { 0 } else { epoch + term },
            needs_review,
        });
        let (place, standing, until) = in_force(&provider.terms).expect("a term was just added");
        if place + 1 == provider.terms.len() {
            provider.window.clear();
            provider.recovery_due = Some(until);
        }
        let is_news = self.providers[v].standing != Standing::Tombstoned;
        let forfeited = match standing {
            Standing::Tombstoned if is_news => self.forfeit_held(v),
            _ => 0,
        };
        self.stand(v, standing);
        forfeited
    }

    pub fn recover(&mut self, closed: &mut Closed) {
        for v in 0..self.providers.len() {
            if self.providers[v].recovery_due == Some(self.epoch) {
                self.recover_one(v, closed);
            }
        }
        self.advance();
        for v in 0..self.providers.len() {
            if std::mem::take(&mut self.providers[v].waits) {
                self.raise(v);
            }
        }
    }

    fn recover_one(&mut self, v: usize, closed: &mut Closed) {
        match self.providers[v].standing {
            Standing::Suspended | Standing::Jailed => {
                if self.providers[v].terms.iter().any(|term| term.needs_review) {
                    return;
                }
                let standing = self.standing_by_bond(v);
                self.reinstate(v, standing);
                closed.reinstated += 1;
                self.raise(v);
            }
            Standing::Registered | Standing::Active => {
                let epochs = u64::from(self.params.recovery.epochs);
                let next = self.epoch + 1;
                let provider = &mut self.providers[v];
                // An upheld appeal may have ended the ramp since: then there is no step to take.
                let step = provider.ramp.map(|step| step + 1);
                provider.ramp = step.filter(|step| *step < epochs);
                let goes_on = provider.ramp.is_some();
                provider.recovery_due = goes_on.then_some(next);
                if !goes_on {
                    provider.ramp_cases.clear();
                }
                self.raise(v);
            }
            Standing::Tombstoned | Standing::Exited => {}
        }
    }

    /// Back at the foot of the ramp.
    fn reinstate(&mut self, v: usize, standing: Standing) {
        let next = self.epoch + 1;
        let provider = &mut self.providers[v];
        provider.ramp_cases = provider.terms.drain(..).map(|term| term.case).collect();
        provider.ramp = Some(0);
        provider.recovery_due = Some(next);
        self.stand(v, standing);
    }

    pub fn standing_by_bond(&self, v: usize) -> Standing {
        let bond = self.self_bond(v);
        let tolerance = parts(self.params.bond.shortfall_tolerance);
        let is_enough =
            (self.minimum(v)).is_some_and(|minimum| bond > 0 && bond >= part(tolerance, minimum));
        match is_enough {
            true => Standing::Active,
            false => Standing::Registered,
        }
    }

    pub fn unjail(&mut self, v: usize) -> Result<Outcome, Error> {
        let standing = self.providers[v].standing;
        if !matches!(standing, Standing::Suspended | Standing::Jailed) {
            return Err(Error::WrongStanding(standing));
        }
        let due = self.providers[v]
            .recovery_due
            .expect("who is out has a term");
        if self.epoch <= due {
            let until_epoch = due as u32;
            return Err(Error::TooEarly { until_epoch });
        }
        let minimum = self.minimum(v).ok_or(Error::NoPrice)?;
        let tolerance = parts(self.params.bond.shortfall_tolerance);
        let least = part(tolerance, minimum).max(1);
        if self.self_bond(v) < least {
            let minimum = Amount::new(least);
            return Err(Error::BelowMinimumBond { minimum });
        }
        self.reinstate(v, Standing::Active);
        self.touch(v);
        Ok(Outcome::Done)
    }

    /// Where a provider is on its way back.
    pub fn stage(&self, v: usize) -> Option<RecoveryStage> {
        let provider = &self.providers[v];
        match provider.standing {
            Standing::Tombstoned | Standing::Exited => None,
            Standing::Suspended | Standing::Jailed => {
                let is_term = provider.recovery_due.is_some_and(|due| self.epoch <= due);
                Some(match is_term {
                    true => RecoveryStage::Immediate,
                    false => RecoveryStage::Variable,
                })
            }
            _ if provider.reported == Some(self.epoch) => Some(RecoveryStage::RealTime),
            _ => provider.ramp.map(|_| RecoveryStage::Graduated),
        }
    }
}
