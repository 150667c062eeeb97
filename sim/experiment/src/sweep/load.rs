//! A plan's scenarios: that of a point, what is kept of its runs, and the identity that a journal is known by.

use engine::Digest;

use super::check::base_path;
use super::{Plan, Point};
use crate::data::{digest_of, hexadecimal};
use crate::metrics;
use crate::parameters::SEED;
use crate::scenario::{Faults, Overrides, Scenario, Start};

impl Plan {
    /// The checked scenario of a point, under the base scenario's own seed.
    ///
    /// # Errors
    /// All faults of the scenario with the point's settings.
    pub fn scenario_at(&self, point: &Point) -> Result<Scenario, Faults> {
        self.scenario_with(&point.settings)
    }

    /// The checked base scenario, without any factor.
    ///
    /// # Errors
    /// All its faults.
    pub fn base_scenario(&self) -> Result<Scenario, Faults> {
        self.scenario_with(&[])
    }

    /// The checked base scenario with some parameters set.
    pub(super) fn scenario_with(&self, settings: &[(String, String)]) -> Result<Scenario, Faults> {
        let settings = settings
            .iter()
            .filter(|(path, _)| path != SEED.path)
            .map(|(path, value)| format!("{path}={value}"));
        let overrides = Overrides {
            set: self.base.iter().cloned().chain(settings).collect(),
            seed: None,
        };
        let path = base_path(&self.folder, &self.scenario);
        Scenario::load(Start::File(&path), &overrides)
    }

    /// The seed of a point's replication: those of the plan, unless the seed is a factor and the point says where to begin.
    #[must_use]
    pub fn seed(&self, point: &Point, replication: u32) -> u64 {
        let factor = point.settings.iter().find(|(path, _)| path == SEED.path);
        match factor {
            Some((_, first)) => {
                let first: u64 = first.parse().expect("a count in canonical spelling");
                first + u64::from(replication)
            }
            None => self.seeds[replication as usize],
        }
    }

    /// Names of the metrics that are kept of every run, in the order of the registry.
    #[must_use]
    pub fn metric_names(&self) -> Vec<&'static str> {
        let is_kept = |name: &str| {
            self.metrics.is_empty()
                || self.metrics.iter().any(|kept| kept == name)
                || self
                    .until
                    .as_ref()
                    .is_some_and(|until| until.metric == name)
                || self.gates.iter().any(|gate| gate.metric == name)
        };
        let names = metrics::all().into_iter().map(|metric| metric.name);
        names.filter(|name| is_kept(name)).collect()
    }

    /// What tells the runs of this plan from those of any other: version, base scenario with its data, settings of every point,
    /// seeds, kept metrics and precision. Gates only read the runs and are no part of it.
    ///
    /// # Errors
    /// The faults of the base scenario.
    pub fn identity(&self) -> Result<String, Faults> {
        let base = self.base_scenario()?.digest;
        let parts = format!(
            "{} {base} {:?} {:?} {:?} {:?} {:?}",
            env!("CARGO_PKG_VERSION"),
            self.seeds,
            self.metric_names(),
            self.until,
            self.confidence.to_bits(),
            self.factors,
        );
        let mut digest = Digest::new();
        digest.mix(digest_of(parts.as_bytes()));
        for point in &self.points {
            digest.mix(digest_of(format!("{:?}", point.settings).as_bytes()));
        }
        Ok(hexadecimal(digest.value()))
    }
}

impl Point {
    /// Its settings as people write them, such as `protocol.price.gain=2 %`.
    #[must_use]
    pub fn label(&self) -> String {
        let settings = self
            .settings
            .iter()
            .map(|(path, value)| format!("{path}={value}"));
        settings.collect::<Vec<_>>().join(" ")
    }
}
