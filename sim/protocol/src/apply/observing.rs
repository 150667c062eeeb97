//! What the host saw: measurements, violations, loads and the oracle's price. Only a group's load acts at once.

use units::{Amount, Ratio, TokenPrice, wide};

use super::require_range;
use crate::error::Error;
use crate::ids::{GroupId, KindId, ProviderId};
use crate::operation::Outcome;
use crate::params::PriceParams;
use crate::provider::Measurement;
use crate::standing::Standing;
use crate::state::{Protocol, Report};

impl Protocol {
    pub(super) fn record_measurement(
        &mut self,
        id: ProviderId,
        up: Ratio,
        jobs: u32,
        failed: u32,
        response: Ratio,
        rating: Ratio,
    ) -> Result<Outcome, Error> {
        let epoch = self.epoch;
        let provider = self
            .providers
            .get_mut(id.index())
            .ok_or(Error::UnknownProvider)?;
        require_range(up <= Ratio::ONE && failed <= jobs)?;
        if matches!(provider.standing, Standing::Tombstoned | Standing::Exited) {
            return Err(Error::WrongStanding(provider.standing));
        }
        if provider.record.is_some_and(|record| record.epoch == epoch) {
            return Err(Error::TooSoon);
        }
        provider.record = Some(Measurement {
            epoch,
            up,
            jobs,
            failed,
            response,
            rating,
        });
        self.measured.push(id);
        Ok(Outcome::Done)
    }

    pub(super) fn report_violation(&mut self, report: Report) -> Result<Outcome, Error> {
        self.provider(report.provider)?;
        if report.at > self.now {
            return Err(Error::EvidenceFromTheFuture);
        }
        if report.at < self.evidence_from(report.provider) {
            return Err(Error::EvidenceTooOld);
        }
        if [report.reporter, report.victim]
            .into_iter()
            .flatten()
            .any(|id| !self.knows(id))
        {
            return Err(Error::UnknownParticipant);
        }
        // Sums of losses must fit; nobody loses more than there is.
        require_range(report.loss <= self.params.supply.max && report.severity <= Ratio::ONE)?;
        self.providers[report.provider.index()].reported = Some(self.epoch);
        self.reports.push(report);
        Ok(Outcome::Done)
    }

    pub(super) fn observe_load(
        &mut self,
        id: GroupId,
        busy: u64,
        capacity: u64,
    ) -> Result<Outcome, Error> {
        let now = self.now;
        let group = self.groups.get_mut(id.index()).ok_or(Error::UnknownGroup)?;
        require_range(busy <= capacity)?;
        if group
            .observed
            .is_some_and(|last| now.0 - last.0 < self.params.hour_ticks)
        {
            return Err(Error::TooSoon);
        }
        group.observed = Some(now);
        group.busy += u128::from(busy);
        group.capacity += u128::from(capacity);
        if capacity > 0 {
            let utilisation = Ratio::of(u128::from(busy), u128::from(capacity));
            group.multiplier =
                compute_multiplier(&self.params.price, group.multiplier, utilisation);
        }
        let multiplier = group.multiplier;
        self.reprice();
        Ok(Outcome::Priced(multiplier))
    }

    pub(super) fn observe_kind_load(
        &mut self,
        id: KindId,
        busy: u64,
        capacity: u64,
    ) -> Result<Outcome, Error> {
        let kind = self.kinds.get_mut(id.index()).ok_or(Error::UnknownKind)?;
        require_range(busy <= capacity)?;
        if kind.load.is_some() {
            return Err(Error::TooSoon);
        }
        // A kind without capacity says nothing about its scarcity.
        if capacity > 0 {
            kind.load = Some(Ratio::of(u128::from(busy), u128::from(capacity)));
        }
        Ok(Outcome::Done)
    }

    pub(super) fn observe_price(&mut self, price: TokenPrice) -> Result<Outcome, Error> {
        require_range(!price.is_zero())?;
        if self.oracle.price.is_zero() {
            self.oracle.price = price;
            self.oracle.smoothed = price;
            self.oracle.reference = price;
            self.oracle.first = price;
            self.reprice();
        } else {
            self.oracle.observed = Some(price);
        }
        Ok(Outcome::Done)
    }
}

impl Protocol {
    /// Puts in force what a GPU-hour of each kind costs. Must follow every change of the oracle's price or of a multiplier.
    pub(crate) fn reprice(&mut self) {
        if self.oracle.price.is_zero() {
            return;
        }
        let unit = self.base_units_per_token();
        // 10^-9 USD a day, times parts of 10^-12, over 24 hours; the price divides last, so one rounding is all there is.
        let divisor =
            u128::from(self.oracle.price.nano_per_token()) * 24 * u128::from(Ratio::ONE.parts());
        for kind in &mut self.kinds {
            let multiplier = u128::from(self.groups[kind.group.index()].multiplier.parts());
            let rate = wide::mul_div_floor(kind.list_price * multiplier, unit, divisor);
            kind.rate = Some(Amount::new(rate));
        }
    }
}

/// One step of a group's price: relative, in proportion to the utilisation outside the dead band, bounded, rounded down.
pub(crate) fn compute_multiplier(
    price: &PriceParams,
    multiplier: Ratio,
    utilisation: Ratio,
) -> Ratio {
    let above = utilisation.saturating_sub(price.target.saturating_add(price.band));
    let below = price
        .target
        .saturating_sub(price.band)
        .saturating_sub(utilisation);
    let step = |gap: Ratio| price.gain.times(gap).min(price.step_max);
    let moved = if above > Ratio::ZERO {
        multiplier.saturating_add(multiplier.times(step(above)))
    } else {
        multiplier.saturating_sub(multiplier.times(step(below)))
    };
    moved.clamp(price.floor, price.cap)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(percent: u64) -> Ratio {
        Ratio::from_percent(percent)
    }

    #[test]
    fn a_price_rests_inside_the_band() {
        let price = PriceParams::default();
        for utilisation in [55, 65, 75] {
            assert_eq!(
                compute_multiplier(&price, percent(120), percent(utilisation)),
                percent(120)
            );
        }
    }

    #[test]
    fn a_price_moves_by_gain_times_the_utilisation_outside_the_band() {
        let price = PriceParams {
            gain: percent(5),
            ..PriceParams::default()
        };
        // 20 points above the band · 5 % = 1 % of 1.2.
        assert_eq!(
            compute_multiplier(&price, percent(120), percent(95)),
            Ratio::from_parts(1_212_000_000_000)
        );
        // 45 points below · 5 % = 2.25 %, held at 2 %.
        assert_eq!(
            compute_multiplier(&price, percent(100), percent(10)),
            percent(98)
        );
    }

    #[test]
    fn a_price_stays_between_floor_and_cap() {
        let price = PriceParams::default();
        assert_eq!(
            compute_multiplier(&price, percent(180), Ratio::ONE),
            percent(180)
        );
        assert_eq!(
            compute_multiplier(&price, percent(60), Ratio::ZERO),
            percent(60)
        );
    }
}
