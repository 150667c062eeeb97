//! Probing parameters: what acts is seen, and what cannot act is told apart.

use std::path::Path;

use stakesim_experiment::deep::{Options, Outcome, Probed, Report, Watch, probe};
use stakesim_experiment::scenario::Overrides;

struct Patient;

impl Watch for Patient {
    fn begin(&self, _parameters: usize) {}
    fn finished(&self) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

fn probed(only: &str, set: &[&str]) -> Report {
    let options = Options {
        seeds: 2,
        is_full: false,
        confidence: 0.95,
        only,
    };
    let overrides = Overrides {
        set: set.iter().map(|&text| text.to_owned()).collect(),
        seed: None,
    };
    probe(Path::new("minimal"), &overrides, options, &Patient).unwrap()
}

#[test]
fn a_live_parameter_acts() {
    let report = probed(
        "protocol.price.gain",
        &["fleet.providers=30", "horizon=30 d"],
    );
    let [finding] = &report.findings[..] else {
        panic!("{report:?}");
    };
    assert!(
        matches!(
            finding.result,
            Probed::Compared(Outcome::Acts | Outcome::Moves(_))
        ),
        "{finding:?}"
    );
    assert_eq!((finding.from.as_str(), finding.need), ("2 %", None));
}

#[test]
fn a_template_without_weight_acts_only_once_it_has_some() {
    let report = probed(
        "jobs.gang.consumer_64.gpus",
        &["fleet.providers=30", "horizon=30 d"],
    );
    let finding = &report.findings[0];
    assert!(finding.need.is_some() && !finding.is_dead(), "{finding:?}");
}

#[test]
fn what_nobody_can_come_to_is_dead() {
    // Without failures, faults and cheats nobody has a violation, and ten days are too short for the need to find some.
    let quiet = [
        &["fleet.providers=10", "horizon=10 d"],
        crate::stage::QUIET,
        crate::stage::UNFAILING,
    ]
    .concat();
    let report = probed("protocol.ladder.severe_slash", &quiet);
    assert!(report.findings[0].is_dead(), "{report:?}");
    assert_eq!(report.dead(), 1);
}
