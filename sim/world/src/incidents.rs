//! Incidents that no behaviour in the world brings about: a rate for each provider, and flaws that many share. Each is reported
//! in the epoch in which it takes place; what it costs is the protocol's business.

use protocol::{Operation, Standing, ViolationKind};
use units::{Amount, Ratio};

use crate::number::{hours, ratio};
use crate::purpose;
use crate::state::tick;
use crate::world::World;

/// The kinds that the world does not bring about by itself: it has downtime, failed jobs and malicious results, and false
/// reports only where there are verifiers.
const KINDS: [ViolationKind; 11] = [
    ViolationKind::SlaMiss,
    ViolationKind::PoorPerformance,
    ViolationKind::SecurityBreach,
    ViolationKind::DataBreach,
    ViolationKind::BadGradient,
    ViolationKind::ProtocolViolation,
    ViolationKind::DoubleClaim,
    ViolationKind::UnderCollateralisation,
    ViolationKind::Hoarding,
    ViolationKind::MarketManipulation,
    ViolationKind::FalseReport,
];

/// What a common flaw can be: both kinds are punished more when many fail together.
const FLAWS: [ViolationKind; 2] = [ViolationKind::DataBreach, ViolationKind::BadGradient];

/// Probability of at least one event of a yearly rate in so many years.
fn chance(rate: Ratio, years: f64) -> f64 {
    -libm::expm1(-ratio(rate) * years)
}

/// A draw as a ratio.
fn severity(u: f64) -> Ratio {
    Ratio::from_parts((u * Ratio::ONE.parts() as f64) as u64)
}

impl World<'_> {
    /// The incidents of the epoch that closes.
    pub(crate) fn incidents(&mut self) {
        let of = &self.inputs.config.incidents;
        let years = hours(self.inputs.config.epoch) / (365.0 * 24.0);
        let single = chance(of.per_provider_year, years);
        let flaw = self.flaw(chance(of.flaws_per_year, years));
        if single <= 0.0 && flaw.is_none() {
            return;
        }
        let hit = ratio(of.flaw_share);
        let epoch = u64::from(self.state.epoch);
        for id in 0..self.state.fleet.providers.len() as u32 {
            let provider = &self.state.fleet.providers[id as usize];
            let standing = self.state.rules.standing(provider.rules);
            if !provider.in_business || matches!(standing, Standing::Exited | Standing::Tombstoned)
            {
                continue;
            }
            let (key, kind) = (provider.key.0, provider.kind);
            let draws = self.setup.draws;
            if draws.unit(purpose::INCIDENT, key, epoch) < single {
                let lot = draws.index(purpose::INCIDENT_KIND, key, epoch, KINDS.len() as u32);
                let worst = severity(draws.unit(purpose::INCIDENT_SEVERITY, key, epoch));
                self.incident(id, KINDS[lot as usize], worst);
            }
            if let Some((flawed, violation)) = flaw
                && flawed == kind
                && draws.unit(purpose::FLAW_HITS, key, epoch) < hit
            {
                self.incident(id, violation, Ratio::ONE);
            }
        }
    }

    /// The flaw of the epoch, if there is one: the GPU kind and what comes of it.
    fn flaw(&self, chance: f64) -> Option<(u8, ViolationKind)> {
        let (draws, epoch) = (&self.setup.draws, u64::from(self.state.epoch));
        if draws.unit(purpose::FLAW, 0, epoch) >= chance {
            return None;
        }
        let kinds = self.inputs.config.gpus.len() as u32;
        let kind = draws.index(purpose::FLAW, 1, epoch, kinds);
        let violation = draws.index(purpose::FLAW, 2, epoch, FLAWS.len() as u32);
        Some((kind as u8, FLAWS[violation as usize]))
    }

    /// Reports one. The loss is what customers paid the provider in the epoch, times the severity.
    fn incident(&mut self, id: u32, kind: ViolationKind, severity: Ratio) {
        let provider = &self.state.fleet.providers[id as usize];
        let (rules, key, fees) = (provider.rules, provider.key.0, provider.fees);
        let loss: Amount = severity.mul_floor(fees);
        let (draws, epoch) = (&self.setup.draws, u64::from(self.state.epoch));
        let all = self.state.fleet.providers.len() as u32;
        let by = draws.index(purpose::INCIDENT_REPORTER, key, 2 * epoch, all);
        let is_reported = draws.unit(purpose::INCIDENT_REPORTER, key, 2 * epoch + 1)
            < ratio(self.inputs.config.incidents.reported);
        let reporter =
            (is_reported && by != id).then(|| self.state.fleet.providers[by as usize].owner);
        self.must(Operation::ReportViolation {
            provider: rules,
            kind,
            at: tick(self.state.engine.now()),
            reporter,
            victim: Some(self.state.accounts.customers),
            loss,
            severity,
        });
        self.state.tally.incidents += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_of_nothing_never_happens_and_a_small_one_happens_at_its_rate() {
        assert_eq!(chance(Ratio::ZERO, 1.0), 0.0);
        let day = chance(Ratio::from_percent(10), 1.0 / 365.0);
        assert!((day * 3650.0 - 1.0).abs() < 1e-3, "{day}");
        assert!(chance(Ratio::from_percent(10_000), 1.0) < 1.0 + 1e-12);
    }

    #[test]
    fn incidents_are_of_every_kind_that_the_world_does_not_bring_about_once() {
        let own = [
            ViolationKind::Downtime,
            ViolationKind::FailedJobs,
            ViolationKind::MaliciousResult,
        ];
        let mut all = [&own[..], &KINDS[..]].concat();
        all.sort_unstable();
        assert_eq!(all, ViolationKind::ALL);
    }
}
