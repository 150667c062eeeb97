//! Commitment, tenure and the growth period: what binds a bond and what time adds to a weight.

use stakesim_protocol::{CommitmentTier, Error, Outcome, Standing};

use super::number::parts;
use super::records::Commitment;
use super::state::Oracle;

impl Oracle {
    /// The commitment that still binds.
    fn running(&self, v: usize) -> Option<Commitment> {
        let commitment = self.providers[v].commitment;
        commitment.filter(|commitment| self.epoch < commitment.until)
    }

    /// Refused while a commitment runs.
    pub fn is_free(&self, v: usize) -> Result<(), Error> {
        self.running(v).map_or(Ok(()), |running| {
            let until_epoch = running.until as u32;
            Err(Error::Committed { until_epoch })
        })
    }

    pub fn commit(&mut self, v: usize, tier: CommitmentTier) -> Result<Outcome, Error> {
        let params = &self.params.commitment;
        let epochs = u64::from(params.epochs[tier as usize]);
        let multiplier = parts(params.multiplier[tier as usize]);
        let until = self.epoch + epochs;
        let standing = self.providers[v].standing;
        if standing != Standing::Active {
            return Err(Error::WrongStanding(standing));
        }
        if let Some(running) = self.running(v)
            && (until < running.until || multiplier < running.multiplier)
        {
            let until_epoch = running.until as u32;
            return Err(Error::Committed { until_epoch });
        }
        self.settle(v, 0);
        let is_at_once = multiplier <= self.providers[v].committed || self.epoch == 0;
        let provider = &mut self.providers[v];
        provider.commitment = (epochs > 0).then_some(Commitment { multiplier, until });
        if is_at_once {
            provider.committed = multiplier;
            self.set_pools(v);
        } else {
            provider.waits = true;
        }
        self.touch(v);
        let until_epoch = until as u32;
        Ok(Outcome::Committed { until_epoch })
    }

    /// Changes a standing; tenure begins and ends with it.
    pub fn stand(&mut self, v: usize, standing: Standing) {
        let was = std::mem::replace(&mut self.providers[v].standing, standing);
        if was == standing {
            return;
        }
        let tenure = &self.params.tenure;
        let counts = tenure.bonus_per_step.parts() > 0 && tenure.cap.parts() > 0;
        let due = self.epoch + u64::from(tenure.step_epochs);
        let provider = &mut self.providers[v];
        provider.tenure = 0;
        provider.tenure_due = (counts && standing == Standing::Active).then_some(due);
    }

    /// In Recover: commitments that end, steps of tenure, the end of growth.
    pub fn advance(&mut self) {
        for v in 0..self.providers.len() {
            let is_due = |epoch: Option<u64>| epoch == Some(self.epoch);
            let provider = &self.providers[v];
            let ends = is_due(provider.commitment.map(|commitment| commitment.until));
            let steps = is_due(provider.tenure_due);
            let is_grown = is_due(provider.grows_until);
            if ends {
                self.providers[v].commitment = None;
            }
            if steps {
                self.take_step(v);
            }
            if is_grown {
                self.providers[v].grows_until = None;
            }
            if ends || steps || is_grown {
                self.raise(v);
            }
        }
    }

    fn take_step(&mut self, v: usize) {
        let tenure = &self.params.tenure;
        let provider = &mut self.providers[v];
        provider.tenure += 1;
        let goes_on = provider.tenure * parts(tenure.bonus_per_step) < parts(tenure.cap);
        let due = self.epoch + u64::from(tenure.step_epochs);
        provider.tenure_due = goes_on.then_some(due);
    }
}
