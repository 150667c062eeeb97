//! A plan's scenarios: that of a point, what is kept of its runs, and the identity that a journal is known by.

use engine::Digest;

use units::{Quantity, TokenPrice};

use super::check::base_path;
use super::normalise::{Basis, EMISSION, PRICE, PRICE_START};
use super::{NAME, NORMALISE, Plan, Point};
use crate::data::{digest_of, hexadecimal};
use crate::metrics;
use crate::parameters::{self, Access, SEED};
use crate::scenario::{Fault, Faults, Overrides, Scenario, Start};

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

    /// The checked base scenario with some parameters set, and with the price of equal market value where they ask for it.
    pub(super) fn scenario_with(&self, settings: &[(String, String)]) -> Result<Scenario, Faults> {
        let scenario = self.scenario_priced(settings, None)?;
        let is_asked = settings.iter().any(|(path, _)| path == NORMALISE);
        let Some(normalise) = self.normalise.as_ref().filter(|_| is_asked) else {
            return Ok(scenario);
        };
        match normalise.price(&scenario.inputs.config) {
            Some(price) => self.scenario_priced(settings, Some(price)),
            None => {
                let message = "no price makes its coins of genesis worth the market value";
                Err(Faults(vec![Fault::new("", 0, message).at(PRICE)]))
            }
        }
    }

    /// The checked base scenario with some parameters set, and with a price over them.
    pub(super) fn scenario_priced(
        &self,
        settings: &[(String, String)],
        price: Option<TokenPrice>,
    ) -> Result<Scenario, Faults> {
        let settings = settings
            .iter()
            .filter(|(path, _)| path != SEED.path && path != NORMALISE)
            .map(|(path, value)| format!("{path}={value}"));
        let price = price.map(|price| format!("{PRICE}={}", price.print()));
        let overrides = Overrides {
            set: self
                .base
                .iter()
                .cloned()
                .chain(settings)
                .chain(price)
                .collect(),
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
                || self.normalise.is_some() && (name == EMISSION || name == PRICE_START)
        };
        let names = metrics::all().into_iter().map(|metric| metric.name);
        names.filter(|name| is_kept(name)).collect()
    }

    /// What tells the runs of this plan from those of any other: version, base scenario with its data, settings of every point,
    /// seeds, kept metrics, precision and what points are made equal in. Gates only read the runs and are no part of it.
    ///
    /// # Errors
    /// The faults of the base scenario, and of points that name data files.
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
        if let Some(normalise) = &self.normalise {
            digest.mix(digest_of(format!("{normalise:?}").as_bytes()));
        }
        for point in &self.points {
            digest.mix(digest_of(format!("{:?}", point.settings).as_bytes()));
            if point.settings.iter().any(|(path, _)| is_file(path)) {
                digest.mix(digest_of(self.scenario_at(point)?.digest.as_bytes()));
            }
        }
        Ok(hexadecimal(digest.value()))
    }
}

impl Point {
    /// What it sets a path to.
    #[must_use]
    pub fn setting(&self, path: &str) -> Option<&str> {
        let found = self.settings.iter().find(|(known, _)| known == path);
        found.map(|(_, value)| &**value)
    }

    /// Its name, where points have names.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.setting(NAME)
    }

    /// Its settings as people write them, such as `protocol.price.gain=2 %`; of a point with a name that name.
    #[must_use]
    pub fn written(&self) -> Vec<String> {
        written(&self.settings)
    }

    /// The same in one line.
    #[must_use]
    pub fn label(&self) -> String {
        self.written().join(" ")
    }
}

/// A point's settings as people write them; with a name among them that name.
pub fn written(settings: &[(String, String)]) -> Vec<String> {
    let of = |path: &str| settings.iter().find(|(known, _)| known == path);
    let Some((_, name)) = of(NAME) else {
        let all = settings.iter();
        return all.map(|(path, value)| format!("{path}={value}")).collect();
    };
    let basis = of(NORMALISE).and_then(|(_, basis)| Basis::of_name(basis));
    vec![match basis {
        Some(basis) => format!("{name} ({})", basis.words()),
        None => name.clone(),
    }]
}

/// Whether a parameter names a data file, whose content its value does not tell.
fn is_file(path: &str) -> bool {
    parameters::find(path).is_some_and(|parameter| matches!(parameter.access, Access::File(_)))
}
