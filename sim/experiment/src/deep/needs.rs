//! Mechanisms that a scenario may have switched off or that rarely work in a small network, and what switches them on: a
//! parameter that did nothing is tried again with its mechanism at work, on both sides.

use serde::Serialize;

/// What a group of parameters needs to be able to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// Beginnings of the paths that it is for.
    #[serde(skip)]
    pub paths: &'static [&'static str],
    /// `path=value` of what switches the mechanism on.
    pub set: &'static [&'static str],
    /// Why nothing happens without.
    pub why: &'static str,
}

impl Need {
    /// Whether a parameter is among those it is for.
    pub fn is_for(&self, path: &str) -> bool {
        self.paths.iter().any(|begin| path.starts_with(begin))
    }
}

macro_rules! need {
    ([$($path:expr),+], [$($set:expr),+ $(,)?], $why:expr) => {
        Need { paths: &[$($path),+], set: &[$($set),+], why: $why }
    };
}

/// Only one template of a group has weight.
macro_rules! template {
    ($group:literal, $name:literal, [$($other:literal),+], $gpus:literal) => {
        need!(
            [concat!("jobs.gang.", $group, "_", $name, ".")],
            [
                concat!("jobs.gang.", $group, "_", $name, ".weight=100 %"),
                concat!("jobs.gang.", $group, "_", $name, ".gpus=", $gpus),
                $(concat!("jobs.gang.", $group, "_", $other, ".weight=0 %")),+
            ],
            "a template without weight is never drawn, and one larger than the fleet never placed"
        )
    };
}

/// Spells of a law that has a shape.
macro_rules! shape {
    ($class:literal, $spell:literal) => {
        need!(
            [concat!("failures.", $class, ".", $spell, "_shape")],
            [concat!("failures.", $class, ".", $spell, "_law=weibull")],
            "an exponential law has no shape"
        )
    };
}

/// All needs; the first one for a parameter counts.
#[rustfmt::skip]
pub const NEEDS: &[Need] = &[
    need!(["fleet.individual.gpus_min"], ["fleet.individual.gpus_mean=3"], "the mean leaves no room for another minimum"),
    need!(["links.individual.fabric"], ["fleet.individual.gpus_max=64", "fleet.individual.gpus_mean=12", "jobs.gang.consumer_16.gpus=12"], "an individual's GPUs stand in one node, and no large job is as small as a few of them"),
    shape!("individual", "up"),
    shape!("individual", "down"),
    shape!("edge", "up"),
    shape!("edge", "down"),
    shape!("datacentre", "up"),
    shape!("datacentre", "down"),
    template!("consumer", "16", ["32", "64"], "8"),
    template!("consumer", "32", ["16", "64"], "8"),
    template!("consumer", "64", ["16", "32"], "8"),
    template!("datacentre", "64", ["128", "256", "512"], "16"),
    template!("datacentre", "128", ["64", "256", "512"], "16"),
    template!("datacentre", "256", ["64", "128", "512"], "16"),
    template!("datacentre", "512", ["64", "128", "256"], "16"),
    need!(["jobs.trace_"], ["jobs.trace_scale=12"], "no trace is replayed"),
    need!(["jobs.elasticity_lag", "jobs.demand_max"], ["jobs.elasticity=2"], "demand does not answer to the price"),
    need!(["entry."], ["entry.candidates_per_month=1000", "entry.lead_time=5 d", "entry.margin_window=5 d", "entry.patience=5 d"], "decisions to come and go take longer than the run"),
    need!(["market.half_life"], ["market.volatility=80 %"], "the price of the coin stands still"),
    need!(["protocol.emission.decay_per_epoch"], ["protocol.emission.rule=decaying"], "the emission does not decay"),
    need!(["behaviour.self_dealing_idle"], ["behaviour.self_dealing=20 %"], "without self-dealers nobody buys idle time"),
    need!(["verification.false_accept", "protocol.ladder.malicious_"], ["behaviour.lazy=20 %"], "few providers cheat"),
    need!(["protocol.supply.max"], ["protocol.emission.per_epoch=50000000 token"], "the schedule does not come near the largest supply"),
    need!(["protocol.bond.shortfall_"], ["protocol.bond.shortfall_tolerance=100 %", "protocol.bond.price_ema_epochs=1", "market.volatility=300 %"], "the price of the coin does not fall far enough"),
    need!(["protocol.ladder.failed_job"], ["jobs.fault_share=20 %"], "too few jobs fail by a provider's fault"),
    need!(["protocol.ladder.severe_", "protocol.ladder.penalty_", "protocol.ladder.memory_", "protocol.recovery."], ["protocol.ladder.downtime_allowance.individual=10 %", "protocol.ladder.penalty_at=1", "protocol.ladder.severe_at=2"], "nobody climbs the ladder to its end"),
    need!(["protocol.guard."], ["protocol.guard.price_move_max=1 %"], "the price of the coin does not jump"),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::parameters;
    use crate::scenario::{Overrides, Scenario, Start};

    #[test]
    fn every_need_is_for_a_parameter_and_legal_in_the_built_in_scenarios() {
        for need in NEEDS {
            let is_for_one = |path: &&str| {
                parameters::all()
                    .iter()
                    .any(|of| of.path.starts_with(*path))
            };
            assert!(need.paths.iter().all(is_for_one), "{need:?}");
            for name in ["minimal", "baseline"] {
                let set = need.set.iter().map(|&text| text.to_owned()).collect();
                let overrides = Overrides { set, seed: None };
                let loaded = Scenario::load(Start::File(Path::new(name)), &overrides);
                assert!(loaded.is_ok(), "{need:?} in {name}: {loaded:?}");
            }
        }
    }
}
