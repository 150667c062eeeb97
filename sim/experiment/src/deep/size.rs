//! The size at which parameters are probed: a network small enough for a thousand runs in minutes, with every class, every
//! kind of job and every step of the ladder still in it.

use units::Span;

use crate::scenario::Scenario;

/// Most providers of a network that is probed as it is.
const PROVIDERS_MAX: u32 = 120;

/// Longest horizon that is probed as it is: yearly returns need 30 days, and the trace's first three weeks are nearly empty.
const HORIZON_MAX: Span = Span::from_secs(60 * 86_400);

/// Shares, sizes and lengths of jobs that leave a few providers in each class, and large jobs that such a fleet can hold.
const SMALL: [&str; 20] = [
    "fleet.providers=120",
    "fleet.individual.share=80 %",
    "fleet.edge.share=15 %",
    "fleet.datacentre.share=5 %",
    "fleet.datacentre.gpus_min=16",
    "fleet.datacentre.gpus_mean=32",
    "fleet.datacentre.gpus_max=64",
    "jobs.gang.consumer_16.gpus=8",
    "jobs.gang.consumer_32.gpus=12",
    "jobs.gang.consumer_64.gpus=16",
    "jobs.gang.datacentre_64.gpus=16",
    "jobs.gang.datacentre_128.gpus=24",
    "jobs.gang.datacentre_256.gpus=32",
    "jobs.gang.datacentre_512.gpus=80",
    "jobs.gang_median.consumer=2 d",
    "jobs.gang_median.datacentre=1 d",
    "jobs.gang_max=10 d",
    "entry.lead_time=15 d",
    "entry.margin_window=15 d",
    "entry.patience=10 d",
];

/// What makes a scenario small enough, as `path=value`: nothing for one that is.
pub fn reduction(scenario: &Scenario) -> Vec<String> {
    let config = &scenario.inputs.config;
    let mut set = Vec::new();
    if config.fleet.providers > PROVIDERS_MAX {
        set.extend(SMALL.map(str::to_owned));
    }
    if config.horizon > HORIZON_MAX {
        let epoch = config.epoch.ns().max(1);
        let epochs = (HORIZON_MAX.ns() / epoch).max(1);
        set.push(format!("horizon={}", Span::from_ns(epochs * epoch)));
    }
    set
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scenario::{Overrides, Start};

    fn load(name: &str, set: Vec<String>) -> Scenario {
        let overrides = Overrides { set, seed: None };
        Scenario::load(Start::File(Path::new(name)), &overrides).unwrap()
    }

    #[test]
    fn a_small_scenario_stays_as_it_is() {
        assert!(reduction(&load("minimal", Vec::new())).is_empty());
    }

    #[test]
    fn a_reduced_scenario_is_legal_small_and_needs_no_further_reduction() {
        for epoch in ["1 d", "5 d"] {
            let set = vec![format!("protocol.epoch={epoch}")];
            let reduced = reduction(&load("baseline", set.clone()));
            assert_eq!(reduced.len(), SMALL.len() + 1);
            let small = load("baseline", [set, reduced].concat());
            assert!(reduction(&small).is_empty());
            assert_eq!(small.inputs.config.horizon, HORIZON_MAX);
        }
    }
}
