//! What the host says it has seen: measurements, violations, loads of kinds, prices.

use stakesim_protocol::{Error, Operation, Outcome, Standing};
use units::{Ratio, TokenPrice};

use super::number::parts;
use super::records::{Measurement, Report};
use super::state::Oracle;

impl Oracle {
    pub fn record(&mut self, operation: Operation) -> Result<Outcome, Error> {
        let Operation::RecordMeasurement {
            provider,
            up,
            jobs,
            failed,
            response,
            rating,
        } = operation
        else {
            unreachable!("its own arm")
        };
        let v = self.provider(provider)?;
        if up > Ratio::ONE || failed > jobs {
            return Err(Error::OutOfRange);
        }
        let standing = self.providers[v].standing;
        if matches!(standing, Standing::Tombstoned | Standing::Exited) {
            return Err(Error::WrongStanding(standing));
        }
        if self.providers[v].measured.is_some() {
            return Err(Error::TooSoon);
        }
        self.providers[v].measured = Some(Measurement {
            up: u128::from(up.parts()),
            jobs: u128::from(jobs),
            failed: u128::from(failed),
            response: u128::from(response.parts()),
            rating: u128::from(rating.parts()),
        });
        self.measured.push(v);
        Ok(Outcome::Done)
    }

    pub fn report(&mut self, operation: Operation) -> Result<Outcome, Error> {
        let Operation::ReportViolation {
            provider,
            kind,
            at,
            reporter,
            victim,
            loss,
            severity,
        } = operation
        else {
            unreachable!("its own arm")
        };
        let v = self.provider(provider)?;
        if at.0 > self.now {
            return Err(Error::EvidenceFromTheFuture);
        }
        if at.0 < self.evidence_from(v) {
            return Err(Error::EvidenceTooOld);
        }
        for person in [reporter, victim].into_iter().flatten() {
            self.participant(person)?;
        }
        if loss > self.params.supply.max || severity > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        self.providers[v].reported = Some(self.epoch);
        self.reports.push(Report {
            provider: v,
            kind,
            at: at.0,
            reporter: reporter.map(|id| id.0),
            victim: victim.map(|id| id.0),
            loss: loss.base_units(),
            severity: parts(severity),
        });
        Ok(Outcome::Done)
    }

    pub fn observe_kind(
        &mut self,
        kind: usize,
        busy: u64,
        capacity: u64,
    ) -> Result<Outcome, Error> {
        let Some(kind) = self.kinds.get_mut(kind) else {
            return Err(Error::UnknownKind);
        };
        if busy > capacity {
            return Err(Error::OutOfRange);
        }
        if kind.is_observed {
            return Err(Error::TooSoon);
        }
        // No page says whether a load of no capacity is the epoch's one; the network takes it for none.
        kind.is_observed = capacity > 0;
        kind.load = Some((u128::from(busy), u128::from(capacity)));
        Ok(Outcome::Done)
    }

    pub fn observe_price(&mut self, price: TokenPrice) -> Result<Outcome, Error> {
        let price = u128::from(price.nano_per_token());
        if price == 0 {
            return Err(Error::OutOfRange);
        }
        if self.prices.oracle.is_none() {
            self.prices.oracle = Some(price);
            self.prices.first = price;
            self.prices.smoothed = price;
            self.prices.reference = price;
        } else {
            self.prices.pending = Some(price);
        }
        Ok(Outcome::Done)
    }
}
